import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { openS3Store } from '../../storage/objects/s3.ts';
import type { ObjectStore, Unfinished } from '../../storage/objects/store.ts';
import { startFaultyProxy } from './faulty-proxy.ts';

const wanted = Number(process.env.FAULTS ?? 100);
const addresses = (process.env.S3_TEST_ENDPOINTS ?? '').split(' ').filter(Boolean);

async function sha256Of(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

/** What the engine's trouble may do to a call: it fails in the words of the port, and nothing else. */
const unavailable = (error: { name?: string }) => {
  if (error.name !== 'StoreUnavailable') throw error;
};

async function inSittings(store: ObjectStore, key: string, bytes: Buffer): Promise<void> {
  let unfinished: Unfinished = await store.begin(key, bytes.length);
  const keep = async (durable: Unfinished) => {
    unfinished = durable;
  };
  for (let tries = 0; unfinished.size < bytes.length; tries++) {
    if (tries > 20) throw new Error('It never came to its end');
    const rest = bytes.subarray(unfinished.size, unfinished.size + 7_000_000);
    await store.append(unfinished, Readable.from([rest]), keep).catch(unavailable);
  }
  for (let tries = 0; tries < 10; tries++) {
    const done = await store.finish(unfinished).catch(unavailable);
    if (done) return;
  }
  throw new Error('It could not be finished');
}

test('a server whose faults are tried is named', () => {
  if (addresses.length === 0) console.info('S3_TEST_ENDPOINTS is not set: faults of S3 are not tried');
});

for (const address of addresses) {
  const { username, password, protocol, host } = new URL(address);
  test(`${wanted} faults of ${host}: what was acknowledged is whole, and what is there is right`, async () => {
    const proxy = await startFaultyProxy(`${protocol}//${host}`, 0);
    const store = await openS3Store({
      endpoint: proxy.address,
      bucket: `faults-${randomUUID()}`,
      region: 'us-east-1',
      accessKeyId: username,
      secretAccessKey: password,
      pathStyle: true,
      patience: 500,
    });
    try {
      const expected = new Map<string, string>();
      for (let n = 0; proxy.injected < wanted; n++) {
        const bytes = randomBytes(n % 2 === 0 ? 50_000 : 17_000_000);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const [whole, parts] = [`whole/${n}`, `parts/${n}`];
        proxy.share = 0.25;
        const put = await store.put(whole, Readable.from([bytes])).catch(unavailable);
        if (put) expected.set(whole, sha256);
        const arrived = await inSittings(store, parts, bytes).then(() => true, unavailable);
        if (arrived) expected.set(parts, sha256);
        for (const key of [whole, parts]) {
          const read = await store
            .get(key)
            .then(sha256Of)
            .catch((error: { name?: string }) => {
              if (error.name !== 'NoSuchObject' || expected.has(key)) unavailable(error);
            });
          if (read) expect(read).toBe(sha256);
        }
      }
      proxy.share = 0;
      for (const [key, sha256] of expected) expect(await sha256Of(await store.get(key))).toBe(sha256);
      await store.sweep(new Date(Date.now() + 60_000), () => false);
      expect(await store.sweep(new Date(Date.now() + 60_000), () => false)).toBe(0);
    } finally {
      await store.close();
      proxy.close();
    }
  });
}
