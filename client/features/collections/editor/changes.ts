import type { ResourceSet } from '../queries.ts';

export type Item = ResourceSet['items'][number];
export type Section = ResourceSet['sections'][number];
export type Move = { resource: string; before: string | null; section: string | null };

/** Where something is written that somebody else may write at the same time. */
export type Place =
  | { readonly at: 'title' | 'summary' | 'audience' | 'cover' }
  | { readonly at: 'section-title' | 'section-note'; readonly section: string }
  | { readonly at: 'item-note'; readonly resource: string };
export type Written = ResourceSet['title' | 'audience' | 'cover'];

export interface Write {
  readonly what: 'write';
  readonly place: Place;
  readonly value: Written;
  /** What stood there when it was begun: if something else does by now, somebody else has written there. */
  readonly was: Written;
  /** Why the server would not take it. */
  readonly refused?: string;
}

/** One change of a set, as its curator makes it. */
export type Change =
  | Write
  | { readonly what: 'section-added'; readonly section: Section }
  | { readonly what: 'section-removed'; readonly section: string }
  | { readonly what: 'section-shifted'; readonly section: string; readonly to: number }
  | { readonly what: 'item-added'; readonly item: Item; readonly before: string | null }
  | { readonly what: 'item-moved'; readonly move: Move }
  | { readonly what: 'item-removed'; readonly resource: string };

export const placeKey = (place: Place): string => Object.values(place).join(':');

export const isWriteAt =
  (place: Place) =>
  (change: Change): change is Write =>
    change.what === 'write' && placeKey(change.place) === placeKey(place);

/** What stands at a place; undefined when its section or resource is gone. */
export function valueAt(set: ResourceSet, place: Place): Written | undefined {
  if (place.at === 'item-note') return set.items.find(({ resource }) => resource === place.resource)?.note;
  if (!('section' in place)) return set[place.at];
  const section = set.sections.find(({ id }) => id === place.section);
  return place.at === 'section-title' ? section?.title : section?.note;
}

function written(set: ResourceSet, { place, value }: Write): ResourceSet {
  if (place.at === 'item-note')
    return {
      ...set,
      items: set.items.map((item) =>
        item.resource === place.resource ? { ...item, note: String(value) } : item,
      ),
    };
  if (!('section' in place)) return { ...set, [place.at]: value };
  const name = place.at === 'section-title' ? 'title' : 'note';
  return {
    ...set,
    sections: set.sections.map((section) =>
      section.id === place.section ? { ...section, [name]: String(value) } : section,
    ),
  };
}

/** The set once a change is made. A change of what is gone changes nothing. */
export function changed(set: ResourceSet, change: Change): ResourceSet {
  const { sections, items } = set;
  switch (change.what) {
    case 'write':
      return written(set, change);
    case 'section-added':
      return sections.some(({ id }) => id === change.section.id)
        ? set
        : { ...set, sections: [...sections, change.section] };
    case 'section-removed':
      return {
        ...set,
        sections: sections.filter(({ id }) => id !== change.section),
        items: items.map((item) => (item.section === change.section ? { ...item, section: null } : item)),
      };
    case 'section-shifted': {
      const from = sections.findIndex(({ id }) => id === change.section);
      const section = sections[from];
      return section
        ? { ...set, sections: sections.toSpliced(from, 1).toSpliced(change.to, 0, section) }
        : set;
    }
    case 'item-added':
      return items.some(({ resource }) => resource === change.item.resource)
        ? set
        : { ...set, items: before(items, change.item, change.before) };
    case 'item-moved': {
      const { move } = change;
      const item = items.find(({ resource }) => resource === move.resource);
      const others = items.filter((one) => one !== item);
      return item ? { ...set, items: before(others, { ...item, section: move.section }, move.before) } : set;
    }
    case 'item-removed':
      return { ...set, items: items.filter(({ resource }) => resource !== change.resource) };
  }
}

/** Puts an item before another, or last when that one is not there. */
function before(items: readonly Item[], item: Item, next: string | null): Item[] {
  const at = items.findIndex(({ resource }) => resource === next);
  return items.toSpliced(at === -1 ? items.length : at, 0, item);
}

/** The server cuts spaces at the ends of texts. */
export const same = (a: Written | undefined, b: Written | undefined): boolean => plain(a) === plain(b);
const plain = (value: Written | undefined): string =>
  JSON.stringify(typeof value === 'string' ? value.trim() : (value ?? null));

/** Whether somebody else has written there, and not the same. */
export function isOvertaken({ place, value, was }: Write, set: ResourceSet): boolean {
  const now = valueAt(set, place);
  return now !== undefined && !same(now, was) && !same(now, value);
}

/** Whether there is no longer anything to write on. */
export const isGone = ({ place }: Write, set: ResourceSet): boolean => valueAt(set, place) === undefined;

/** The changes with one more. What is written on at the same place is one change, except when it is being sent. */
export function withWrite(
  changes: readonly Change[],
  write: Write,
  sending: Change | undefined,
): readonly Change[] {
  const earlier = changes.filter(isWriteAt(write.place)).find((change) => change !== sending);
  if (!earlier) return [...changes, write];
  const { was, place } = earlier;
  if (write.value === was) return changes.filter((change) => change !== earlier);
  return changes.map((change) =>
    change === earlier ? { what: 'write', place, value: write.value, was } : change,
  );
}

/** The changes after one could not be sent: what was written on at its place meanwhile is one change with it. */
export function withoutPause(changes: readonly Change[], failed: Change): readonly Change[] {
  if (failed.what !== 'write') return changes;
  const later = changes.filter(isWriteAt(failed.place)).find((change) => change !== failed);
  if (!later) return changes;
  return changes
    .filter((change) => change !== failed)
    .map((change) => (change === later ? { ...later, was: failed.was } : change));
}
