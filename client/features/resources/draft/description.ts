import { type Describable, kinds, type Parts } from '../../../../server/resources/contract.ts';
import type { Kind } from '../../../api/words.ts';
import type { Resource } from './queries.ts';

export type Description = { kind: Kind } & Describable & Parts;
export type FieldName = keyof Description;

/** Every field of a description that the form knows. */
export const fieldNames = [
  'kind',
  'title',
  'summary',
  'level',
  'majors',
  'courses',
  'jobs',
  'certificates',
  'tags',
  'materialType',
  'language',
  'licence',
  'creators',
  'audience',
  'courseware',
  'textbook',
  'xr',
] as const satisfies readonly FieldName[];

/** What a good description tells, in the order of the form. */
export const checkedFields = [
  'files',
  'title',
  'materialType',
  'level',
  'majors',
  'summary',
  'creators',
] as const;

export const descriptionOf = (resource: Resource): Description =>
  Object.fromEntries(fieldNames.map((name) => [name, resource[name]])) as Description;

export const same = (a: unknown, b: unknown): boolean => normal(a) === normal(b);

/** Empty and missing are the same to a reader; spaces at the ends are cut by the server; a task without a title is none. */
function normal(value: unknown): string {
  const plain = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') return part.trim() || undefined;
    if (Array.isArray(part)) return part.filter((item) => !isUntitled(item));
    return part === null ? undefined : part;
  });
  return plain === '{}' ? '' : (plain ?? '');
}

const isUntitled = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'title' in item && String(item.title).trim() === '';

/** Fields whose values differ. */
export const differing = (a: Description, b: Description): FieldName[] =>
  fieldNames.filter((name) => !same(a[name], b[name]));

/** Without the parts of other kinds, which the server does not take. */
export const fittedToKind = (values: Description): Description => ({
  ...values,
  ...Object.fromEntries(kinds.filter((kind) => kind !== values.kind).map((part) => [part, undefined])),
});

/** What is sent: a task that is not named yet waits. */
export function forServer(changes: Partial<Description>): Partial<Description> {
  if (!changes.xr?.tasks) return changes;
  return { ...changes, xr: { ...changes.xr, tasks: changes.xr.tasks.filter((task) => !isUntitled(task)) } };
}

/**
 * Where the form shows what the server says of a field (`majors.2`, `xr.tasks.0.title`): most have one control for all that
 * is in them; the part of a kind has one for each, and a task two. Tasks without a title were not sent, so not counted.
 */
export function shownAt(field: string, { xr }: Pick<Description, 'xr'>): string {
  const [whole = field, part, place, inside] = field.split('.');
  if (!kinds.some((kind) => kind === whole) || part === undefined) return whole;
  if (part === 'aims') return field;
  if (part !== 'tasks' || inside === undefined) return `${whole}.${part}`;
  const sent = (xr?.tasks ?? []).flatMap((task, at) => (isUntitled(task) ? [] : [at]));
  return [whole, part, sent[Number(place)] ?? place, inside].join('.');
}

/** What stands in the form at a field that `shownAt` gives. */
export const valueAt = (values: Description, field: string): unknown =>
  field
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], values);

/** Readers are not chosen yet: named organisations are wanted and none is named. The server would refuse it. */
export const lacksReaders = ({ audience }: Pick<Description, 'audience'>): boolean =>
  audience.scope === 'organisations' && (audience.organisations ?? []).length === 0;

export const pick = (from: Description, names: readonly FieldName[]): Partial<Description> =>
  Object.fromEntries(names.map((name) => [name, from[name]]));

export interface Merge {
  /** Theirs, with what only I have changed put over it. */
  merged: Description;
  /** Fields that both have changed, to different values. */
  conflicts: FieldName[];
}

/** Brings my changes and somebody else's together, starting from what both had seen. */
export function merge(base: Description, mine: Description, theirs: Description): Merge {
  const changed = differing(base, mine);
  const conflicts = changed.filter(
    (name) => !same(theirs[name], base[name]) && !same(theirs[name], mine[name]),
  );
  return { merged: { ...theirs, ...pick(mine, changed) }, conflicts };
}
