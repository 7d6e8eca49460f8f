import { createHash } from 'node:crypto';
import type { Unfinished } from '../../storage/objects/store.ts';
import { assertPromise, headSize, type RunningDigest } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import { type StoredUpload, UploadModel } from './model.ts';
import { badProtocol, wrongChecksum } from './problems.ts';
import { keepDigest, takeDigest } from './running-digests.ts';

/** How often it is recorded how far a sitting has come, in milliseconds: every record has the disk synchronised. */
const recordingTime = 1_000;

export const checksumAlgorithms = ['sha1', 'sha256', 'md5'];

export interface Checksum {
  algorithm: string;
  expected: Buffer;
}

/** `Upload-Checksum: sha1 <Base64>` (tus 1.0.0, checksum extension). @throws badProtocol */
export function checksumIn(header: string | undefined): Checksum | undefined {
  if (header === undefined) return undefined;
  const [, algorithm = '', value = ''] = /^(\w+) ([A-Za-z0-9+/]+={0,2})$/.exec(header) ?? [];
  if (!checksumAlgorithms.includes(algorithm)) throw badProtocol({ reason: 'Upload-Checksum' });
  return { algorithm, expected: Buffer.from(value, 'base64') };
}

/**
 * Takes what one connection sends of an upload; its end, wanted or not, is the end of the sitting. What has come by
 * then is durable and recorded, except that with a checksum nothing counts before all of it has come and is right.
 * After a power cut, what came within the last second may have to be sent again.
 * Resolves with what is durable, and with the digest of everything if this process has seen it.
 * @throws wrongChecksum, typeDiffers, and the errors of the store
 */
export async function receive(
  { objects, clock }: Platform,
  upload: StoredUpload,
  stream: AsyncIterable<Uint8Array>,
  checksum: Checksum | undefined,
): Promise<{ unfinished: Unfinished; digest: RunningDigest | undefined }> {
  const { _id, name, declaredType, unfinished: before } = upload;
  const digest = takeDigest(_id, before.size);
  const check = checksum && createHash(checksum.algorithm);
  let verdict: 'open' | 'right' | 'wrong' = 'open';
  let durable = before;
  let recorded = before;
  let recordedAt = performance.now();

  async function* passing() {
    let head: Uint8Array[] | undefined = before.size === 0 ? [] : undefined;
    let received = 0;
    try {
      for await (const chunk of stream) {
        check?.update(chunk);
        await digest?.update(chunk);
        received += chunk.byteLength;
        head?.push(chunk);
        if (head && received >= headSize) {
          await assertPromise(Buffer.concat(head).subarray(0, headSize), { name, mediaType: declaredType });
          head = undefined;
        }
        yield chunk;
      }
      const isRight = check === undefined || check.digest().equals(checksum?.expected ?? Buffer.alloc(0));
      if (!isRight) throw wrongChecksum({});
      verdict = 'right';
    } finally {
      if (verdict === 'open') verdict = 'wrong';
    }
  }

  async function onDurable(reached: Unfinished) {
    if (check && verdict === 'open') return;
    if (check && verdict === 'wrong') throw wrongChecksum({}); // the former state stays valid
    durable = reached;
    if (performance.now() - recordedAt >= recordingTime) await record();
  }

  async function record() {
    if (recorded === durable) return;
    const reached = durable;
    await UploadModel.updateOne({ _id }, { $set: { unfinished: reached, touchedAt: clock() } });
    recorded = reached;
    recordedAt = performance.now();
  }

  try {
    await objects.append(before, passing(), onDurable).finally(record);
    return { unfinished: recorded, digest };
  } finally {
    const isWhole = recorded.size === upload.size;
    if (digest && digest.size === recorded.size && !isWhole) keepDigest(_id, digest);
    else if (!isWhole) digest?.forget();
  }
}
