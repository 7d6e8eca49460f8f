import { equalValues } from '../bson/compare.ts';
import { encodeKey } from '../bson/key.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import type { Collation } from '../query/collation.ts';
import type { SortKey } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import type { Index } from '../store/index-spec.ts';
import { behind, everything, type FieldBounds, fieldBounds, type Range, withPrefix } from './bounds.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { implies } from './implication.ts';

/** Reads through an index. */
export interface IndexPlan {
  kind: 'index';
  index: Index;
  ranges: Range[];
  /** How many bytes of each range's keys are the same; ranges are merged by what follows when sorted. */
  prefix: number[];
  backwards: boolean;
  /** The rows come in the wanted order. */
  sorted: boolean;
  /** The ranges say all that the filter says. */
  exact: boolean;
  /** A row may come more than once. */
  repeats: boolean;
  equalities: number;
  bounded: number;
}

export type Plan =
  | { kind: 'scan'; backwards: boolean; sorted: boolean }
  | { kind: 'union'; plans: IndexPlan[] }
  | { kind: 'nothing' }
  | IndexPlan;

/** What the planner looks at. */
export interface Question {
  filter: Doc;
  sort: SortKey[];
  collation: Collation | undefined;
  hint: Value;
  min?: Doc | undefined;
  max?: Doc | undefined;
  limit: number;
}

const mostRanges = 1000;

function isMultikey(index: Index, field: number): boolean {
  return (index.multikey & (1 << field)) !== 0;
}

/** Fields whose array is the same, or may be: of these only one may have bounds when it is multikey. */
function rootOf(path: string): string {
  return path.split('.')[0] as string;
}

function boundsOf(index: Index, conditions: Condition[]): (FieldBounds | undefined)[] {
  const taken = new Set<string>();
  return index.paths.map((path, field) => {
    const here = conditions.filter(
      (condition) =>
        condition.path === path && condition.operator !== '$exists' && condition.operator !== '$type',
    );
    if (here.length === 0) return undefined;
    const multikey = isMultikey(index, field);
    if (multikey && taken.has(rootOf(path))) return undefined;
    const bounds = fieldBounds(here, index.descending[field] as boolean, multikey, index.textKey);
    if (multikey && bounds) taken.add(rootOf(path));
    return bounds;
  });
}

function expand(prefixes: Buffer[], keys: Buffer[]): Buffer[] {
  return prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key])));
}

/** Whether rows with equal leading fields come in the wanted order, and from which end. */
function orderOf(
  index: Index,
  fields: (FieldBounds | undefined)[],
  sort: SortKey[],
): { sorted: boolean; backwards: boolean } {
  let backwards: boolean | undefined;
  let field = 0;
  const single = (at: number) => {
    const bounds = fields[at];
    return bounds?.kind === 'points' && bounds.keys.length === 1 && !isMultikey(index, at);
  };
  const among = (at: number) => fields[at]?.kind === 'points';
  for (const { path, descending } of sort) {
    const fixed = index.paths.findIndex((candidate, at) => candidate === path && single(at));
    if (fixed !== -1) continue;
    while (field < index.paths.length && index.paths[field] !== path && among(field)) field++;
    if (index.paths[field] !== path || isMultikey(index, field)) return { sorted: false, backwards: false };
    const against = index.descending[field] !== descending;
    if (backwards !== undefined && backwards !== against) return { sorted: false, backwards: false };
    backwards = against;
    field++;
  }
  return { sorted: !index.textKey || sort.length === 0, backwards: backwards ?? false };
}

function planWith(
  index: Index,
  question: Question,
  conditions: Condition[],
  complete: boolean,
): IndexPlan | undefined {
  if (index.partial && !implies(conditions, index.partial)) return undefined;
  const sameCollation = index.collation?.id === question.collation?.id;
  const fields = boundsOf(index, conditions);
  if (!sameCollation && fields.some((bounds) => bounds?.texts)) return undefined;
  if (index.hashed && fields.some((bounds) => bounds?.kind === 'ranges')) return undefined;
  if (index.sparse && !fields.some((bounds) => bounds && !bounds.nullable)) return undefined;
  const order =
    sameCollation && !index.hashed
      ? orderOf(index, fields, question.sort)
      : { sorted: question.sort.length === 0, backwards: false };
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let ranges: Range[] | undefined;
  let bounded = 0;
  let equalities = 0;
  for (const bounds of fields) {
    if (!bounds) break;
    if (bounds.kind === 'ranges') {
      ranges = bounds.ranges;
      bounded++;
      break;
    }
    if (prefixes.length * bounds.keys.length > mostRanges) break;
    prefixes = expand(prefixes, bounds.keys);
    bounded++;
    equalities++;
  }
  const sorts = question.sort.length > 0 && order.sorted;
  if (bounded === 0 && !sorts) return undefined;
  const used = fields.slice(0, bounded);
  const tested = new Set(conditions.map(({ path }) => path));
  return {
    kind: 'index',
    index,
    ranges: prefixes.flatMap(
      (prefix) => ranges?.map((range) => behind(prefix, range)) ?? [withPrefix(prefix)],
    ),
    prefix: prefixes.flatMap((prefix) => (ranges ?? [everything]).map(() => prefix.length)),
    backwards: order.backwards,
    sorted: order.sorted && (question.sort.length === 0 || bounded >= leading(fields)),
    exact:
      complete && index.multikey === 0 && tested.size === bounded && used.every((bounds) => bounds?.exact),
    repeats: index.multikey !== 0,
    equalities,
    bounded,
  };
}

/** How many leading fields have points: all of them must be ranges for the order behind them to hold. */
function leading(fields: (FieldBounds | undefined)[]): number {
  const at = fields.findIndex((bounds) => bounds?.kind !== 'points');
  return at === -1 ? fields.length : at;
}

function hinted(collection: Collection, hint: Value): Index | 'natural' | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (hint instanceof Map) {
    if (hint.size === 0) return undefined;
    if (hint.has('$natural')) return 'natural';
  }
  const found = collection.indexes.find((index) =>
    hint instanceof Map ? equalValues(index.spec.get('key'), hint) : index.name === hint,
  );
  if (!found)
    throw new CommandError(
      'BadValue',
      'error processing query: hint provided does not correspond to an existing index',
    );
  return found;
}

/** Two plans: which reads less. Equalities tell most, then the order, then how many fields have bounds. */
function better(collection: Collection, a: IndexPlan, b: IndexPlan, question: Question): IndexPlan {
  const whole = (plan: IndexPlan) => plan.index.unique && plan.equalities === plan.index.paths.length;
  if (whole(a) !== whole(b)) return whole(a) ? a : b;
  if (question.sort.length > 0 && a.sorted !== b.sorted) {
    const [ordered, other] = a.sorted ? [a, b] : [b, a];
    if (ordered.bounded >= other.bounded) return ordered;
    const few = question.limit > 0 ? 20 * question.limit + 100 : 1000;
    return collection.countKeys(other.index, other.ranges, few) < few ? other : ordered;
  }
  if (a.equalities !== b.equalities && Math.min(a.equalities, b.equalities) > 0)
    return a.equalities > b.equalities ? a : b;
  if (a.bounded === 0 || b.bounded === 0) return a.bounded === 0 ? b : a;
  const counted =
    collection.countKeys(a.index, a.ranges, 1000) - collection.countKeys(b.index, b.ranges, 1000);
  if (counted !== 0) return counted < 0 ? a : b;
  return a.index.paths.length <= b.index.paths.length ? a : b;
}

function union(collection: Collection, branches: Doc[], question: Question): IndexPlan[] | undefined {
  const plans: IndexPlan[] = [];
  for (const branch of branches) {
    const plan = choose(collection, { ...question, filter: branch, sort: [] });
    if (plan.kind !== 'index') return undefined;
    plans.push(plan);
  }
  return plans.length > 0 ? plans : undefined;
}

/** Chooses how to read what is asked for. @throws CommandError BadValue when the hint names no index */
export function choose(collection: Collection, question: Question): Plan {
  const { sort } = question;
  const natural = sort.length === 1 && sort[0]?.path === '$natural';
  if (natural) return { kind: 'scan', backwards: sort[0]?.descending ?? false, sorted: true };
  const scan: Plan = { kind: 'scan', backwards: false, sorted: sort.length === 0 };
  const hint = hinted(collection, question.hint);
  if (hint === 'natural') {
    const way = question.hint instanceof Map ? Number(question.hint.get('$natural')) : 1;
    return { ...scan, backwards: way < 0 };
  }
  if (question.min || question.max) {
    if (!hint)
      throw new CommandError(51173, 'When using min()/max() a hint of which index to use must be provided');
    return between(hint, question);
  }
  const conditions = conditionsOf(question.filter);
  if (
    conditions.all.some(
      ({ operator, value }) => operator === '$in' && Array.isArray(value) && value.length === 0,
    )
  )
    return { kind: 'nothing' };
  if (hint)
    return planWith(hint, question, conditions.all, conditions.complete) ?? wholeIndex(hint, question);
  let best: IndexPlan | undefined;
  for (const index of collection.indexes) {
    if (index.hidden) continue;
    const plan = planWith(index, question, conditions.all, conditions.complete);
    if (plan) best = best ? better(collection, best, plan, question) : plan;
  }
  if (best && (best.bounded > 0 || conditions.either.length === 0)) return best;
  for (const branches of conditions.either) {
    const plans = union(collection, branches, question);
    if (plans && !(best?.sorted && question.limit > 0)) return { kind: 'union', plans };
  }
  return best ?? scan;
}

/** Reads an index from one key to another. */
function between(index: Index, question: Question): Plan {
  const bound = (spec: Doc | undefined) => {
    if (!spec) return undefined;
    if ([...spec.keys()].join() !== index.paths.join())
      throw new CommandError(51174, 'min() and max() must name the fields of the hinted index');
    return encodeKey([...spec.values()], index.descending, index.textKey);
  };
  const order = orderOf(index, [], question.sort);
  return {
    ...(wholeIndex(index, question) as IndexPlan),
    ranges: [{ from: bound(question.min) ?? everything.from, to: bound(question.max) ?? everything.to }],
    ...order,
    sorted: question.sort.length === 0 || order.sorted,
  };
}

/** A hint forces an index even when it has no use: then all of its keys are read. */
function wholeIndex(index: Index, question: Question): Plan {
  return {
    kind: 'index',
    index,
    ranges: [everything],
    prefix: [0],
    backwards: false,
    sorted: question.sort.length === 0,
    exact: question.filter.size === 0,
    repeats: index.multikey !== 0,
    equalities: 0,
    bounded: 0,
  };
}
