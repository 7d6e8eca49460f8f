import { isBlank } from '../../../../server/http/contract.ts';
import { keep, kept } from '../../../api/kept.ts';
import { isProblem, ProblemError } from '../../../api/problem-error.ts';
import { queryClient } from '../../../api/query-client.ts';
import { say } from '../../../components/say.ts';
import { textOf } from '../../../i18n/index.ts';
import { type Base, type ResourceSet, setQuery } from '../queries.ts';
import {
  type Change,
  changed,
  isGone,
  isOvertaken,
  type Place,
  placeKey,
  valueAt,
  type Write,
  type Written,
  withoutPause,
  withWrite,
} from './changes.ts';
import { editorTexts } from './i18n.ts';
import { sendChange } from './send-change.ts';

const pauseBeforeSaving = 800;
const pauseBeforeRetrying = 5000;

export interface OutboxState {
  /** What the server has not got yet, in the order in which it was changed. */
  readonly changes: readonly Change[];
  readonly sending: Change | undefined;
  /** What the server had when we last heard, with texts as they were typed. */
  readonly known: ResourceSet | undefined;
  readonly savedAt: Date | undefined;
  /** Why the last try came to nothing. */
  readonly failure: Error | undefined;
}

/**
 * The changes of a set on their way to the server, one after the other. It lives outside of the pages, so going to
 * another page interrupts nothing, and is kept in the browser, so a reload loses nothing.
 */
export type Outbox = ReturnType<typeof makeOutbox>;

const outboxes = new Map<string, Outbox>();

export function outboxOf(base: Base, id: string): Outbox {
  const outbox = outboxes.get(id) ?? makeOutbox(base, id);
  outboxes.set(id, outbox);
  return outbox;
}

function makeOutbox(base: Base, id: string) {
  const query = setQuery(base, id);
  const key = `unsaved-set:${id}`;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: OutboxState = {
    changes: kept<Change[]>(key, []),
    sending: undefined,
    known: undefined,
    savedAt: undefined,
    failure: undefined,
  };

  function update(more: Partial<OutboxState>): void {
    state = { ...state, ...more };
    if (more.changes) keep(key, state.changes.length > 0 ? state.changes : undefined);
    for (const listener of listeners) listener();
  }

  /** What the server has, as far as we know; undefined before it was read. */
  const seen = (): ResourceSet | undefined => newer(state.known, queryClient.getQueryData(query.queryKey));

  function later(pause: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), pause);
  }

  /** Sends all that can be sent now. */
  async function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (state.sending) return;
    update({ failure: undefined });
    // What is typed while another change is sent waits for its own pause.
    while (timer === undefined) {
      const set = seen();
      const change = set && nextOf(state.changes, set);
      if (!set || !change) return;
      if (change.what === 'write' && isGone(change, set)) {
        drop(change);
        say(textOf(editorTexts)('gone', { text: String(change.value) }));
        continue;
      }
      update({ sending: change });
      try {
        const saved = await sendChange(base, set, change);
        const known = change.what === 'write' ? changed(saved, change) : saved;
        const changes = state.changes.filter((one) => one !== change);
        update({ known, changes, sending: undefined, savedAt: new Date() });
        queryClient.setQueryData(query.queryKey, saved);
        void queryClient.invalidateQueries({ queryKey: [base, 'list'] });
      } catch (error) {
        update({ sending: undefined, changes: withoutPause(state.changes, change) });
        if (!(await isSettled(change, error as Error))) return;
      }
    }
  }

  /** Whether the other changes can go on after one was not taken. */
  async function isSettled(change: Change, error: Error): Promise<boolean> {
    const isLate = isProblem(error, 'http/changed-meanwhile');
    if (!isLate && !isRefusal(error)) return fail(error);
    if (!isLate && change.what === 'write') {
      const refused = (error instanceof ProblemError && Object.values(error.fields)[0]) || error.message;
      update({ changes: state.changes.map((one) => (one === change ? { ...change, refused } : one)) });
      return true;
    }
    if (!isLate) {
      drop(change);
      say(error.message);
    }
    try {
      update({ known: await queryClient.fetchQuery({ ...query, staleTime: 0 }) });
      return true;
    } catch (unread) {
      return fail(unread as Error);
    }
  }

  function fail(failure: Error): false {
    update({ failure });
    if (failure instanceof ProblemError && failure.mayPass) later(pauseBeforeRetrying);
    return false;
  }

  const drop = (change: Change) => update({ changes: state.changes.filter((one) => one !== change) });

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    now: () => state,
    save,
    /** Changes what is there, and sends it at once. */
    change(change: Change): void {
      update({ changes: [...state.changes, change] });
      void save();
    },
    /** Takes what is typed, and sends it after a pause. */
    write(place: Place, value: Written): void {
      const set = seen();
      const was = set && valueAt(state.changes.reduce(changed, set), place);
      if (was === undefined) return;
      update({ changes: withWrite(state.changes, { what: 'write', place, value, was }, state.sending) });
      later(pauseBeforeSaving);
    },
    /** Keeps mine at these places, and theirs where both have written otherwise. */
    resolve(mine: readonly string[]): void {
      const set = seen();
      if (!set) return;
      const changes = state.changes.flatMap((change): Change[] => {
        if (change.what !== 'write' || !isOvertaken(change, set)) return [change];
        const was = valueAt(set, change.place);
        return mine.includes(placeKey(change.place)) && was !== undefined ? [{ ...change, was }] : [];
      });
      update({ changes });
      void save();
    },
    /** Lets go of everything, once the set is gone. */
    clear: () => update({ changes: [] }),
  };
}

/** The one with the higher revision; of equal ones the first. */
export const newer = (
  known: ResourceSet | undefined,
  read: ResourceSet | undefined,
): ResourceSet | undefined => (known && !(read && read.revision > known.revision) ? known : read);

/** What both have written, differently. */
export const overtakenIn = (changes: readonly Change[], set: ResourceSet): Write[] =>
  changes.filter((change): change is Write => change.what === 'write' && isOvertaken(change, set));

/** The first change that can be sent; none while two versions wait for a choice. */
function nextOf(changes: readonly Change[], set: ResourceSet): Change | undefined {
  if (overtakenIn(changes, set).length > 0) return undefined;
  return changes.find((change) => change.what !== 'write' || (!change.refused && !lacks(change)));
}

/** A title cannot be empty. */
const lacks = ({ place, value }: Write): boolean =>
  (place.at === 'title' || place.at === 'section-title') && isBlank(String(value));

/** The change itself is at fault, and the same would be refused again. */
const isRefusal = (error: Error): boolean =>
  error instanceof ProblemError &&
  ([400, 409].includes(error.status) || error.kind === 'collections/not-in-it');
