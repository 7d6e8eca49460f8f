import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { SortableList } from '../../../components/sortable-list.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { type Entry, entriesOf, keyOf, moveBetween } from './arrangement.ts';
import type { Section } from './changes.ts';
import { editorTexts } from './i18n.ts';
import styles from './item-list.module.css';
import { ItemRow } from './item-row.tsx';
import type { SetInHand } from './use-set.ts';
import { WrittenText } from './written-text.tsx';

/** Sections and resources in one list: dragged, or moved by keyboard, within and between sections. */
export function ItemList({ inHand }: { inHand: SetInHand }) {
  const t = useTexts(editorTexts);
  const { set, change } = inHand;
  const entries = entriesOf(set);
  const nameOf = (entry: Entry) =>
    entry.kind === 'section' ? entry.section.title : (entry.item.card?.title ?? t('item.gone'));

  return (
    <div className={styles.list}>
      <SortableList<Entry>
        label={t('items.list')}
        items={entries}
        keyOf={keyOf}
        nameOf={nameOf}
        onReorder={(order) => {
          const move = moveBetween(entries, order);
          if (move) change({ what: 'item-moved', move });
        }}
      >
        {(entry, handle) =>
          entry.kind === 'section' ? (
            <Heading inHand={inHand} section={entry.section} />
          ) : (
            <ItemRow inHand={inHand} item={entry.item} handle={handle} />
          )
        }
      </SortableList>
      <div className={styles.add}>
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            change({
              what: 'section-added',
              section: { id: `s-${Date.now().toString(36)}`, title: t('section.new'), note: '' },
            })
          }
        >
          {t('section.add')}
        </Button>
      </div>
    </div>
  );
}

interface HeadingProps {
  inHand: SetInHand;
  section: Section;
}

function Heading({ inHand, section: { id, title: name } }: HeadingProps) {
  const t = useTexts(editorTexts);
  const { set, change } = inHand;
  const place = set.sections.findIndex((section) => section.id === id);
  const shift = (to: number) => change({ what: 'section-shifted', section: id, to });
  const isEmpty = set.items.every((item) => item.section !== id);
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <WrittenText
          inHand={inHand}
          place={{ at: 'section-title', section: id }}
          label={t('section-title')}
          longest={120}
          required
        />
        <Button
          type="text"
          icon={<ArrowUpOutlined />}
          disabled={place === 0}
          aria-label={t('section.up', { name })}
          onClick={() => shift(place - 1)}
        />
        <Button
          type="text"
          icon={<ArrowDownOutlined />}
          disabled={place === set.sections.length - 1}
          aria-label={t('section.down', { name })}
          onClick={() => shift(place + 1)}
        />
        <Button
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('section.remove', { name })}
          onClick={() => change({ what: 'section-removed', section: id })}
        />
      </div>
      <WrittenText
        inHand={inHand}
        place={{ at: 'section-note', section: id }}
        label={t('section-note')}
        placeholder={t('section-note')}
        longest={2000}
        lines={1}
        variant="filled"
      />
      {isEmpty && <p className={styles.quiet}>{t('section.none')}</p>}
    </div>
  );
}
