import { randomBytes } from 'node:crypto';
import type { ObjectFacts, ObjectStore } from '../../storage/objects/store.ts';
import { toStream } from './documents.ts';

/** Somebody else backs up to the same place at this moment, or did until a moment ago. */
export class AnotherTurn extends Error {
  override readonly name = 'AnotherTurn';
}

/** Our turn is over although we are not: we did not come to say that we go on. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

const prefix = 'turns/';
/** A turn without a sign of life for so long has ended, as when its process was killed. In milliseconds. */
const usualSilence = 5 * 60_000;

/** A place in which nobody else backs up or prunes. */
export interface Turn {
  /** Before anything that another one could undo or suffer from. @throws TurnLost */
  assertOurs(): void;
}

/**
 * Works on a place for backups while nobody else does: what one counts on, another could be removing. A turn is an
 * object in the place, put anew every minute; whether others are alive is told by comparing their objects' time with
 * that of our own, which the same clock set.
 * @throws AnotherTurn
 */
export async function inTurn<Result>(
  store: ObjectStore,
  work: (turn: Turn) => Promise<Result>,
  silence = usualSilence,
): Promise<Result> {
  const renewEvery = silence / 5;
  const name = randomBytes(6).toString('hex');
  let count = 0;
  const sign = async () => {
    const key = `${prefix}${name}-${count++}`;
    await store.put(key, toStream(nothing()));
    return key;
  };
  let renewedAt = performance.now();
  let ours = await sign();
  try {
    for (const gone of await othersGone(store, ours, silence)) await store.delete(gone);
    const renew = async () => {
      const from = performance.now();
      const next = await sign();
      await store.delete(ours);
      ours = next;
      renewedAt = from;
    };
    let renewing = Promise.resolve();
    const timer = setInterval(() => {
      renewing = renewing.then(renew).catch(() => {}); // one that fails is tried again; `assertOurs` tells the rest
    }, renewEvery);
    try {
      return await work({
        assertOurs: () => {
          if (performance.now() - renewedAt > silence - renewEvery)
            throw new TurnLost('The place for backups did not answer for minutes; run it again');
        },
      });
    } finally {
      clearInterval(timer);
      await renewing;
    }
  } finally {
    await store.delete(ours);
  }
}

/** Signs that others left and no longer renew. @throws AnotherTurn when one is alive */
async function othersGone(store: ObjectStore, ours: string, silence: number): Promise<string[]> {
  const signs: ObjectFacts[] = [];
  for await (const sign of store.list(prefix)) signs.push(sign);
  const now = signs.find(({ key }) => key === ours)?.modifiedAt.getTime() ?? Number.POSITIVE_INFINITY;
  const others = signs.filter(({ key }) => key !== ours);
  const alive = others.find(({ modifiedAt }) => now - modifiedAt.getTime() < silence);
  if (alive)
    throw new AnotherTurn(
      `Another backup is at work there since, or was until, ${alive.modifiedAt.toISOString()}; if it was killed, wait five minutes`,
    );
  return others.map(({ key }) => key);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
