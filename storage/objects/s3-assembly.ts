import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { type Bucket, head, ifFree, isNoSuchUpload } from './s3-client.ts';
import { download } from './s3-download.ts';
import { type Bytes, NoSuchObject, type Unfinished, UnfinishedLost } from './store.ts';

/** S3's rules: at most 10,000 parts, all but the last of at least 5 MiB, and at most 5 GiB in one copy. */
const mostParts = 9_500;
const usualPart = 8 * 1024 * 1024;
export const largestCopy = 5 * 1024 ** 3;
const copiedPart = 1024 ** 3;
const partsInFlight = 4;

/** What has come since the last whole part waits here as an object of its own, since a part must not be small. */
export const tails = '.tail/';

interface AssemblyState extends Record<string, unknown> {
  uploadId: string;
  attempt: string;
  partSize: number;
  expectedSize: number;
  parts: { etag: string; crc32?: string }[];
  tail?: { key: string; size: number };
}

function stateOf({ key, state }: Unfinished): AssemblyState {
  const isOurs = typeof state.uploadId === 'string' && Array.isArray(state.parts);
  if (!isOurs) throw new UnfinishedLost(key);
  return state as AssemblyState;
}

/** The key of the object that a tail belongs to. */
export function keyOfTail(tail: string): string {
  return tail.slice(tails.length, tail.lastIndexOf('/'));
}

export async function begin(bucket: Bucket, key: string, expectedSize = 0): Promise<Unfinished> {
  const attempt = randomUUID();
  const { UploadId: uploadId = '' } = await bucket.client.send(
    new CreateMultipartUploadCommand({
      Bucket: bucket.name,
      Key: key,
      Metadata: { attempt },
      ChecksumAlgorithm: 'CRC32',
    }),
  );
  const partSize = Math.max(usualPart, Math.ceil(expectedSize / mostParts));
  const state: AssemblyState = { uploadId, attempt, partSize, expectedSize, parts: [] };
  return { key, size: 0, state };
}

async function sendPart(bucket: Bucket, key: string, uploadId: string, number: number, bytes: Buffer) {
  const answer = await bucket.client.send(
    new UploadPartCommand({
      Bucket: bucket.name,
      Key: key,
      UploadId: uploadId,
      PartNumber: number,
      Body: bytes,
    }),
  );
  return { etag: answer.ETag ?? '', crc32: answer.ChecksumCRC32 };
}

async function readTail(bucket: Bucket, key: string, { tail }: AssemblyState): Promise<Buffer[]> {
  if (!tail) return [];
  try {
    return await (await download(bucket, tail.key)).toArray();
  } catch (error) {
    throw error instanceof NoSuchObject ? new UnfinishedLost(key) : error;
  }
}

async function dropTail(bucket: Bucket, { tail }: AssemblyState): Promise<void> {
  if (tail) await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: tail.key }));
}

async function putTail(bucket: Bucket, key: string, end: number, bytes: Buffer) {
  const tail = { key: `${tails}${key}/${end}`, size: bytes.length };
  await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: tail.key, Body: bytes }));
  return tail;
}

/** See ObjectStore.append. Up to four parts are on their way while the next one is gathered. */
export async function append(
  bucket: Bucket,
  unfinished: Unfinished,
  bytes: Bytes,
  onDurable: (unfinished: Unfinished) => Promise<void> = async () => {},
): Promise<Unfinished> {
  const { key } = unfinished;
  const before = stateOf(unfinished);
  const { partSize, uploadId, tail: oldTail, ...rest } = before;
  const parts = [...before.parts];
  let gathered = await readTail(bucket, key, before);
  let size = oldTail?.size ?? 0;
  let inParts = unfinished.size - size;
  const sending: { size: number; part: ReturnType<typeof sendPart> }[] = [];

  const record = async (tail?: AssemblyState['tail']): Promise<Unfinished> => {
    const state: AssemblyState = { ...rest, uploadId, partSize, parts: [...parts], tail };
    const durable = { key, size: inParts + (tail?.size ?? 0), state };
    await onDurable(durable);
    return durable;
  };
  const settleOldest = async () => {
    const oldest = sending.shift();
    if (!oldest) return;
    parts.push(await oldest.part);
    inParts += oldest.size;
    await record();
  };
  const send = async () => {
    const part = sendPart(bucket, key, uploadId, parts.length + sending.length + 1, Buffer.concat(gathered));
    part.catch(() => {}); // its error is thrown where it is awaited
    sending.push({ size, part });
    gathered = [];
    size = 0;
    if (sending.length >= partsInFlight) await settleOldest();
  };

  const source = bytes[Symbol.asyncIterator]();
  let fault: { error: unknown } | undefined;
  try {
    while (true) {
      const next = await source.next().catch((error: unknown) => {
        fault = { error };
      });
      if (!next || next.done) break;
      let chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
      while (size + chunk.length >= partSize) {
        const cut = partSize - size;
        gathered.push(chunk.subarray(0, cut));
        size = partSize;
        await send();
        chunk = chunk.subarray(cut);
      }
      if (chunk.length > 0) gathered.push(chunk);
      size += chunk.length;
    }
  } catch (error) {
    await source.return?.().catch(() => {});
    throw error;
  }

  while (sending.length > 0) await settleOldest();
  const end = inParts + size;
  const isWhole = end === before.expectedSize;
  if (isWhole && size > 0) {
    await send();
    await settleOldest();
  }
  const tail = size > 0 ? await putTail(bucket, key, end, Buffer.concat(gathered)) : undefined;
  const done = await record(tail);
  if (oldTail && oldTail.key !== tail?.key) await dropTail(bucket, before);
  if (fault) throw fault.error;
  return done;
}

/** See ObjectStore.finish. */
export async function finish(bucket: Bucket, unfinished: Unfinished): Promise<{ size: number }> {
  const { key, size } = unfinished;
  const state = stateOf(unfinished);
  try {
    const parts = [...state.parts];
    if (state.tail || parts.length === 0) {
      const rest = Buffer.concat(await readTail(bucket, key, state));
      parts.push(await sendPart(bucket, key, state.uploadId, parts.length + 1, rest));
    }
    const { attempt, uploadId } = state;
    await complete(bucket, {
      key,
      uploadId,
      attempt,
      parts: parts.map(({ etag, crc32 }) => ({ ETag: etag, ChecksumCRC32: crc32 })),
    });
  } catch (error) {
    if (!isNoSuchUpload(error) && !(error instanceof UnfinishedLost)) throw error;
    if (!(await isFinished(bucket, unfinished))) throw new UnfinishedLost(key);
  }
  await dropTail(bucket, state);
  return { size };
}

/** Whether the object is under its key already, as after a crash between finishing and recording that. */
export async function isFinished(bucket: Bucket, unfinished: Unfinished): Promise<boolean> {
  return wasWritten(bucket, unfinished.key, stateOf(unfinished).attempt);
}

/** Whether an attempt took effect, whatever its answer was: each leaves its own mark on the object. */
export async function wasWritten(bucket: Bucket, key: string, attempt: string): Promise<boolean> {
  const found = await head(bucket, key).catch(() => undefined);
  return found?.metadata.attempt === attempt;
}

interface Completion {
  key: string;
  uploadId: string;
  attempt: string;
  parts: Omit<CompletedPart, 'PartNumber'>[];
}

/** Completes; an error after which the object is there all the same, such as a reset after the commit, is none. */
async function complete(bucket: Bucket, { key, uploadId, attempt, parts }: Completion): Promise<void> {
  try {
    await bucket.client.send(
      new CompleteMultipartUploadCommand({
        Bucket: bucket.name,
        Key: key,
        UploadId: uploadId,
        MultipartUpload: { Parts: parts.map((part, index) => ({ ...part, PartNumber: index + 1 })) },
        ...ifFree(bucket),
      }),
    );
  } catch (error) {
    if (!(await wasWritten(bucket, key, attempt))) throw error;
  }
}

/** See ObjectStore.abandon. */
export async function abandon(bucket: Bucket, unfinished: Unfinished): Promise<void> {
  const state = stateOf(unfinished);
  await abort(bucket, unfinished.key, state.uploadId);
  await dropTail(bucket, state);
}

/** Frees the parts of a multipart upload; one that is gone is no error. */
export async function abort(bucket: Bucket, key: string, uploadId: string): Promise<void> {
  await bucket.client
    .send(new AbortMultipartUploadCommand({ Bucket: bucket.name, Key: key, UploadId: uploadId }))
    .catch((error: unknown) => {
      if (!isNoSuchUpload(error)) throw error;
    });
}

/** Copies within the server what is too large for one request. */
export async function copyLarge(bucket: Bucket, source: string, size: number, to: string): Promise<void> {
  const { state } = await begin(bucket, to, size);
  const { uploadId, attempt } = state as AssemblyState;
  try {
    const parts: Completion['parts'] = [];
    for (let first = 0; first < size; first += copiedPart) {
      const last = Math.min(first + copiedPart, size) - 1;
      const { CopyPartResult: part } = await bucket.client.send(
        new UploadPartCopyCommand({
          Bucket: bucket.name,
          Key: to,
          UploadId: uploadId,
          PartNumber: parts.length + 1,
          CopySource: source,
          CopySourceRange: `bytes=${first}-${last}`,
        }),
      );
      parts.push({ ETag: part?.ETag, ChecksumCRC32: part?.ChecksumCRC32 });
    }
    await complete(bucket, { key: to, uploadId, attempt, parts });
  } catch (error) {
    await abort(bucket, to, uploadId);
    throw error;
  }
}
