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

/** A word of the query, looked up: every manner of matching it, best first; documents that are not allowed, too. */
export interface MatchedGroup {
  readonly docs: DocSet;
  readonly matches: readonly Match[];
}

/** A field whose matches were read in the passages can hold at most this many; beyond, its terms are trusted. */
const verifiedAtMost = 3000;

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

/** A query, looked up. */
export interface Matched {
  /** The documents that match enough of the words, none of the excluded ones. */
  readonly docs: DocSet;
  readonly groups: readonly MatchedGroup[];
  /** The same, then those that match one word more, and so on to those that match all; of these any, allowed or not. */
  readonly levels: readonly [DocSet, ...DocSet[]];
}

/** Looks every word of a query up in every field. */
export function matchQuery(source: Source, query: Query, allowed: DocSet): Matched {
  const [words, excluded] = [query.groups.map(keyed), query.excluded.map(keyed)];
  const unknown = [...words, ...excluded].filter(({ key }) => key === undefined || !source.words.has(key));
  source.expect(
    unknown.flatMap(({ group: { any } }) =>
      any.flatMap((alternative) =>
        fieldsOf(source, alternative).map((field) => ({ field, terms: alternative.terms })),
      ),
    ),
  );
  let open = allowed;
  for (const word of excluded) open = open.minus(matchGroup(source, word, open).docs);
  const groups = words.map((word) => matchGroup(source, word, open));
  const levels = levelsOf(groups, query.minimum, open);
  return { docs: levels[0], groups, levels };
}

function levelsOf(groups: readonly MatchedGroup[], minimum: number, open: DocSet): Matched['levels'] {
  const sets = groups.map(({ docs }) => docs);
  if (sets.length === 0) return [open];
  if (minimum === sets.length) return [DocSet.inAll([...sets, open])];
  const [enough = DocSet.empty, ...more] = DocSet.byCount(Math.max(1, minimum), sets);
  return [enough.and(open), ...more];
}

/** What a word is kept by; none for a quoted one, whose passages are read for those alone who may find them. */
const keyed = (group: Group) => ({
  group,
  key: group.exactly === undefined ? JSON.stringify(group.any) : undefined,
});

/** Looks a word up in every field. */
function matchGroup(source: Source, { group, key }: ReturnType<typeof keyed>, allowed: DocSet): MatchedGroup {
  if (key === undefined) return lookUp(source, group, allowed);
  return source.words.get(key, () => lookUp(source, group));
}

function fieldsOf(source: Source, { fields }: Alternative): readonly string[] {
  return fields ?? Object.keys(source.fields);
}

function verified(source: Source, docs: DocSet, text: string): DocSet {
  if (docs.size > verifiedAtMost) return docs;
  return DocSet.of(docs.numbers().filter((doc) => source.holdsText(doc, text)));
}
