import type { z } from 'zod';
import type { listTermUses } from '../../../server/resources/contract.ts';
import type { Facet } from '../../../server/search/contract.ts';
import type { Term } from '../../../server/vocabularies/contract.ts';
import type { TreeRow } from './tree.ts';

/** How many resources have a term, as published and in drafts. */
export type TermUses = Omit<z.output<(typeof listTermUses.answers)[200]>['items'][number], 'code'>;
/** By code; terms that nothing has are missing. */
export type UsesOfTerms = ReadonlyMap<string, TermUses>;

export const unused: TermUses = { published: 0, drafts: 0 };

/** In which order terms stand: of the vocabulary, or by their uses. */
export const termOrders = ['listed', 'most-used', 'least-used'] as const;
export type TermOrder = (typeof termOrders)[number];

const facets: Readonly<Record<string, Facet>> = {
  majors: 'major',
  courses: 'course',
  'material-types': 'materialType',
  levels: 'level',
  licences: 'licence',
};
/** Fields that a query names. */
const fields: Readonly<Record<string, string>> = { jobs: '岗位', certificates: '证书' };

/** Whether resources are described by the terms of a vocabulary. */
export const describes = (vocabulary: string): boolean => vocabulary in facets || vocabulary in fields;

/** Where search shows what has a term. */
export function searchFor({ vocabulary, code, labels }: Term): string {
  const facet = facets[vocabulary];
  const asked = facet ? { [facet]: code } : { q: `${fields[vocabulary]}:"${labels['zh-CN']}"` };
  return `/search?${new URLSearchParams(asked)}`;
}

/** Terms by their uses, those with as many in the order that they have; without levels. */
export function byUses(
  rows: readonly TreeRow[],
  uses: UsesOfTerms,
  order: Exclude<TermOrder, 'listed'>,
): TreeRow[] {
  const usesOf = ({ term }: TreeRow) => uses.get(term.code) ?? unused;
  const sign = order === 'most-used' ? -1 : 1;
  return rows
    .map(({ term }) => ({ term, depth: 0, isBranch: false }))
    .sort((one, other) => {
      const [a, b] = [usesOf(one), usesOf(other)];
      return sign * (a.published - b.published || a.drafts - b.drafts);
    });
}
