import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { isProblem, ProblemError } from '../../../api/problem-error.ts';
import {
  type Description,
  descriptionOf,
  differing,
  type FieldName,
  forServer,
  lacksReaders,
  pick,
  same,
} from './description.ts';
import { initial, reduce } from './draft-state.ts';
import { keepUnsaved, markRead, markRecent, readFields, unsaved } from './memory.ts';
import { draftQuery, type Resource, saveDraft } from './queries.ts';

const pauseBeforeSaving = 800;
const remembered: readonly FieldName[] = ['majors', 'courses', 'jobs', 'certificates', 'tags', 'creators'];

/**
 * A draft while it is written: saves by itself, and never over somebody else's words. When both have changed the
 * same field, `conflict` holds their version until `resolve` says which to keep.
 */
export function useDraft(resource: Resource) {
  const { id } = resource;
  const cache = useQueryClient();
  const [state, dispatch] = useReducer(reduce, undefined, () =>
    initial(descriptionOf(resource), resource.revision, unsaved(id), readFields(id)),
  );
  const latest = useRef(state);
  latest.current = state;
  const editable = resource.can.includes('edit');

  useEffect(
    () => dispatch({ type: 'theirs', theirs: descriptionOf(resource), revision: resource.revision }),
    [resource],
  );

  const changed = differing(state.base, state.values);
  const worth = changed.filter((name) => isWorth(state.refused, name, state.values));

  useEffect(() => {
    keepUnsaved(id, pick(state.values, differing(state.base, state.values)));
    markRead(id, state.read);
  }, [id, state.base, state.values, state.read]);

  const save = useCallback(async (): Promise<void> => {
    const { base, values, revision, refused, phase } = latest.current;
    const names = differing(base, values).filter((name) => isWorth(refused, name, values));
    if (names.length === 0 || phase === 'saving' || phase === 'conflict') return;
    const sent = pick(values, names);
    dispatch({ type: 'saving' });
    try {
      const saved = await saveDraft(id, forServer(sent), revision);
      for (const name of names) if (remembered.includes(name)) markRecent(name, saved[name] as string[]);
      dispatch({
        type: 'saved',
        sent,
        theirs: descriptionOf(saved),
        revision: saved.revision,
        at: new Date(),
      });
      cache.setQueryData(draftQuery(id).queryKey, saved);
    } catch (error) {
      const fail = (why: unknown) =>
        dispatch({ type: 'failed', error: why as Error, sent: refusedPart(why, sent) });
      if (!isProblem(error, 'http/changed-meanwhile')) return fail(error);
      try {
        const now = await cache.fetchQuery({ ...draftQuery(id), staleTime: 0 });
        dispatch({ type: 'overtaken', theirs: descriptionOf(now), revision: now.revision });
      } catch (unread) {
        fail(unread);
      }
    }
  }, [id, cache]);

  const mark = JSON.stringify(pick(state.values, worth));
  const waits =
    editable &&
    worth.length > 0 &&
    !state.isRefused &&
    state.phase !== 'saving' &&
    state.phase !== 'conflict';
  // biome-ignore lint/correctness/useExhaustiveDependencies: every further keystroke (mark) begins the pause anew
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => void save(), state.phase === 'failed' ? 5000 : pauseBeforeSaving);
    return () => clearTimeout(timer);
  }, [waits, mark, save, state.phase]);
  useEffect(
    () => () => {
      if (!latest.current.isRefused) void save();
    },
    [save],
  );

  return {
    values: state.values,
    errors: state.errors,
    read: state.read,
    phase: worth.length > 0 && state.phase === 'saved' ? ('waiting' as const) : state.phase,
    savedAt: state.savedAt,
    failure: state.failure,
    conflict: state.conflict,
    editable,
    save,
    set: <Name extends FieldName>(name: Name, value: Description[Name]) =>
      dispatch({ type: 'set', name, value }),
    resolve: (mine: readonly FieldName[]) => dispatch({ type: 'resolve', mine }),
  };
}

export type DraftInHand = ReturnType<typeof useDraft>;

/** A value that the server has refused is not sent again until it is another; nor is an audience without readers. */
const isWorth = (refused: Partial<Description>, name: FieldName, values: Description) =>
  !(name in refused && same(refused[name], values[name])) && !(name === 'audience' && lacksReaders(values));

/** What of a refused save must change before it is tried again: the fields that the server names. */
function refusedPart(error: unknown, sent: Partial<Description>): Partial<Description> {
  if (!(error instanceof ProblemError) || error.status !== 400) return {};
  const names = Object.keys(error.fields).map((field) => field.split('.')[0]);
  return Object.fromEntries(Object.entries(sent).filter(([name]) => names.includes(name)));
}
