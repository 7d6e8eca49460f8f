import { type Facet, facets, type SavedSearch, type Sort, sorts } from '../../../server/search/contract.ts';

/** A whole query as the address holds it. */
export interface Question {
  readonly q: string;
  readonly chosen: Readonly<Partial<Record<Facet, readonly string[]>>>;
  readonly sort: Sort | undefined;
  /** Bytes of all files, from (included) to (not included). */
  readonly size?: Size | undefined;
  /** Days of publication, both included, `2026-03-01`. */
  readonly published?: Days | undefined;
}

export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface Size {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export function questionFrom(params: URLSearchParams): Question {
  const chosen: Partial<Record<Facet, string[]>> = {};
  for (const facet of facets) {
    const values = params.getAll(facet);
    if (values.length > 0) chosen[facet] = values;
  }
  const sort = params.get('sort');
  const [from, to] = [numberOf(params.get('sizeFrom')), numberOf(params.get('sizeTo'))];
  const size = from === undefined && to === undefined ? undefined : { from, to };
  const published = daysOf(dayOf(params.get('publishedFrom')), dayOf(params.get('publishedTo')));
  return { q: params.get('q') ?? '', chosen, sort: sorts.find((known) => known === sort), size, published };
}

/** The question that somebody follows. */
export function questionOf({ question: { q, sort, sizeFrom, sizeTo, ...rest } }: SavedSearch): Question {
  const { publishedFrom, publishedTo, ...chosen } = rest;
  const size = sizeFrom === undefined && sizeTo === undefined ? undefined : { from: sizeFrom, to: sizeTo };
  return { q, sort, chosen, size, published: daysOf(publishedFrom, publishedTo) };
}

const numberOf = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

const dayOf = (text: string | null): string | undefined =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

/** The days between two, or from one, or up to one; undefined for all. */
export const daysOf = (from: string | undefined, to: string | undefined): Days | undefined =>
  from === undefined && to === undefined ? undefined : { from, to };

export function addressOf({ q, chosen, sort, size, published }: Question): URLSearchParams {
  const params = new URLSearchParams();
  if (q !== '') params.set('q', q);
  for (const facet of facets) for (const value of chosen[facet] ?? []) params.append(facet, value);
  if (size?.from !== undefined) params.set('sizeFrom', String(size.from));
  if (size?.to !== undefined) params.set('sizeTo', String(size.to));
  if (published?.from !== undefined) params.set('publishedFrom', published.from);
  if (published?.to !== undefined) params.set('publishedTo', published.to);
  if (sort !== undefined) params.set('sort', sort);
  return params;
}

/** The question with one value of a facet chosen, or no longer chosen. */
export function toggled(question: Question, facet: Facet, value: string): Question {
  const before = question.chosen[facet] ?? [];
  const now = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { ...question, chosen: { ...question.chosen, [facet]: now } };
}

export const isSameSize = (a: Size | undefined, b: Size | undefined): boolean =>
  a?.from === b?.from && a?.to === b?.to;

export const countChosen = ({ chosen, size, published }: Question): number =>
  Object.values(chosen).reduce(
    (sum, values) => sum + (values?.length ?? 0),
    (size ? 1 : 0) + (published ? 1 : 0),
  );

/** What is chosen of every facet, for the call. */
export const choices = ({ chosen }: Question) =>
  Object.fromEntries(facets.map((facet) => [facet, chosen[facet] ?? []])) as Record<Facet, string[]>;

/** The question as the contract takes it. */
export const askedOf = (question: Question) => ({
  q: question.q,
  ...choices(question),
  sort: question.sort,
  sizeFrom: question.size?.from,
  sizeTo: question.size?.to,
  publishedFrom: question.published?.from,
  publishedTo: question.published?.to,
});
