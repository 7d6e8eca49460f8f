import { createHash, type Hash } from 'node:crypto';
import { lossIn } from '../../storage/objects/store.ts';

/** Bytes that are not those that a SHA-256 names. */
export class OtherBytes extends Error {
  override readonly name = 'OtherBytes';
}

/** Why bytes cannot be had that were stored. @throws any error that does not say so, such as an outage */
export function whyLost(error: unknown): 'missing' | 'changed' {
  const loss = error instanceof OtherBytes ? 'changed' : lossIn(error);
  if (loss === undefined) throw error;
  return loss;
}

/** Passes bytes on, and breaks off before their end when they are not what they should be. @throws OtherBytes */
export async function* verified(
  bytes: AsyncIterable<Uint8Array>,
  sha256: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const chunk of bytes) {
    hash.update(chunk);
    if (held) yield held;
    held = chunk;
  }
  if (hash.digest('hex') !== sha256) throw new OtherBytes(`The bytes are not those of ${sha256}`);
  if (held) yield held;
}

/** Passes bytes on while a hash is computed of them. */
export async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Reads to the end. @throws OtherBytes */
export async function assertBytes(bytes: AsyncIterable<Uint8Array>, sha256: string): Promise<void> {
  for await (const _ of verified(bytes, sha256));
}
