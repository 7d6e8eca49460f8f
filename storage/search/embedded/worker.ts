import { parentPort, workerData } from 'node:worker_threads';
import { IndexStore } from './index-store.ts';
import { type Calls, type Question, type Reply, type WorkerSettings, writeReply } from './protocol.ts';

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread');

/** Milliseconds after the last change until the index is tidied, and between two steps of that, for searches. */
const quietFor = 5_000;
const betweenSteps = 15;

const { file, settings } = workerData as WorkerSettings;
const index = new IndexStore(file, settings);

let tidying: NodeJS.Timeout | undefined;

const answers: { [Call in keyof Calls]: (...args: Calls[Call][0]) => Calls[Call][1] } = {
  apply: (put, remove) => {
    index.apply(put, remove);
    tidyIn(quietFor);
    return undefined;
  },
  search: (request) => index.search(JSON.parse(request)),
  searchInTurn: (request, attempts) => index.searchInTurn(JSON.parse(request), JSON.parse(attempts)),
  total: (question) => index.total(JSON.parse(question)),
  reach: (audience) => index.reach(audience),
  revisions: (after, limit) => index.revisions(after, limit),
  close: () => {
    clearTimeout(tidying);
    index.close();
    return undefined;
  },
};

port.on('message', ({ id, call, args }: Question) => {
  let reply: Reply;
  try {
    reply = writeReply(id, (answers[call] as (...args: readonly unknown[]) => unknown)(...args));
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    reply = { id, failure: { name, message } };
  }
  port.postMessage(reply);
  if (call === 'close') port.close();
});
port.postMessage({ id: 0, answer: undefined } satisfies Reply);
tidyIn(quietFor);

function tidyIn(milliseconds: number): void {
  clearTimeout(tidying);
  tidying = setTimeout(() => {
    if (index.tidy()) tidyIn(betweenSteps);
  }, milliseconds);
}
