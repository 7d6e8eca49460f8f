import { ProblemError } from '../../../api/problem-error.ts';
import {
  type Description,
  differing,
  type FieldName,
  fittedToKind,
  merge,
  pick,
  same,
  shownAt,
  valueAt,
} from './description.ts';

export interface DraftState {
  /** What the server had when we last heard. */
  base: Description;
  /** What stands in the form. */
  values: Description;
  revision: number;
  phase: 'saved' | 'saving' | 'failed' | 'conflict';
  savedAt: Date | undefined;
  failure: Error | undefined;
  /** The last save was refused as a whole, which no waiting mends: the next try is the author's. */
  isRefused: boolean;
  /** Sentences of the server, by where the form shows them; they stay until what stands there is another. */
  errors: Partial<Record<string, string>>;
  /** Values that the server would not take. */
  refused: Partial<Description>;
  /** Filled in from files, untouched so far. */
  read: FieldName[];
  conflict: { theirs: Description; revision: number; fields: FieldName[] } | undefined;
}

export type DraftEvent =
  | { type: 'set'; name: FieldName; value: unknown }
  | { type: 'saving' }
  | { type: 'saved'; sent: Partial<Description>; theirs: Description; revision: number; at: Date }
  | { type: 'failed'; error: Error; sent: Partial<Description> }
  /** A save came too late: the draft has changed in between. */
  | { type: 'overtaken'; theirs: Description; revision: number }
  /** The draft was read again, for example because a file has arrived. */
  | { type: 'theirs'; theirs: Description; revision: number }
  | { type: 'resolve'; mine: readonly FieldName[] };

export function initial(
  base: Description,
  revision: number,
  unsaved: Partial<Description>,
  read: FieldName[],
): DraftState {
  return {
    base,
    values: fittedToKind({ ...base, ...unsaved }),
    revision,
    phase: 'saved',
    savedAt: undefined,
    failure: undefined,
    isRefused: false,
    errors: {},
    refused: {},
    read,
    conflict: undefined,
  };
}

export function reduce(state: DraftState, event: DraftEvent): DraftState {
  switch (event.type) {
    case 'set': {
      const values = fittedToKind({ ...state.values, [event.name]: event.value });
      const errors = errorsOf(state, (field) => same(valueAt(state.values, field), valueAt(values, field)));
      // What was said of a save is over once all that it was refused for has changed.
      const isOver =
        state.isRefused || (Object.keys(state.errors).length > 0 && Object.keys(errors).length === 0);
      return {
        ...state,
        ...(isOver && state.phase === 'failed' && ({ phase: 'saved', failure: undefined } as const)),
        isRefused: false,
        values,
        errors,
        read: state.read.filter((name) => name !== event.name),
      };
    }
    case 'saving':
      return { ...state, phase: 'saving', failure: undefined, isRefused: false };
    case 'saved': {
      const sent = Object.keys(event.sent) as FieldName[];
      // Texts stay as they are being typed; of lists the server may have made something else: terms of names.
      const typed = Object.entries(event.sent).filter(([, value]) => !Array.isArray(value));
      const base = { ...event.theirs, ...Object.fromEntries(typed) };
      const later = differing(state.base, state.values).filter(
        (name) => !sent.includes(name) || !same(state.values[name], event.sent[name]),
      );
      return {
        ...state,
        base,
        values: { ...base, ...pick(state.values, later) },
        revision: event.revision,
        phase: 'saved',
        savedAt: event.at,
        errors: errorsOf(state, (field) => !isIn(event.sent, field)),
        refused: {},
      };
    }
    case 'failed':
      return {
        ...state,
        phase: 'failed',
        failure: event.error,
        // What is sent next lacks the fields that were named, and may be taken.
        isRefused: isRefusal(event.error) && Object.keys(event.sent).length === 0,
        errors: {
          ...errorsOf(state, (field) => !isIn(event.sent, field)),
          ...(event.error instanceof ProblemError && byField(event.error.fields, state.values)),
        },
        refused: { ...state.refused, ...event.sent },
      };
    case 'overtaken':
      return brought(state, event);
    case 'theirs':
      if (event.revision <= state.revision || state.phase === 'saving') return state;
      return brought(state, event);
    case 'resolve': {
      if (!state.conflict) return state;
      const { theirs, revision, fields } = state.conflict;
      const { merged } = merge(state.base, state.values, theirs);
      const given = fields.filter((name) => !event.mine.includes(name));
      return {
        ...state,
        base: theirs,
        values: fittedToKind({ ...merged, ...pick(theirs, given) }),
        revision,
        phase: 'saved',
        conflict: undefined,
      };
    }
  }
}

/** Takes over what somebody else has saved, and keeps my own words where they touch nothing of theirs. */
function brought(
  state: DraftState,
  { theirs, revision }: { theirs: Description; revision: number },
): DraftState {
  const { merged, conflicts } = merge(state.base, state.values, theirs);
  if (conflicts.length > 0)
    return {
      ...state,
      phase: 'conflict',
      isRefused: false,
      conflict: { theirs, revision, fields: conflicts },
    };
  return {
    ...state,
    base: theirs,
    values: fittedToKind(merged),
    revision,
    phase: 'saved',
    isRefused: false,
    conflict: undefined,
  };
}

const isRefusal = (error: Error) => error instanceof ProblemError && !error.mayPass;

const byField = (fields: Record<string, string>, values: Description) =>
  Object.fromEntries(Object.entries(fields).map(([field, words]) => [shownAt(field, values), words]));

/** Those of the sentences whose fields are to keep them. */
const errorsOf = ({ errors }: DraftState, stays: (field: string) => boolean): DraftState['errors'] =>
  Object.fromEntries(Object.entries(errors).filter(([field]) => stays(field)));

/** Whether a field, or what it is part of, is among these. */
const isIn = (some: Partial<Description>, field: string) => (field.split('.')[0] ?? field) in some;
