import { type Facet, facets, type Sort, sorts } from '../../../server/search/contract.ts';

/** A whole query as the address holds it. */
export interface Question {
  readonly q: string;
  readonly chosen: Readonly<Partial<Record<Facet, readonly string[]>>>;
  readonly sort: Sort | undefined;
}

export function questionFrom(params: URLSearchParams): Question {
  const chosen: Partial<Record<Facet, string[]>> = {};
  for (const facet of facets) {
    const values = params.getAll(facet);
    if (values.length > 0) chosen[facet] = values;
  }
  const sort = params.get('sort');
  return { q: params.get('q') ?? '', chosen, sort: sorts.find((known) => known === sort) };
}

export function addressOf({ q, chosen, sort }: Question): URLSearchParams {
  const params = new URLSearchParams();
  if (q !== '') params.set('q', q);
  for (const facet of facets) for (const value of chosen[facet] ?? []) params.append(facet, value);
  if (sort !== undefined) params.set('sort', sort);
  return params;
}

/** The question with one value of a facet chosen, or no longer chosen. */
export function toggled(question: Question, facet: Facet, value: string): Question {
  const before = question.chosen[facet] ?? [];
  const now = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { ...question, chosen: { ...question.chosen, [facet]: now } };
}

export const countChosen = ({ chosen }: Question): number =>
  Object.values(chosen).reduce((sum, values) => sum + (values?.length ?? 0), 0);

/** What is chosen of every facet, for the call. */
export const choices = ({ chosen }: Question): Record<Facet, readonly string[]> =>
  Object.fromEntries(facets.map((facet) => [facet, chosen[facet] ?? []])) as Record<Facet, readonly string[]>;
