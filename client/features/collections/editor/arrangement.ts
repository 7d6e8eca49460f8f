import type { ResourceSet } from '../queries.ts';
import type { Item, Move, Section } from './changes.ts';

/** What stands in the list that is put in order: headings of sections, and resources below them. */
export type Entry =
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'item'; readonly item: Item };

export const keyOf = (entry: Entry): string =>
  entry.kind === 'section' ? `section:${entry.section.id}` : entry.item.resource;

/** Everything in one list, as readers see it. */
export function entriesOf({ sections, items }: Pick<ResourceSet, 'sections' | 'items'>): Entry[] {
  const below = (section: string | null): Entry[] =>
    items.filter((item) => item.section === section).map((item) => ({ kind: 'item', item }));
  return [
    ...below(null),
    ...sections.flatMap((section): Entry[] => [{ kind: 'section', section }, ...below(section.id)]),
  ];
}

/** The move that leads from one order to the other; undefined when no resource has moved. */
export function moveBetween(before: readonly Entry[], after: readonly Entry[]): Move | undefined {
  const first = before.findIndex((entry, index) => after[index] && keyOf(entry) !== keyOf(after[index]));
  if (first === -1) return undefined;
  const [was, is] = [before[first], after[first]];
  if (!was || !is) return undefined;
  const wentDown = before[first + 1] !== undefined && keyOf(before[first + 1] as Entry) === keyOf(is);
  const moving = wentDown ? was : is;
  if (moving.kind !== 'item') return undefined;
  const place = after.findIndex((entry) => keyOf(entry) === keyOf(moving));
  const heading = after.slice(0, place).findLast((entry) => entry.kind === 'section');
  const next = after[place + 1];
  return {
    resource: moving.item.resource,
    section: heading?.kind === 'section' ? heading.section.id : null,
    before: next?.kind === 'item' ? next.item.resource : null,
  };
}
