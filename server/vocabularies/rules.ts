import { spellingsOf } from '../spelling.ts';
import { foldName } from './contract.ts';
import type { StoredTerm } from './model.ts';

/** Just enough of a term to reason about the tree. */
export type Node = Pick<StoredTerm, 'code' | 'parent'>;

/** Whether a term would come to stand below itself under a new parent. */
export function makesCircle(terms: readonly Node[], code: string, parent: string | null): boolean {
  const parents = new Map(terms.map((term) => [term.code, term.parent]));
  const seen = new Set([code]);
  for (let at = parent; at !== null; at = parents.get(at) ?? null) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

/** A term and all that stand below it, by code: what a filter on the term means. */
export function withDescendants(terms: readonly Node[], code: string): string[] {
  const below = new Map<string, string[]>();
  for (const term of terms) {
    if (term.parent !== null) below.set(term.parent, [...(below.get(term.parent) ?? []), term.code]);
  }
  const found = new Set<string>();
  const open = [code];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...(below.get(at) ?? []));
  }
  return [...found];
}

type Named = Pick<StoredTerm, 'code' | 'labels' | 'synonyms' | 'formerCodes'>;

/** The words that the surviving term of a merge is also found by: nothing that led to the other is lost. */
export function mergedSynonyms(into: Named, from: Named): string[] {
  const words = [...into.synonyms, from.labels['zh-CN'], from.labels.en, ...from.synonyms];
  const own = new Set(['', into.labels['zh-CN'], into.labels.en]);
  return [...new Set(words)].filter((word) => !own.has(word));
}

/** How the Chinese label and the synonyms of a term are typed in pinyin, in full and by initials; each once. */
export const spellingsOfTerm = ({ labels, synonyms }: Pick<Named, 'labels' | 'synonyms'>): string[] => [
  ...new Set([labels['zh-CN'], ...synonyms].flatMap(spellingsOf)),
];

/** Whether a term matches what somebody types into a list: in code, label, synonym, their pinyin or former code. */
export function matches(term: Named, query: string): boolean {
  const wanted = foldName(query);
  const { code, labels, synonyms, formerCodes } = term;
  return [
    code,
    labels['zh-CN'],
    labels.en,
    ...synonyms,
    ...formerCodes,
    ...spellingsOfTerm({ labels, synonyms }),
  ].some((word) => foldName(word).includes(wanted));
}

type Standing = Pick<StoredTerm, 'code' | 'labels' | 'synonyms' | 'retired' | 'mergedInto'>;

/**
 * What finds the code that a text stands for: a code of the vocabulary as it is, or the one that it was merged into;
 * else the only term on offer that has the text for a label, or before that fails for a code in other letters, or for
 * a synonym. A text that none or several go by stands for no code.
 */
export function codeFinder(terms: readonly Standing[]): (text: string) => string | undefined {
  const known = new Map(terms.map((term) => [term.code, term]));
  const offered = terms.filter((term) => !term.retired && term.mergedInto === null);
  const ranks = [
    byName(offered, ({ labels }) => [labels['zh-CN'], labels.en]),
    byName(offered, ({ code }) => [code]),
    byName(offered, ({ synonyms }) => synonyms),
  ];
  return (text) => {
    if (known.has(text)) return survivor(known, text);
    const name = foldName(text);
    const [only, ...others] =
      ranks.map((names) => names.get(name)).find((codes) => codes !== undefined) ?? [];
    return others.length === 0 ? only : undefined;
  };
}

/** The code at the end of a chain of merges. */
function survivor(known: ReadonlyMap<string, Standing>, code: string): string {
  const into = known.get(code)?.mergedInto ?? null;
  return into === null ? code : survivor(known, into);
}

function byName(terms: readonly Standing[], namesOf: (term: Standing) => readonly string[]) {
  const codes = new Map<string, Set<string>>();
  for (const term of terms)
    for (const name of namesOf(term).map(foldName))
      if (name !== '') codes.set(name, (codes.get(name) ?? new Set()).add(term.code));
  return codes;
}

type Fillable = Pick<StoredTerm, 'labels' | 'synonyms' | 'equivalents' | 'formerCodes'>;

/** What a newer edition of a list knows of a term where the stored term is empty, as MongoDB sets it. */
export function fillings(stored: Fillable, newer: Fillable): Record<string, string | string[]> {
  const lists = (['synonyms', 'equivalents', 'formerCodes'] as const).filter(
    (field) => stored[field].length === 0 && newer[field].length > 0,
  );
  return {
    ...(stored.labels.en === '' && newer.labels.en !== '' && { 'labels.en': newer.labels.en }),
    ...Object.fromEntries(lists.map((field) => [field, newer[field]])),
  };
}
