import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { askClamd } from '../../../server/blobs/clamd.ts';
import { eicar, type FakeClamd, startFakeClamd } from '../../fake-clamd.ts';

let clamd: FakeClamd;
beforeEach(async () => {
  clamd = await startFakeClamd({ limit: 2_000_000 });
});
afterEach(() => clamd.close());

const ask = (bytes: AsyncIterable<Uint8Array>) => askClamd({ host: '127.0.0.1', port: clamd.port }, bytes);
async function* of(...chunks: Uint8Array[]) {
  yield* chunks;
}

test('every byte arrives in chunks, and clean is clean', async () => {
  const chunks = [randomBytes(700_000), randomBytes(1), randomBytes(300_000)];
  expect(await ask(of(...chunks))).toEqual({ scan: 'clean' });
  expect(clamd.seen[0]?.equals(Buffer.concat(chunks))).toBe(true);
});

test('an infected stream comes back with the name of the threat', async () => {
  const bytes = Buffer.concat([randomBytes(1000), Buffer.from(eicar)]);
  expect(await ask(of(bytes))).toEqual({ scan: 'infected', threat: 'Eicar-Signature' });
});

test('a stream that is longer than the scanner takes is said to be too large', async () => {
  expect(await ask(of(...Array.from({ length: 30 }, () => randomBytes(100_000))))).toEqual({
    scan: 'too-large',
  });
});

for (const how of ['close', 'nonsense'] as const)
  test(`a scanner that answers by ${how} counts as unavailable`, async () => {
    clamd.behave(how);
    await expect(ask(of(randomBytes(1000)))).rejects.toMatchObject({ name: 'ScannerUnavailable' });
  });

test('a scanner that is not there counts as unavailable', async () => {
  await clamd.close();
  await expect(ask(of(randomBytes(10)))).rejects.toMatchObject({ name: 'ScannerUnavailable' });
  clamd = await startFakeClamd();
});

test('a source that breaks is no verdict', async () => {
  async function* broken() {
    yield randomBytes(10);
    throw new Error('the store has trouble');
  }
  await expect(ask(broken())).rejects.toThrow('the store has trouble');
});

const { CLAMD_HOST: host, CLAMD_PORT: port = '3310' } = process.env;
/** A real clamd that knows the test file, where there is one. */
for (const real of host ? [{ host, port: Number(port) }] : [])
  test('a real clamd finds the test file, passes clean bytes, and hangs up on what is too long', async () => {
    expect(await askClamd(real, of(Buffer.from(eicar)))).toMatchObject({ scan: 'infected' });
    expect(await askClamd(real, of(randomBytes(3_000_000)))).toEqual({ scan: 'clean' });
    async function* long() {
      for (let n = 0; n < 400; n++) yield randomBytes(1_000_000);
    }
    expect(await askClamd(real, long())).toEqual({ scan: 'too-large' });
  });
