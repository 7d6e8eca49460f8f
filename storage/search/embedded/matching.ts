import type { Alternative, Group, Query } from '../search-index.ts';
import { DocSet } from './doc-set.ts';
import type { Kept } from './kept.ts';

/** Where the sets come from: postings on disk, seen through their cache. */
export interface Source {
  readonly fields: Readonly<Record<string, number>>;
  /** The field whose terms come from the passages. */
  readonly passageField: string;
  /** Documents that hold all the terms in the field. */
  holding(field: string, terms: readonly string[]): DocSet;
  /** Says what will be asked for, so that it is read at once. */
  expect(wanted: readonly { readonly field: string; readonly terms: readonly string[] }[]): void;
  /** Whether a passage of the document holds this very text. */
  holdsText(doc: number, text: string): boolean;
  /** Words looked up before: looser readings of a query have them in common, and so have other queries. */
  readonly words: Kept<MatchedGroup>;
}

/** Documents that match a word in one manner, also those that are not allowed, and what that earns. */
export interface Match {
  readonly docs: DocSet;
  readonly weight: number;
  readonly inPassages: boolean;
}

/** A word of the query, looked up: every manner of matching it, best first. */
export interface MatchedGroup {
  readonly docs: DocSet;
  readonly matches: readonly Match[];
}

/** A field whose matches were read in the passages can hold at most this many; beyond, its terms are trusted. */
const verifiedAtMost = 3000;

/** Looks a word up in every field. Its documents are those allowed, its matches also others. */
export function matchGroup(source: Source, group: Group, allowed: DocSet): MatchedGroup {
  // What is made sure of in the passages is that alone which the searcher may find.
  if (group.exactly !== undefined) return lookUp(source, group, allowed);
  const { docs, matches } = source.words.get(keyOf(group), () => lookUp(source, group));
  return { docs: docs.and(allowed), matches };
}

const keyOf = (group: Group): string => JSON.stringify(group.any);

function lookUp(source: Source, group: Group, within?: DocSet): MatchedGroup {
  const matches: Match[] = [];
  for (const alternative of group.any) {
    for (const field of fieldsOf(source, alternative)) {
      const inPassages = field === source.passageField;
      const held = source.holding(field, alternative.terms);
      const docs =
        within && inPassages && group.exactly ? verified(source, held.and(within), group.exactly) : held;
      if (docs.size > 0)
        matches.push({ docs, weight: (source.fields[field] ?? 0) * alternative.weight, inPassages });
    }
  }
  matches.sort((a, b) => b.weight - a.weight);
  const every = matches.map(({ docs }) => docs);
  return { docs: DocSet.union(every, within), matches };
}

/** The documents that match enough of the words, none of the excluded ones. */
export function matchQuery(
  source: Source,
  query: Query,
  allowed: DocSet,
): { docs: DocSet; groups: MatchedGroup[] } {
  const unknown = [...query.groups, ...query.excluded].filter(
    (group) => group.exactly !== undefined || !source.words.has(keyOf(group)),
  );
  source.expect(
    unknown.flatMap(({ any }) =>
      any.flatMap((alternative) =>
        fieldsOf(source, alternative).map((field) => ({ field, terms: alternative.terms })),
      ),
    ),
  );
  let open = allowed;
  for (const group of query.excluded) open = open.minus(matchGroup(source, group, open).docs);
  const groups = query.groups.map((group) => matchGroup(source, group, open));
  return {
    docs:
      groups.length === 0
        ? open
        : DocSet.inAtLeast(
            query.minimum,
            groups.map(({ docs }) => docs),
          ),
    groups,
  };
}

function fieldsOf(source: Source, { fields }: Alternative): readonly string[] {
  return fields ?? Object.keys(source.fields);
}

function verified(source: Source, docs: DocSet, text: string): DocSet {
  if (docs.size > verifiedAtMost) return docs;
  return DocSet.of(docs.numbers().filter((doc) => source.holdsText(doc, text)));
}
