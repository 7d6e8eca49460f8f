import { HolderOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import { controls } from './i18n.ts';
import { say } from './say.ts';
import styles from './sortable-list.module.css';

interface Props<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** How an item is called when its place is read out. */
  nameOf: (item: Item) => string;
  /** The list in its new order. */
  onReorder: (items: Item[]) => void;
  disabled?: boolean;
  children: (item: Item, handle: ReactNode) => ReactNode;
  label: string;
}

/**
 * A list that is put in order by dragging a handle with mouse or finger, and by keyboard: Space on the handle picks
 * up, arrows move, Space drops, Escape puts back.
 */
export function SortableList<Item>(props: Props<Item>) {
  const { items, keyOf, nameOf, onReorder, disabled = false, children, label } = props;
  const t = useTexts(controls);
  const [order, setOrder] = useState<Item[]>();
  const [held, setHeld] = useState<string>();
  const [dragged, setDragged] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const shown = order ?? items;

  function pickUp(item: Item) {
    setOrder([...items]);
    setHeld(keyOf(item));
  }

  function move(key: string, to: number) {
    setOrder((now = [...items]) => {
      const from = now.findIndex((item) => keyOf(item) === key);
      const item = now[from];
      if (item === undefined || to < 0 || to >= now.length) return now;
      return now.toSpliced(from, 1).toSpliced(to, 0, item);
    });
  }

  function drop() {
    if (order?.some((item, index) => items[index] === undefined || keyOf(item) !== keyOf(items[index])))
      onReorder(order);
    letGo();
  }

  function letGo() {
    setOrder(undefined);
    setHeld(undefined);
    setDragged(false);
  }

  function onKeyDown(event: React.KeyboardEvent, item: Item) {
    const key = keyOf(item);
    const place = shown.findIndex((other) => keyOf(other) === key);
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (held === key) {
        drop();
        say(t('sort.dropped', { name: nameOf(item), place: place + 1 }));
      } else {
        pickUp(item);
        say(t('sort.held', { name: nameOf(item) }));
      }
    } else if (held === key && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const to = place + (event.key === 'ArrowUp' ? -1 : 1);
      if (to < 0 || to >= shown.length) return;
      move(key, to);
      say(t('sort.moved', { place: to + 1, count: shown.length }));
    } else if (held === key && event.key === 'Escape') {
      event.preventDefault();
      letGo();
    }
  }

  function dragTo(y: number) {
    if (held === undefined || !list.current) return;
    const rows = [...list.current.children].map((row) => row.getBoundingClientRect());
    const from = shown.findIndex((item) => keyOf(item) === held);
    const above = rows.findIndex((row, index) => index < from && y < row.top + row.height / 2);
    const below = rows.findLastIndex((row, index) => index > from && y > row.top + row.height / 2);
    if (above !== -1) move(held, above);
    else if (below !== -1) move(held, below);
  }

  const now = useRef({ dragTo, drop, letGo });
  now.current = { dragTo, drop, letGo };

  // Moving a row in the page takes focus and pointer capture from its handle: the window listens, the focus returns.
  useEffect(() => {
    if (!dragged) return;
    const onMove = (event: PointerEvent) => now.current.dragTo(event.clientY);
    const onUp = () => now.current.drop();
    const onCancel = () => now.current.letGo();
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
    };
  }, [dragged]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the order has changed
  useLayoutEffect(() => {
    if (held !== undefined) heldHandle(list.current)?.focus();
  }, [order, held]);

  function onBlur() {
    setTimeout(() => {
      const handle = heldHandle(list.current);
      if (handle && handle !== document.activeElement) now.current.drop();
    });
  }

  return (
    <ul ref={list} className={styles.list} aria-label={label}>
      {shown.map((item) => {
        const key = keyOf(item);
        const handle = disabled ? null : (
          <button
            type="button"
            className={styles.handle}
            aria-label={t('sort.handle', { name: nameOf(item) })}
            aria-pressed={held === key}
            onKeyDown={(event) => onKeyDown(event, item)}
            onBlur={onBlur}
            onPointerDown={() => {
              pickUp(item);
              setDragged(true);
            }}
          >
            <HolderOutlined aria-hidden="true" />
          </button>
        );
        return (
          <li key={key} className={held === key ? styles.held : undefined}>
            {children(item, handle)}
          </li>
        );
      })}
    </ul>
  );
}

const heldHandle = (list: HTMLElement | null) =>
  list?.querySelector<HTMLElement>('button[aria-pressed="true"]') ?? null;
