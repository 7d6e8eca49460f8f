import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Saving } from '../../../components/save-state.tsx';
import { type Base, type ResourceSet, setQuery } from '../queries.ts';
import { type Change, changed, isWriteAt, type Place, type Write, type Written } from './changes.ts';
import { newer, outboxOf, overtakenIn } from './outbox.ts';

/** A collection or shelf in the hands of its curator: with all changes, whether the server has them yet or not. */
export interface SetInHand extends Saving {
  readonly base: Base;
  readonly set: ResourceSet;
  readonly change: (change: Change) => void;
  readonly write: (place: Place, value: Written) => void;
  /** Why the server would not take what stands there. */
  readonly errorAt: (place: Place) => string | undefined;
  /** What somebody else has written otherwise, with how it stands with them. */
  readonly overtaken: readonly Write[];
  readonly theirs: ResourceSet;
  readonly resolve: (mine: readonly string[]) => void;
}

export function useSet(base: Base, id: string) {
  const { data, error, isPending, refetch } = useQuery(setQuery(base, id));
  const outbox = outboxOf(base, id);
  const { changes, sending, known, savedAt, failure } = useSyncExternalStore(outbox.subscribe, outbox.now);
  const theirs = newer(known, data);
  const set = useMemo(() => theirs && changes.reduce(changed, theirs), [theirs, changes]);
  const isRead = data !== undefined;
  useEffect(() => {
    if (isRead) void outbox.save();
    return () => void outbox.save();
  }, [outbox, isRead]);

  const overtaken = theirs ? overtakenIn(changes, theirs) : [];
  const isTroubled = failure !== undefined || changes.some((one) => one.what === 'write' && one.refused);
  const phase =
    overtaken.length > 0
      ? 'conflict'
      : sending
        ? 'saving'
        : isTroubled
          ? 'failed'
          : changes.length > 0
            ? 'waiting'
            : 'saved';
  const inHand: SetInHand | undefined = set &&
    theirs && {
      base,
      set,
      theirs,
      overtaken,
      phase,
      savedAt,
      failure,
      save: outbox.save,
      change: outbox.change,
      write: outbox.write,
      errorAt: (place) => changes.find(isWriteAt(place))?.refused,
      resolve: outbox.resolve,
    };
  return { inHand, error, isPending, refetch };
}
