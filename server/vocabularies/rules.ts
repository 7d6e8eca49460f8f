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

/** Whether a term matches what somebody types into a list: in code, label, synonym or former code. */
export function matches(term: Named, query: string): boolean {
  const wanted = query.toLocaleLowerCase('zh-CN');
  return [term.code, term.labels['zh-CN'], term.labels.en, ...term.synonyms, ...term.formerCodes].some(
    (word) => word.toLocaleLowerCase('zh-CN').includes(wanted),
  );
}
