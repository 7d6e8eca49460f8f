import type { Term } from '../../../server/vocabularies/contract.ts';

export interface TreeRow {
  readonly term: Term;
  /** 0 for terms at the top. */
  readonly depth: number;
  /** Whether terms stand below it. */
  readonly isBranch: boolean;
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
      rows.push({ term, depth, isBranch: below.has(term.code) });
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

/** The rows without those below a folded one. */
export function unfolded(rows: readonly TreeRow[], folded: ReadonlySet<string>): TreeRow[] {
  let hiddenBelow = Number.POSITIVE_INFINITY;
  return rows.filter(({ term, depth }) => {
    if (depth > hiddenBelow) return false;
    hiddenBelow = folded.has(term.code) ? depth : Number.POSITIVE_INFINITY;
    return true;
  });
}

/** A term and all that stand below it, by code. */
export function belowOf(terms: readonly Term[], code: string): string[] {
  const rows = treeOf(terms);
  const at = rows.findIndex(({ term }) => term.code === code);
  const depth = rows[at]?.depth ?? 0;
  const end = rows.findIndex((row, index) => index > at && row.depth <= depth);
  return rows.slice(at, end === -1 ? undefined : end).map(({ term }) => term.code);
}

/** The terms directly below one, or at the top, in their order. */
export const siblingsOf = (terms: readonly Term[], parent: string | null): Term[] =>
  terms.filter((term) => term.parent === parent);

/**
 * The position that brings a term behind one of its siblings (`''`: before all of them), and those siblings that make
 * room for it with their new positions, the last first.
 */
export function placeBehind(siblings: readonly Term[], after: string) {
  const at = siblings.findIndex(({ code }) => code === after);
  const next = siblings[at + 1];
  const position = at === -1 ? Math.max(0, (next?.position ?? 0) - 1) : (siblings[at]?.position ?? 0) + 1;
  const moved: { term: Term; position: number }[] = [];
  let taken = position;
  for (const term of siblings.slice(at + 1)) {
    if (term.position > taken) break;
    taken += 1;
    moved.unshift({ term, position: taken });
  }
  return { position, moved };
}
