import { CloseOutlined, EyeInvisibleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { pictureOf } from '../../../api/content.ts';
import { say } from '../../../components/say.ts';
import { Thumbnail } from '../../../components/thumbnail.tsx';
import { shell, useTexts } from '../../../i18n/index.ts';
import type { Item } from './changes.ts';
import { editorTexts } from './i18n.ts';
import styles from './item-list.module.css';
import type { SetInHand } from './use-set.ts';
import { WrittenText } from './written-text.tsx';

interface Props {
  inHand: SetInHand;
  item: Item;
  /** What it is dragged by. */
  handle: ReactNode;
}

/** A resource of a set, with its note. */
export function ItemRow({ inHand, item, handle }: Props) {
  const t = useTexts(editorTexts);
  const words = useTexts(shell);
  const { set, change } = inHand;
  const { resource, card } = item;
  const name = card?.title ?? t('item.gone');
  return (
    <div className={styles.row}>
      {handle}
      <div className={styles.picture}>{card && <Thumbnail kind={card.kind} src={pictureOf(card)} />}</div>
      <div className={styles.words}>
        <p className={card ? styles.title : styles.quiet}>{name}</p>
        {item.isHiddenFromSome && (
          <p className={styles.hidden}>
            <EyeInvisibleOutlined aria-hidden /> {t('item.hidden')}
          </p>
        )}
        <WrittenText
          inHand={inHand}
          place={{ at: 'item-note', resource }}
          label={t('item.note', { name })}
          placeholder={t('item.note.placeholder')}
          longest={500}
          lines={1}
          variant="filled"
        />
      </div>
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('item.remove', { name })}
        onClick={() => {
          change({ what: 'item-removed', resource });
          const before = set.items[set.items.indexOf(item) + 1]?.resource ?? null;
          const undo = { label: words('undo'), run: () => change({ what: 'item-added', item, before }) };
          say(t('item.removed', { name }), card ? undo : undefined);
        }}
      />
    </div>
  );
}
