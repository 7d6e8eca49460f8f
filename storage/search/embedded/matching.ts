import type { Alternative, Group, Query } from '../search-index.ts';
import { DocSet } from './doc-set.ts';

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
}

/** Documents that match a word in one manner, also those that are not allowed, and what that earns. */
export interface Match {
  readonly docs: DocSet;
  readonly weight: number;
  readonly inPassages: boolean;
}

/** A word of the query, looked up: every manner of matching it, best first. */
export interface MatchedGroup {
  /** Those allowed. */
  readonly docs: DocSet;
  readonly matches: readonly Match[];
}

/** A field whose matches were read in the passages can hold at most this many; beyond, its terms are trusted. */
const verifiedAtMost = 3000;

/** Looks a word up in every field, among the documents allowed. */
export function matchGroup(source: Source, group: Group, allowed: DocSet): MatchedGroup {
  const matches: Match[] = [];
  for (const alternative of group.any) {
    for (const field of fieldsOf(source, alternative)) {
      const inPassages = field === source.passageField;
      const held = source.holding(field, alternative.terms);
      const docs = group.exactly && inPassages ? verified(source, held.and(allowed), group.exactly) : held;
      if (docs.size > 0)
        matches.push({ docs, weight: (source.fields[field] ?? 0) * alternative.weight, inPassages });
    }
  }
  matches.sort((a, b) => b.weight - a.weight);
  const every = matches.map(({ docs }) => docs);
  return { docs: DocSet.union(every, allowed), matches };
}

/** The documents that match enough of the words, none of the excluded ones. */
export function matchQuery(
  source: Source,
  query: Query,
  allowed: DocSet,
): { docs: DocSet; groups: MatchedGroup[] } {
  source.expect([
    ...[...query.groups, ...query.excluded].flatMap(({ any }) =>
      any.flatMap((alternative) =>
        fieldsOf(source, alternative).map((field) => ({ field, terms: alternative.terms })),
      ),
    ),
  ]);
  let open = allowed;
  for (const group of query.excluded) open = open.minus(matchGroup(source, group, open).docs);
  const groups = query.groups.map((group) => matchGroup(source, group, open));
  return { docs: groups.length === 0 ? open : atLeast(groups, query.minimum), groups };
}

function fieldsOf(source: Source, { fields }: Alternative): readonly string[] {
  return fields ?? Object.keys(source.fields);
}

function verified(source: Source, docs: DocSet, text: string): DocSet {
  if (docs.size > verifiedAtMost) return docs;
  return DocSet.of(docs.numbers().filter((doc) => source.holdsText(doc, text)));
}

/** Documents in at least `minimum` of the groups. */
function atLeast(groups: readonly MatchedGroup[], minimum: number): DocSet {
  const [first = DocSet.empty, ...others] = groups.map(({ docs }) => docs).sort((a, b) => a.size - b.size);
  if (minimum <= 1) return DocSet.union([first, ...others]);
  if (minimum >= groups.length) return others.reduce((docs, other) => docs.and(other), first);
  // reached[n]: documents that are in more than n of the groups seen so far.
  const reached = Array.from({ length: Math.max(1, minimum) }, () => DocSet.empty);
  for (const { docs } of groups) {
    for (let n = reached.length - 1; n > 0; n--)
      reached[n] = DocSet.union([reached[n] as DocSet, (reached[n - 1] as DocSet).and(docs)]);
    reached[0] = DocSet.union([reached[0] as DocSet, docs]);
  }
  return reached.at(-1) as DocSet;
}
