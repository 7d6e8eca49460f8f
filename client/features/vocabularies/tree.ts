import type { Term } from './queries.ts';

export interface TreeRow {
  readonly term: Term;
  /** 0 for terms at the top. */
  readonly depth: number;
}

/** Terms in the order of the tree, each after the one above it; a term whose parent is not there stands at the top. */
export function treeOf(terms: readonly Term[]): TreeRow[] {
  const codes = new Set(terms.map(({ code }) => code));
  const below = new Map<string | null, Term[]>();
  for (const term of terms) {
    const parent = term.parent !== null && codes.has(term.parent) ? term.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), term]);
  }
  const rows: TreeRow[] = [];
  const walk = (parent: string | null, depth: number) => {
    for (const term of below.get(parent) ?? []) {
      rows.push({ term, depth });
      walk(term.code, depth + 1);
    }
  };
  walk(null, 0);
  return rows;
}

/** The rows that match, and those above them, so that everybody sees where a match stands. */
export function matching(rows: readonly TreeRow[], matches: (term: Term) => boolean): TreeRow[] {
  const kept = new Set<string>();
  const parents = new Map(rows.map(({ term }) => [term.code, term.parent]));
  for (const { term } of rows) {
    if (!matches(term)) continue;
    for (
      let code: string | null = term.code;
      code !== null && !kept.has(code);
      code = parents.get(code) ?? null
    )
      kept.add(code);
  }
  return rows.filter(({ term }) => kept.has(term.code));
}
