export interface Value {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  /** How many values stand above it. */
  readonly depth: number;
}

interface Counted {
  value: string;
  label: string;
  count: number;
  parent?: string | undefined;
}

/** Values of a facet as they are listed: the ones below a value after it. What is chosen but has no hits stays. */
export function inOrder(values: readonly Counted[], chosen: readonly string[]): Value[] {
  const known = new Set(values.map(({ value }) => value));
  const below = (parent: string | undefined) =>
    values.filter((value) => (value.parent && known.has(value.parent) ? value.parent : undefined) === parent);
  const visit = (parent: string | undefined, depth: number): Value[] =>
    below(parent).flatMap(({ value, label, count }) => [
      { value, label, count, depth },
      ...(depth < 4 ? visit(value, depth + 1) : []),
    ]);
  const gone = chosen
    .filter((value) => !known.has(value))
    .map((value) => ({ value, label: value, count: 0, depth: 0 }));
  return [...visit(undefined, 0), ...gone];
}
