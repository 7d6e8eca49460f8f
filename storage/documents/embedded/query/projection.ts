import type { FieldTree } from '../bson/decode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { Paths } from './fields.ts';
import { compileFilter } from './matcher.ts';
import { splitPath } from './path.ts';
import { type FilterContext, isTruthy } from './predicates.ts';

export type Projection = (doc: Doc) => Doc;

/** A tree of the fields that a projection names. */
interface Tree {
  children: Map<string, Tree | Leaf>;
}

type Leaf =
  | { keep: boolean }
  | { compute: (root: Doc) => Value }
  | { slice: (value: Value) => Value }
  | { element: (value: Value) => Value };

function isLeaf(node: Tree | Leaf): node is Leaf {
  return !('children' in node);
}

function insert(tree: Tree, parts: string[], leaf: Leaf, path: string): void {
  let node = tree;
  for (const [at, part] of parts.entries()) {
    if (part === '') throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    const last = at === parts.length - 1;
    const child = node.children.get(part);
    if (last) {
      if (child) throw collision(path, isLeaf(child));
      node.children.set(part, leaf);
    } else if (!child) {
      const made: Tree = { children: new Map() };
      node.children.set(part, made);
      node = made;
    } else if (isLeaf(child)) throw collision(path, false);
    else node = child;
  }
}

function collision(path: string, same: boolean): CommandError {
  return new CommandError(same ? 31250 : 31249, `Path collision at ${path}`);
}

function slicer(operand: Value): (value: Value) => Value {
  const whole = (value: Value) => (isNumeric(value) ? Math.trunc(toDouble(value)) : Number.NaN);
  if (Array.isArray(operand)) {
    const [skip, limit] = operand.map(whole);
    if (
      operand.length !== 2 ||
      skip === undefined ||
      limit === undefined ||
      Number.isNaN(skip) ||
      !(limit > 0)
    )
      throw new CommandError(28724, 'First argument to $slice must be an array, and its limit positive');
    return (value) => {
      if (!Array.isArray(value)) return value;
      const from = skip < 0 ? Math.max(0, value.length + skip) : skip;
      return value.slice(from, from + limit);
    };
  }
  const count = whole(operand);
  if (Number.isNaN(count)) throw new CommandError(28667, 'Invalid $slice syntax');
  return (value) => {
    if (!Array.isArray(value)) return value;
    return count < 0 ? value.slice(count) : value.slice(0, count);
  };
}

function firstElement(operand: Value, context: FilterContext): (value: Value) => Value {
  if (!(operand instanceof Map))
    throw new CommandError('BadValue', '$elemMatch: Invalid argument, object required');
  const test = compileFilter(new Map([['v', new Map([['$elemMatch', operand]])]]), context);
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const found = value.find((entry) => test(new Map([['v', [entry]]])));
    return found === undefined ? undefined : [found];
  };
}

/** Applies the kept or dropped fields of a tree to a value; arrays element by element. */
function apply(value: Value, tree: Tree, including: boolean, root: Doc): Value {
  if (Array.isArray(value)) {
    const results = value.map((entry) => apply(entry, tree, including, root));
    return including ? results.filter((entry) => entry !== undefined) : results;
  }
  if (!(value instanceof Map)) return including ? undefined : value;
  const result: Doc = new Map();
  for (const [name, field] of value) {
    const node = tree.children.get(name);
    const kept = node ? applyNode(field, node, including, root) : including ? undefined : field;
    if (kept !== undefined || (node === undefined && !including)) result.set(name, kept);
  }
  for (const [name, node] of tree.children) {
    if (value.has(name) && !(isLeaf(node) && 'compute' in node)) continue;
    const made = computed(node, root, value.get(name));
    if (made !== undefined) result.set(name, made);
  }
  return result;
}

function applyNode(field: Value, node: Tree | Leaf, including: boolean, root: Doc): Value {
  if (!isLeaf(node)) return apply(field, node, including, root);
  if ('keep' in node) return node.keep ? field : undefined;
  if ('slice' in node) return node.slice(field);
  if ('element' in node) return node.element(field);
  return undefined;
}

/** The part of a missing field that expressions make. */
function computed(node: Tree | Leaf, root: Doc, present: Value): Value {
  if (isLeaf(node)) return 'compute' in node ? node.compute(root) : undefined;
  if (present !== undefined) return undefined;
  const result: Doc = new Map();
  for (const [name, child] of node.children) {
    const value = computed(child, root, undefined);
    if (value !== undefined) result.set(name, value);
  }
  return result.size > 0 ? result : undefined;
}

/** What a projection may need besides the document. */
export interface ProjectionContext extends FilterContext {
  /** For `field.$`: gives the position in the array that the filter matched. */
  position?: ((doc: Doc) => number | undefined) | undefined;
  /** Inside `$project` operators of find, `$slice` and `$elemMatch`, have no place. */
  aggregation?: boolean;
}

interface Reading {
  tree: Tree;
  including: boolean | undefined;
  keepsId: boolean | undefined;
  /** Called with each document before its fields are taken. */
  prepare: ((doc: Doc) => void) | undefined;
}

function read(spec: Doc, prefix: string[], reading: Reading, context: ProjectionContext): void {
  for (const [name, value] of spec) {
    const parts = [...prefix, ...splitPath(name)];
    const path = parts.join('.');
    if (name.startsWith('$') && prefix.length === 0)
      throw new CommandError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    if (parts.at(-1) === '$') {
      positionalLeaf(parts.slice(0, -1), reading, context);
      continue;
    }
    if (isNumeric(value) || typeof value === 'boolean') {
      const keep = isTruthy(value);
      if (path === '_id') reading.keepsId = keep;
      else {
        if (reading.including !== undefined && reading.including !== keep)
          throw new CommandError(
            keep ? 31253 : 31254,
            `Cannot do ${keep ? 'inclusion' : 'exclusion'} on field ${path} in ${keep ? 'exclusion' : 'inclusion'} projection`,
          );
        reading.including = keep;
        insert(reading.tree, parts, { keep }, path);
      }
      continue;
    }
    const leaf = operatorLeaf(value, reading, context);
    if (leaf) insert(reading.tree, parts, leaf, path);
    else if (value instanceof Map) {
      if (value.size === 0)
        throw new CommandError(
          51270,
          'An empty sub-projection is not a valid value. Found empty object at path',
        );
      read(value, parts, reading, context);
    } else {
      reading.including ??= true;
      insert(reading.tree, parts, { compute: expression(value, context) }, path);
    }
  }
}

function expression(value: Value, context: ProjectionContext): (root: Doc) => Value {
  if (!context.expression)
    throw new CommandError('BadValue', 'Expressions are not possible in this projection');
  try {
    return context.expression(value);
  } catch (error) {
    if (error instanceof CommandError && error.code === 168) throw new CommandError(31325, error.message);
    throw error;
  }
}

function operatorLeaf(value: Value, reading: Reading, context: ProjectionContext): Leaf | undefined {
  if (!(value instanceof Map)) return undefined;
  const [operator, operand] = value.entries().next().value ?? ['', undefined];
  if (!operator.startsWith('$')) return undefined;
  if (
    !context.aggregation &&
    operator === '$slice' &&
    !(Array.isArray(operand) && !operand.slice(0, 2).every(isNumeric))
  )
    return { slice: slicer(operand) };
  if (!context.aggregation && operator === '$elemMatch') {
    reading.including ??= true;
    return { element: firstElement(operand, context) };
  }
  if (operator === '$meta')
    throw new CommandError('BadValue', `query requires text score metadata, but it is not available`);
  reading.including ??= true;
  return { compute: expression(value, context) };
}

function positionalLeaf(parts: string[], reading: Reading, context: ProjectionContext): void {
  reading.including = true;
  const { position } = context;
  if (!position) throw new CommandError(51246, 'positional operator needs a filter on the array');
  let found: number | undefined;
  insert(
    reading.tree,
    parts,
    {
      element: (value) =>
        Array.isArray(value) && found !== undefined ? value.slice(found, found + 1) : value,
    },
    parts.join('.'),
  );
  reading.prepare = (doc) => {
    found = position(doc);
  };
}

/**
 * Compiles a projection of find, or of `$project`.
 * @throws CommandError when it mixes including and excluding, or paths collide
 */
export function compileProjection(spec: Doc, context: ProjectionContext = {}): Projection {
  const reading: Reading = {
    tree: { children: new Map() },
    including: undefined,
    keepsId: undefined,
    prepare: undefined,
  };
  read(spec, [], reading, context);
  const { tree, keepsId, prepare } = reading;
  const including = reading.including ?? keepsId === true;
  if (including ? keepsId !== false : keepsId === false) tree.children.set('_id', { keep: including });
  return (doc) => {
    prepare?.(doc);
    return apply(doc, tree, including, doc) as Doc;
  };
}

/** The fields that a projection keeps, when it does nothing else. */
export function keptFields(spec: Doc): FieldTree | undefined {
  const kept = new Paths();
  for (const [path, value] of spec) {
    if (!isNumeric(value) && typeof value !== 'boolean') return undefined;
    if (path === '_id') continue;
    if (!isTruthy(value) || splitPath(path).includes('$')) return undefined;
    kept.add(path);
  }
  const id = spec.get('_id');
  if (id === undefined || isTruthy(id)) kept.set('_id', 'whole');
  return kept.size > 0 ? kept : undefined;
}

/** Sets the computed fields of a tree in a copy of a value. */
function added(value: Value, tree: Tree, root: Doc): Value {
  if (Array.isArray(value)) return value.map((entry) => added(entry, tree, root));
  const result: Doc = value instanceof Map ? new Map(value) : new Map();
  for (const [name, node] of tree.children) {
    if (!isLeaf(node)) {
      result.set(name, added(result.get(name), node, root));
      continue;
    }
    const made = 'compute' in node ? node.compute(root) : undefined;
    if (made === undefined) result.delete(name);
    else result.set(name, made);
  }
  return result;
}

function readAddition(
  spec: Doc,
  prefix: string[],
  tree: Tree,
  compile: (spec: Value) => (root: Doc) => Value,
): void {
  for (const [name, value] of spec) {
    const parts = [...prefix, ...splitPath(name)];
    const [first] = value instanceof Map ? value.keys() : [];
    if (value instanceof Map && first !== undefined && !first.startsWith('$'))
      readAddition(value, parts, tree, compile);
    else insert(tree, parts, { compute: compile(value) }, parts.join('.'));
  }
}

/** Compiles the fields that `$addFields` sets, each by an expression. @throws CommandError when paths collide */
export function compileAddition(spec: Doc, compile: (spec: Value) => (root: Doc) => Value): Projection {
  const tree: Tree = { children: new Map() };
  readAddition(spec, [], tree, compile);
  return (doc) => added(doc, tree, doc) as Doc;
}
