import type { TextOrder } from '../bson/compare.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { splitPath } from '../query/path.ts';
import { compileChange } from './operators.ts';
import {
  assertNoConflict,
  changeAt,
  comparePaths,
  type Positions,
  removeAt,
  resolvePositions,
  valueAt,
} from './paths.ts';

/** One occasion of applying an update. */
export interface Application {
  matched: number | undefined;
  inserting: boolean;
  now: Date;
}

/** Gives the updated document; the given one may be changed in place. */
export type Update = (doc: Doc, application: Application) => Doc;

export interface UpdateContext {
  order?: TextOrder | undefined;
  arrayFilters?: Value;
  /** Compiles the aggregation stages of a pipeline update. */
  pipeline?: ((stages: Doc[]) => (doc: Doc) => Doc) | undefined;
}

interface Step {
  parts: string[];
  apply(doc: Doc, parts: string[], application: Application): void;
}

function arrayFilters(
  filters: Value,
  order: TextOrder | undefined,
): Map<string, (element: Value) => boolean> {
  const result = new Map<string, (element: Value) => boolean>();
  if (filters === undefined) return result;
  if (!Array.isArray(filters)) throw new CommandError('TypeMismatch', 'arrayFilters must be an array');
  for (const filter of filters) {
    if (!(filter instanceof Map)) throw new CommandError('TypeMismatch', 'array filters must be objects');
    const name = filterName(filter);
    if (name === undefined)
      throw new CommandError(
        'FailedToParse',
        'Cannot use an expression without a top-level field name in arrayFilters',
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw new CommandError(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (result.has(name))
      throw new CommandError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    const test = compileFilter(filter, { order });
    result.set(name, (element) => test(new Map([[name, element]])));
  }
  return result;
}

function filterName(filter: Doc): string | undefined {
  for (const [key, value] of filter) {
    if (!key.startsWith('$')) return splitPath(key)[0];
    if (Array.isArray(value)) {
      const first = value[0];
      if (first instanceof Map) return filterName(first);
    }
  }
  return undefined;
}

function renameStep(from: string, to: Value): Step[] {
  if (typeof to !== 'string')
    throw new CommandError('BadValue', `The 'to' field for $rename must be a string: ${from}: ${String(to)}`);
  if (from === to)
    throw new CommandError(
      'BadValue',
      `The source and target field for $rename must differ: ${from}: "${to}"`,
    );
  const source = splitPath(from);
  const target = splitPath(to);
  return [
    { parts: source, apply: () => {} },
    {
      parts: target,
      apply: (doc) => {
        const value = valueAt(doc, source);
        if (value === undefined) return;
        removeAt(doc, source);
        changeAt(doc, target, () => value);
      },
    },
  ];
}

function stepsOf(operator: string, fields: Value, order: TextOrder | undefined): Step[] {
  if (!(fields instanceof Map)) {
    throw new CommandError(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${String(fields)}}`,
    );
  }
  return [...fields].flatMap(([path, operand]): Step[] => {
    const parts = splitPath(path);
    if (parts.some((part) => part === ''))
      throw new CommandError(
        'EmptyFieldName',
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    if (parts[0]?.startsWith('$') && !path.startsWith('$ref') && !path.startsWith('$id'))
      throw new CommandError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${path}' in '${path}' is not allowed.`,
      );
    if (operator === '$unset') return [{ parts, apply: removeAt }];
    if (operator === '$rename') return renameStep(path, operand);
    const change = compileChange(operator, path, operand, order);
    return [
      {
        parts,
        apply: (doc, at, { inserting, now }) => changeAt(doc, at, (old) => change(old, { inserting, now })),
      },
    ];
  });
}

function operatorsUpdate(spec: Doc, context: UpdateContext): Update {
  const steps = [...spec].flatMap(([operator, fields]) => {
    if (!operator.startsWith('$'))
      throw new CommandError(
        'FailedToParse',
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    return stepsOf(operator, fields, context.order);
  });
  assertNoConflict(steps.map(({ parts }) => parts));
  steps.sort((a, b) => comparePaths(a.parts, b.parts));
  const filters = arrayFilters(context.arrayFilters, context.order);
  for (const name of filters.keys())
    if (!steps.some(({ parts }) => parts.includes(`$[${name}]`)))
      throw new CommandError(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update`,
      );
  return (doc, application) => {
    const positions: Positions = { matched: application.matched, filters };
    for (const step of steps)
      for (const parts of resolvePositions(doc, step.parts, positions)) step.apply(doc, parts, application);
    return doc;
  };
}

function replacement(spec: Doc): Update {
  for (const name of spec.keys())
    if (name.startsWith('$') && name !== '$ref' && name !== '$id' && name !== '$db')
      throw new CommandError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  return (doc) => {
    const result: Doc = new Map();
    const id = spec.has('_id') ? spec.get('_id') : doc.get('_id');
    if (id !== undefined) result.set('_id', id);
    for (const [name, value] of spec) if (name !== '_id') result.set(name, value);
    return result;
  };
}

/** Whether an update is a whole document instead of operators or a pipeline. */
export function isReplacement(spec: Value): boolean {
  if (!(spec instanceof Map)) return false;
  const first = spec.keys().next().value;
  return first === undefined || !first.startsWith('$');
}

/**
 * Compiles the `u` of an update: operators, a replacement or a pipeline.
 * @throws CommandError when an operator is unknown, paths conflict, or operands are wrong
 */
export function compileUpdate(spec: Value, context: UpdateContext): Update {
  if (Array.isArray(spec)) {
    if (!context.pipeline) throw new CommandError('FailedToParse', 'Pipeline updates are not possible here');
    const run = context.pipeline(spec as Doc[]);
    return (doc) => run(doc);
  }
  if (!(spec instanceof Map))
    throw new CommandError('FailedToParse', 'Update argument must be either an object or an array');
  return isReplacement(spec) ? replacement(spec) : operatorsUpdate(spec, context);
}
