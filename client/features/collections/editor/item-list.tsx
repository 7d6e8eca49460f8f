import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { pictureOf } from '../../../api/content.ts';
import { SavedText } from '../../../components/saved-text.tsx';
import { say } from '../../../components/say.ts';
import { SortableList } from '../../../components/sortable-list.tsx';
import { Thumbnail } from '../../../components/thumbnail.tsx';
import { shell, useTexts } from '../../../i18n/index.ts';
import type { Base, ResourceSet } from '../queries.ts';
import { type Entry, entriesOf, keyOf, moveBetween } from './arrangement.ts';
import { editorTexts } from './i18n.ts';
import styles from './item-list.module.css';
import { useAddItem, useChangeSet, useMoveItem, useNoteItem, useRemoveItem } from './queries.ts';

/** Sections and resources in one list: dragged, or moved by keyboard, within and between sections. */
export function ItemList({ base, set }: { base: Base; set: ResourceSet }) {
  const t = useTexts(editorTexts);
  const move = useMoveItem(base, set.id);
  const change = useChangeSet(base, set.id);
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
          const step = moveBetween(entries, order);
          if (step) move.mutate(step);
        }}
      >
        {(entry, handle) =>
          entry.kind === 'section' ? (
            <Heading base={base} set={set} section={entry.section} />
          ) : (
            <Row base={base} set={set} item={entry.item} handle={handle} />
          )
        }
      </SortableList>
      <div className={styles.add}>
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            change.mutate({
              sections: [
                ...set.sections,
                { id: `s-${Date.now().toString(36)}`, title: t('section.new'), note: '' },
              ],
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
  base: Base;
  set: ResourceSet;
  section: ResourceSet['sections'][number];
}

function Heading({ base, set, section }: HeadingProps) {
  const t = useTexts(editorTexts);
  const change = useChangeSet(base, set.id);
  const place = set.sections.findIndex(({ id }) => id === section.id);
  const name = section.title;
  const save = (more: Partial<typeof section>) =>
    change.mutate({
      sections: set.sections.map((one) => (one.id === section.id ? { ...one, ...more } : one)),
    });
  const shift = (to: number) =>
    change.mutate({ sections: set.sections.toSpliced(place, 1).toSpliced(to, 0, section) });
  const isEmpty = set.items.every((item) => item.section !== section.id);
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <SavedText
          aria-label={t('section.title')}
          value={section.title}
          longest={120}
          required
          onSave={(title) => save({ title })}
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
          onClick={() => change.mutate({ sections: set.sections.filter(({ id }) => id !== section.id) })}
        />
      </div>
      <SavedText
        aria-label={t('section.note')}
        placeholder={t('section.note')}
        value={section.note}
        longest={2000}
        lines={1}
        variant="filled"
        onSave={(note) => save({ note })}
      />
      {isEmpty && <p className={styles.quiet}>{t('section.none')}</p>}
    </div>
  );
}

interface RowProps {
  base: Base;
  set: ResourceSet;
  item: ResourceSet['items'][number];
  handle: ReactNode;
}

function Row({ base, set, item: { resource, section, note, card }, handle }: RowProps) {
  const t = useTexts(editorTexts);
  const words = useTexts(shell);
  const remove = useRemoveItem(base, set.id);
  const add = useAddItem(base, set.id);
  const annotate = useNoteItem(base, set.id);
  const name = card?.title ?? t('item.gone');
  return (
    <div className={styles.row}>
      {handle}
      <div className={styles.picture}>{card && <Thumbnail kind={card.kind} src={pictureOf(card)} />}</div>
      <div className={styles.words}>
        <p className={card ? styles.title : styles.quiet}>{name}</p>
        <SavedText
          aria-label={t('item.note', { name })}
          placeholder={t('item.note.placeholder')}
          value={note}
          longest={500}
          lines={1}
          variant="filled"
          onSave={(text) => annotate.mutate({ resource, note: text })}
        />
      </div>
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('item.remove', { name })}
        onClick={() =>
          remove.mutate(resource, {
            onSuccess: () =>
              say(
                t('item.removed', { name }),
                card ? { label: words('undo'), run: () => add.mutate({ resource, section }) } : undefined,
              ),
          })
        }
      />
    </div>
  );
}
