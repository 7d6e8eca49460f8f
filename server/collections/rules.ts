import type { StoredItem, StoredSection } from './model.ts';
import { alreadyCollected, full, noSuchSection, notInIt } from './problems.ts';

/** Order and sections of a set: pure decisions. */

export const MOST_ITEMS = 500;

/**
 * Puts a resource before another, or last when that one is not there. A resource stands in a set once.
 * @throws alreadyCollected, full
 */
export function insertItem(items: readonly StoredItem[], item: StoredItem, before?: string): StoredItem[] {
  if (items.some(({ resource }) => resource === item.resource))
    throw alreadyCollected({ resource: item.resource });
  if (items.length >= MOST_ITEMS) throw full({ most: MOST_ITEMS });
  return putBefore(items, item, before);
}

export interface ItemChange {
  /** The item that it comes to stand before; null: last; undefined: where it is. */
  before?: string | null | undefined;
  section?: string | null | undefined;
  note?: string | undefined;
}

/** @throws notInIt */
export function changeItem(
  items: readonly StoredItem[],
  resource: string,
  { before, section, note }: ItemChange,
): StoredItem[] {
  const item = items.find((one) => one.resource === resource);
  if (!item) throw notInIt({ resource });
  const changed = {
    ...item,
    ...(section !== undefined && { section }),
    ...(note !== undefined && { note }),
  };
  if (before === undefined || before === resource)
    return items.map((one) => (one.resource === resource ? changed : one));
  const others = items.filter((one) => one.resource !== resource);
  return putBefore(others, changed, before ?? undefined);
}

/** @throws notInIt */
export function removeItem(items: readonly StoredItem[], resource: string): StoredItem[] {
  const left = items.filter((one) => one.resource !== resource);
  if (left.length === items.length) throw notInIt({ resource });
  return left;
}

/** Items after the sections changed: those of a section that is gone stand before the first one. */
export function regroup(items: readonly StoredItem[], sections: readonly StoredSection[]): StoredItem[] {
  const known = new Set(sections.map(({ id }) => id));
  return items.map((item) =>
    item.section === null || known.has(item.section) ? item : { ...item, section: null },
  );
}

/** @throws noSuchSection */
export function assertSection(sections: readonly StoredSection[], section: string | null | undefined): void {
  if (section && !sections.some(({ id }) => id === section)) throw noSuchSection({ section });
}

function putBefore(items: readonly StoredItem[], item: StoredItem, before?: string): StoredItem[] {
  const at = items.findIndex(({ resource }) => resource === before);
  return items.toSpliced(at === -1 ? items.length : at, 0, item);
}
