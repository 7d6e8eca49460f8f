import { useSyncExternalStore } from 'react';
import type { TakenWay } from '../../../server/resources/contract.ts';
import { askWhetherKnown, attachKnown, type Twin } from './known.ts';
import { putInOrder } from './order.ts';
import { type Pace, paceOf } from './pace.ts';
import type { Parcel, Sending } from './parcel.ts';
import { sendByForm } from './send-by-form.ts';
import { forget, offsetOf, sendByTus, type Unfinished, unfinishedUploads } from './send-by-tus.ts';

/**
 * `found`: begun by an earlier page, waits for its file to be picked again. `twin`: the same is published already, and
 * the author is asked whether to add it all the same.
 */
export type TransferState =
  | 'waiting'
  | 'sending'
  | 'paused'
  | 'retrying'
  | 'done'
  | 'failed'
  | 'found'
  | 'twin';

export interface Transfer {
  readonly id: string;
  readonly resource: string;
  readonly path: string;
  readonly taken: TakenWay;
  /** Those that were sent together have the same number. */
  readonly batch?: number;
  /** Bytes. */
  readonly size: number;
  readonly sent: number;
  readonly state: TransferState;
  /** Bytes per second, smoothed. */
  readonly speed: number;
  /** The published resource that has the same file. */
  readonly twin?: Twin;
  /** Where it has come to stand, when its own path was taken. */
  readonly storedAs?: string;
  /** Why it failed: HTTP status (0: no answer) and the server's words. */
  readonly failure?: { readonly status: number; readonly words: string | undefined };
}

/** Everything on its way. It lives outside of the pages, so going to another page interrupts nothing. */
let transfers: readonly Transfer[] = [];
const parcels = new Map<string, Parcel>();
const sendings = new Map<string, Sending>();
const paces = new Map<string, Pace>();
const found = new Map<string, Unfinished>();
const listeners = new Set<() => void>();
const arrivals = new Set<(resource: string) => void>();
const sideBySide = 3;
let made = 0;
let batches = 0;

export const isUnderWay = ({ state }: Transfer) =>
  state === 'waiting' || state === 'sending' || state === 'retrying' || state === 'paused';

function set(next: readonly Transfer[]) {
  transfers = next;
  for (const listener of listeners) listener();
}

function update(id: string, change: Partial<Transfer>) {
  set(transfers.map((transfer) => (transfer.id === id ? { ...transfer, ...change } : transfer)));
}

const stateOf = (id: string) => transfers.find((transfer) => transfer.id === id)?.state;

/** Sends files into a draft, three at a time. A file that was half sent before goes on where it was. */
export function send(news: readonly Parcel[]): void {
  batches += 1;
  const added = news.map((parcel): Transfer => {
    made += 1;
    const id = `sent-${made}`;
    parcels.set(id, parcel);
    return {
      id,
      resource: parcel.resource,
      path: parcel.path,
      taken: parcel.taken,
      batch: batches,
      size: parcel.file.size,
      sent: 0,
      state: 'waiting',
      speed: 0,
    };
  });
  const again = new Set(added.map(({ resource, path }) => `${resource}/${path}`));
  const replaced = (transfer: Transfer) =>
    !isUnderWay(transfer) && again.has(`${transfer.resource}/${transfer.path}`);
  set([...transfers.filter((transfer) => !replaced(transfer)), ...added]);
  startNext();
}

function startNext() {
  const busy = transfers.filter(({ state }) => state === 'sending' || state === 'retrying').length;
  const next = transfers.filter(({ state }) => state === 'waiting').slice(0, Math.max(sideBySide - busy, 0));
  for (const { id } of next) void begin(id);
}

/** Sends a file, unless its bytes are known: then it is attached, or the author is asked first. */
async function begin(id: string, isWanted = false): Promise<void> {
  const parcel = parcels.get(id);
  if (!parcel) return;
  update(id, { state: 'sending', speed: 0 });
  const known = await askWhetherKnown(parcel);
  if (stateOf(id) !== 'sending') return startNext();
  if (known?.twin && !isWanted) return settle(id, { state: 'twin', twin: known.twin });
  const attached = known?.held ? await attachKnown(parcel, known.sha256) : undefined;
  if (attached !== undefined) return arrive(id, parcel, attached);
  if (stateOf(id) === 'sending') await start(id, 'tus');
}

/** Adds a file though the same is published. */
export const addAnyway = (id: string): void => void begin(id, true);

async function start(id: string, way: 'tus' | 'form') {
  const parcel = parcels.get(id);
  if (!parcel) return;
  const pace = paceOf();
  paces.set(id, pace);
  update(id, { state: 'sending', speed: 0 });
  const watcher = {
    onProgress: (sent: number) => {
      const speed = pace.at(sent, performance.now());
      if (speed !== undefined && stateOf(id) !== 'paused') update(id, { sent, speed, state: 'sending' });
    },
    onRetry: () => update(id, { state: 'retrying', speed: 0 }),
    onDone: (path: string | undefined) => arrive(id, parcel, path),
    onFailed: (status: number, words: string | undefined) => {
      if (way === 'tus' && [404, 405, 501].includes(status) && !words) void start(id, 'form');
      else settle(id, { state: 'failed', speed: 0, failure: { status, words } });
    },
  };
  sendings.set(id, way === 'tus' ? await sendByTus(parcel, watcher) : sendByForm(parcel, watcher));
  if (stateOf(id) === 'paused') sendings.get(id)?.pause();
}

function arrive(id: string, { file, resource, path }: Parcel, storedAs = path) {
  const isElsewhere = storedAs.normalize('NFC') !== path.normalize('NFC');
  settle(id, { state: 'done', sent: file.size, speed: 0, ...(isElsewhere && { storedAs }) });
  void finishBatch(id).finally(() => {
    for (const arrived of arrivals) arrived(resource);
  });
}

/** Files arrive as they come; once all are there, they stand as they were sent. What was replaced keeps its place. */
async function finishBatch(id: string): Promise<void> {
  const last = transfers.find((transfer) => transfer.id === id);
  if (last?.batch === undefined || last.taken === 'replace') return;
  const others = transfers.filter(
    ({ batch, resource }) => batch === last.batch && resource === last.resource,
  );
  if (others.length < 2 || others.some(isUnderWay)) return;
  const sent = others.filter(({ state }) => state === 'done').map(({ path, storedAs }) => storedAs ?? path);
  try {
    await putInOrder(
      last.resource,
      sent.map((path) => path.normalize('NFC')),
    );
  } catch (error) {
    console.info('The files stay in the order of their arrival', error);
  }
}

function settle(id: string, change: Partial<Transfer>) {
  update(id, change);
  startNext();
}

export function pause(id: string): void {
  sendings.get(id)?.pause();
  settle(id, { state: 'paused', speed: 0 });
}

export function resume(id: string): void {
  paces.get(id)?.rest();
  const sending = sendings.get(id);
  update(id, { state: sending ? 'sending' : 'waiting', speed: 0 });
  if (sending) sending.resume();
  else startNext();
}

export function retry(id: string): void {
  sendings.delete(id);
  update(id, { state: 'waiting', failure: undefined });
  startNext();
}

/** Takes a file off the list; what the server has of it is dropped. */
export function cancel(id: string): void {
  const unfinished = found.get(id);
  if (unfinished) void forget(unfinished);
  else if (stateOf(id) !== 'done') sendings.get(id)?.cancel();
  for (const known of [parcels, sendings, paces, found]) known.delete(id);
  set(transfers.filter((transfer) => transfer.id !== id));
  startNext();
}

/** Picks up what earlier pages left unfinished; once per page. */
let lookedBack: Promise<void> | undefined;
export function findUnfinished(): Promise<void> {
  lookedBack ??= (async () => {
    for (const one of await unfinishedUploads()) {
      const { key: id, resource, path, size, taken } = one;
      // Asking how far an upload is would interrupt one that is under way.
      if (transfers.some((other) => other.resource === resource && other.path === path)) continue;
      const sent = await offsetOf(one.address);
      if (sent === 'gone') await forget(one);
      if (sent === 'gone' || sent === undefined) continue;
      found.set(id, one);
      set([...transfers, { id, resource, path, taken, size, sent, state: 'found', speed: 0 }]);
    }
  })();
  return lookedBack;
}

/** Tells whenever a file has arrived in a draft. */
export function onArrival(listener: (resource: string) => void): () => void {
  arrivals.add(listener);
  return () => arrivals.delete(listener);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTransfers = (): readonly Transfer[] => useSyncExternalStore(subscribe, () => transfers);

window.addEventListener('online', () => {
  for (const { id, state, failure } of transfers) if (state === 'failed' && failure?.status === 0) retry(id);
});

window.addEventListener('beforeunload', (event) => {
  if (transfers.some(({ state }) => state === 'sending' || state === 'waiting')) event.preventDefault();
});
