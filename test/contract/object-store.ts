import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import type { ObjectStore, Unfinished } from '../../storage/objects/store.ts';

type Check = (store: ObjectStore) => Promise<void>;

const mebibyte = 1024 * 1024;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function sha256Of(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

async function keysOf(store: ObjectStore, prefix?: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
}

/** A source that breaks after some bytes, like a browser that loses its network. */
async function* breaking(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
  throw new Error('the network is gone');
}

const later = () => new Date(Date.now() + 60_000);
const of = (...chunks: (string | Uint8Array)[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

const promises = {
  'what was put can be read': async (store) => {
    expect(await store.put('blobs/a', of('机床', ' and ', 'more'))).toEqual({ size: 15 });
    expect(await text(await store.get('blobs/a'))).toBe('机床 and more');
    expect(await store.stat('blobs/a')).toMatchObject({ key: 'blobs/a', size: 15 });
  },

  'an object may be empty': async (store) => {
    expect(await store.put('empty', of())).toEqual({ size: 0 });
    expect(await text(await store.get('empty'))).toBe('');
    expect(await text(await store.get('empty', { first: 0, last: 9 }))).toBe('');
  },

  'an object of several parts comes back byte for byte': async (store) => {
    const bytes = randomBytes(20 * mebibyte + 7);
    await store.put(
      'large',
      of(bytes.subarray(0, 3), bytes.subarray(3, 9_000_000), bytes.subarray(9_000_000)),
    );
    expect(await sha256Of(await store.get('large'))).toBe(sha256(bytes));
    const middle = await store.get('large', { first: 8 * mebibyte - 2, last: 8 * mebibyte + 2 });
    expect(Buffer.concat(await middle.toArray())).toEqual(bytes.subarray(8 * mebibyte - 2, 8 * mebibyte + 3));
  },

  'a key is written once': async (store) => {
    await store.put('a', of('first'));
    await expect(store.put('a', of('second'))).rejects.toMatchObject({ name: 'KeyTaken' });
    expect(await text(await store.get('a'))).toBe('first');
  },

  'of two that write a key at the same time, one wins and is what can be read': async (store) => {
    const sources = [randomBytes(9 * mebibyte), randomBytes(9 * mebibyte)];
    const results = await Promise.allSettled(sources.map((bytes) => store.put('race', of(bytes))));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = results.findIndex(({ status }) => status === 'fulfilled');
    expect(results[1 - winner]).toMatchObject({ reason: { name: 'KeyTaken' } });
    expect(await sha256Of(await store.get('race'))).toBe(sha256(sources[winner] ?? Buffer.alloc(0)));
  },

  'a stretch holds both its ends, and ends with the object': async (store) => {
    await store.put('digits', of('0123456789'));
    expect(await text(await store.get('digits', { first: 0, last: 0 }))).toBe('0');
    expect(await text(await store.get('digits', { first: 3, last: 6 }))).toBe('3456');
    expect(await text(await store.get('digits', { first: 8, last: 99 }))).toBe('89');
    await expect(store.get('digits', { first: 10, last: 12 })).rejects.toMatchObject({
      name: 'RangeOutside',
    });
  },

  'what is not there is said at once': async (store) => {
    const missing = { name: 'NoSuchObject' };
    await expect(store.get('nothing')).rejects.toMatchObject(missing);
    await expect(store.get('nothing', { first: 1, last: 2 })).rejects.toMatchObject(missing);
    await expect(store.stat('nothing')).rejects.toMatchObject(missing);
    await expect(store.copy('nothing', 'b')).rejects.toMatchObject(missing);
    await expect(store.delete('nothing')).resolves.toBeUndefined();
  },

  'a source that breaks leaves nothing, and its own error is thrown': async (store) => {
    await expect(store.put('half', breaking(Buffer.from('some')))).rejects.toThrow('the network is gone');
    await expect(
      store.put('half', breaking(randomBytes(9 * mebibyte), randomBytes(9 * mebibyte))),
    ).rejects.toThrow('the network is gone');
    await expect(store.stat('half')).rejects.toMatchObject({ name: 'NoSuchObject' });
    expect(await store.put('half', of('whole'))).toEqual({ size: 5 });
  },

  'a copy lives on when the first is deleted': async (store) => {
    await store.put('a', of('bytes'));
    await store.copy('a', 'copies/b');
    await store.delete('a');
    expect(await text(await store.get('copies/b'))).toBe('bytes');
    await store.put('c', of('other'));
    await expect(store.copy('c', 'copies/b')).rejects.toMatchObject({ name: 'KeyTaken' });
  },

  'a deleted key is free again': async (store) => {
    await store.put('a', of('first'));
    await store.delete('a');
    await expect(store.get('a')).rejects.toMatchObject({ name: 'NoSuchObject' });
    await store.put('a', of('second'));
    expect(await text(await store.get('a'))).toBe('second');
  },

  'a list names the objects below a prefix, and only those': async (store) => {
    for (const key of ['blobs/1', 'blobs/2/3', 'blobs/10', 'blob', 'derived/1'])
      await store.put(key, of(key));
    expect(await keysOf(store)).toEqual(['blob', 'blobs/1', 'blobs/10', 'blobs/2/3', 'derived/1']);
    expect(await keysOf(store, 'blobs/')).toEqual(['blobs/1', 'blobs/10', 'blobs/2/3']);
    expect(await keysOf(store, 'blobs/1')).toEqual(['blobs/1', 'blobs/10']);
    expect(await keysOf(store, 'nothing/')).toEqual([]);
  },

  'a key that could lead elsewhere is refused': async (store) => {
    for (const key of [
      '',
      '../a',
      'a/../b',
      '/a',
      'a//b',
      'a/',
      '.a',
      'a/.b',
      'A',
      'a b',
      'a\nb',
      '课',
      'a'.repeat(201),
    ]) {
      await expect(store.put(key, of('x'))).rejects.toThrow('Not a key');
      await expect(store.get(key)).rejects.toThrow('Not a key');
    }
    expect(await keysOf(store)).toEqual([]);
  },

  'an object may arrive in several sittings of any size': async (store) => {
    const bytes = randomBytes(19 * mebibyte + 3);
    const cuts = [0, 1, 5, 1000, 8 * mebibyte - 1, 8 * mebibyte, 17 * mebibyte, bytes.length];
    let unfinished = await store.begin('slow', bytes.length);
    for (const [index, cut] of cuts.slice(0, -1).entries()) {
      expect(unfinished.size).toBe(cut);
      unfinished = JSON.parse(JSON.stringify(unfinished)) as Unfinished; // as from a database
      unfinished = await store.append(unfinished, of(bytes.subarray(cut, cuts[index + 1])));
      await expect(store.stat('slow')).rejects.toMatchObject({ name: 'NoSuchObject' });
    }
    expect(await store.finish(unfinished)).toEqual({ size: bytes.length });
    expect(await sha256Of(await store.get('slow'))).toBe(sha256(bytes));
    expect(await keysOf(store)).toEqual(['slow']);
  },

  'the size need not be known, and finishing may be repeated': async (store) => {
    const nothing = await store.begin('nothing');
    expect(await store.finish(nothing)).toEqual({ size: 0 });
    const unfinished = await store.append(await store.begin('something'), of('some', 'thing'));
    expect(await store.finish(unfinished)).toEqual({ size: 9 });
    expect(await store.finish(unfinished)).toEqual({ size: 9 });
    expect(await text(await store.get('something'))).toBe('something');
  },

  'what had arrived when the source broke is durable, and the rest follows': async (store) => {
    const bytes = randomBytes(18 * mebibyte);
    let unfinished = await store.begin('broken', bytes.length);
    const sizes: number[] = [];
    const keep = async (durable: Unfinished) => {
      unfinished = durable;
      sizes.push(durable.size);
    };
    const first = breaking(bytes.subarray(0, 9 * mebibyte), bytes.subarray(9 * mebibyte, 10 * mebibyte + 1));
    await expect(store.append(unfinished, first, keep)).rejects.toThrow('the network is gone');
    expect(unfinished.size).toBe(10 * mebibyte + 1);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    unfinished = await store.append(unfinished, of(bytes.subarray(unfinished.size)), keep);
    await store.finish(unfinished);
    expect(await sha256Of(await store.get('broken'))).toBe(sha256(bytes));
  },

  'a sitting that was never recorded is overwritten by the next': async (store) => {
    const start = await store.append(await store.begin('twice', 10), of('01234'));
    const crash = () => Promise.reject(new Error('the process died'));
    await expect(store.append(start, of('lost'), crash)).rejects.toThrow('the process died');
    const end = await store.append(start, of('56789'));
    await store.finish(end);
    expect(await text(await store.get('twice'))).toBe('0123456789');
  },

  'an abandoned object cannot be taken up again': async (store) => {
    const unfinished = await store.append(await store.begin('left'), of('some'));
    await store.abandon(unfinished);
    await store.abandon(unfinished);
    await expect(store.finish(unfinished)).rejects.toMatchObject({ name: 'UnfinishedLost' });
    await expect(store.stat('left')).rejects.toMatchObject({ name: 'NoSuchObject' });
  },

  'finishing does not replace an object': async (store) => {
    const unfinished = await store.append(await store.begin('a'), of('late'));
    await store.put('a', of('early'));
    await expect(store.finish(unfinished)).rejects.toMatchObject({ name: 'KeyTaken' });
    expect(await text(await store.get('a'))).toBe('early');
    await store.abandon(unfinished);
  },

  'a sweep removes unfinished objects that nobody wants, and no object': async (store) => {
    await store.put('whole', of('stays'));
    const wanted = await store.append(await store.begin('wanted'), of('some'));
    const unwanted = await store.append(await store.begin('unwanted'), of('some'));
    expect(await store.sweep(new Date(0), () => false)).toBe(0);
    expect(await store.sweep(later(), (key) => key === 'wanted')).toBeGreaterThan(0);
    await expect(store.finish(unwanted)).rejects.toMatchObject({ name: 'UnfinishedLost' });
    await store.finish(wanted);
    expect(await keysOf(store)).toEqual(['wanted', 'whole']);
    expect(await store.sweep(later(), () => false)).toBe(0);
  },

  'a reader may stop in the middle': async (store) => {
    await store.put('large', of(randomBytes(9 * mebibyte)));
    const stream = await store.get('large');
    for await (const _ of stream) break;
    expect(stream.destroyed).toBe(true);
    expect((await store.stat('large')).size).toBe(9 * mebibyte);
  },

  'a store that works says so': async (store) => {
    await expect(store.check()).resolves.toBeUndefined();
  },

  'a signed address gives the bytes to anybody who has it': async (store) => {
    await store.put('a', of('bytes'));
    const wishes = {
      seconds: 60,
      mediaType: 'text/plain',
      disposition: "attachment; filename*=UTF-8''%E8%AF%BE",
    };
    const answer = await fetch((await store.signedUrl?.('a', wishes)) ?? '');
    expect(await answer.text()).toBe('bytes');
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('content-disposition')).toBe(wishes.disposition);
  },
} satisfies Record<string, Check>;

type Differences = Partial<Record<keyof typeof promises, { because: string; instead: Check }>>;

/**
 * Checks every promise of the port on a fresh store; for one that an engine cannot keep: why, and what it does
 * instead.
 */
export function objectStoreContract(
  engine: string,
  open: () => Promise<ObjectStore>,
  differs: Differences = {},
): void {
  describe(`object store: ${engine}`, () => {
    for (const [promise, check] of Object.entries(promises)) {
      const other = differs[promise as keyof typeof promises];
      test(other ? `${promise}: not here, ${other.because}` : promise, async () => {
        const store = await open();
        try {
          await (other?.instead ?? check)(store);
        } finally {
          await store.close();
        }
      });
    }
  });
}
