import type { TextOrder } from '../bson/compare.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';

/** Evaluated together; `single` when the operand was not a list. */
export interface Arguments {
  single: boolean;
  evaluate: (root: Doc, variables: Map<string, Value>) => Value[];
}

export type Evaluate = (root: Doc, variables: Map<string, Value>) => Value;
export type Operator = (operands: Arguments, order: TextOrder | undefined) => Evaluate;

/** Null and missing operands make most results null. */
export function isMissing(value: Value): value is null | undefined {
  return value === null || value === undefined;
}

/** An operator over a fixed number of values. */
export function over(name: string, count: number, apply: (...values: Value[]) => Value): Operator {
  return ({ evaluate }) =>
    (root, variables) => {
      const values = evaluate(root, variables);
      if (values.length !== count)
        throw new CommandError(
          16020,
          `Expression ${name} takes exactly ${count} arguments. ${values.length} were passed in.`,
        );
      return apply(...values);
    };
}
