import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { crc32 } from '@node-rs/crc32';
import fc from 'fast-check';
import { digestOf, RunningDigest } from '../../../server/blobs/digest.ts';

const expected = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  crc32: crc32(bytes) >>> 0,
  size: bytes.length,
});
const source = randomBytes(6_000_000);

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]) {
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

test('however a stream is cut, its digest is that of the whole', () =>
  fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.nat(600_000), fc.nat(source.length)),
      fc
        .array(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 1, maxLength: 5 })
        .filter((s) => Math.max(...s) > 5000),
      async (length, sizes) => {
        const bytes = source.subarray(0, length);
        expect(await digestOf(inPieces(bytes, sizes))).toEqual(expected(bytes));
      },
    ),
    { numRuns: 40 },
  ));

test('a hundred at a time share the thread and its memory without mixing, some of them given up', async () => {
  const digests = Array.from({ length: 100 }, async (_, n) => {
    const bytes = source.subarray(n * 1000, n * 1000 + 2_000_000);
    if (n % 7 === 0) {
      const given = new RunningDigest();
      await given.update(bytes);
      given.forget();
      return;
    }
    expect(await digestOf(inPieces(bytes, [70_001, 600_000]))).toEqual(expected(bytes));
  });
  await Promise.all(digests);
});
