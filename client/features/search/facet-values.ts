interface Counted {
  value: string;
  label: string;
  count: number;
  parent?: string | undefined;
}

/** A value of a facet with those that stand below it. */
export interface Branch {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly below: readonly Branch[];
}

const deepest = 4;

/** Values of a facet as a tree. What is chosen but has no hits stays, at the end. */
export function treeOf(values: readonly Counted[], chosen: readonly string[]): Branch[] {
  const known = new Set(values.map(({ value }) => value));
  const parentOf = ({ parent }: Counted) => (parent && known.has(parent) ? parent : undefined);
  const branches = (parent: string | undefined, depth: number): Branch[] =>
    values
      .filter((value) => parentOf(value) === parent)
      .map(({ value, label, count }) => ({
        value,
        label,
        count,
        below: depth < deepest ? branches(value, depth + 1) : [],
      }));
  const gone = chosen
    .filter((value) => !known.has(value))
    .map((value) => ({ value, label: value, count: 0, below: [] }));
  return [...branches(undefined, 0), ...gone];
}

export function sizeOf(branches: readonly Branch[]): number {
  return branches.reduce((sum, { below }) => sum + 1 + sizeOf(below), 0);
}

/** Whether one of the values is chosen below this one. */
export function holdsChosen({ below }: Branch, chosen: readonly string[]): boolean {
  return below.some((branch) => chosen.includes(branch.value) || holdsChosen(branch, chosen));
}
