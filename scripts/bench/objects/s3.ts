import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { DeleteBucketCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { RunningDigest } from '../../../server/blobs/digest.ts';
import { openS3Store, type S3Settings } from '../../../storage/objects/s3.ts';
import type { ObjectStore } from '../../../storage/objects/store.ts';
import { mebibyte } from './transfer.ts';

/** Bytes in chunks as a socket hands them over, unlike any before. */
async function* chunks(mib: number): AsyncGenerator<Uint8Array> {
  const mebibytes = randomBytes(mebibyte);
  const piece = 64 * 1024;
  for (let n = 0; n < mib; n++) {
    mebibytes.writeUInt32LE(n, 0);
    for (let at = 0; at < mebibyte; at += piece) yield mebibytes.subarray(at, at + piece);
  }
}

/** Passes bytes on while they are hashed, as everything is that comes in. */
async function* hashed(bytes: AsyncIterable<Uint8Array>, digest: RunningDigest): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    await digest.update(chunk);
    yield chunk;
  }
}

async function put(store: ObjectStore, key: string, mib: number): Promise<void> {
  const digest = new RunningDigest();
  await store.put(key, hashed(chunks(mib), digest));
  await digest.end();
}

async function append(store: ObjectStore, key: string, mib: number): Promise<void> {
  const digest = new RunningDigest();
  const begun = await store.begin(key, mib * mebibyte);
  await store.finish(await store.append(begun, hashed(chunks(mib), digest)));
  await digest.end();
}

/** One upload: its speed in MiB/s, and the processor seconds that its sender spent for a GiB. */
interface Sent {
  speed: number;
  effort: number;
}

/**
 * Uploads to an S3 server by our adapter, hashed, in one go (`put`) and in a sitting (`append`), in turn with
 * `@aws-sdk/lib-storage` as it comes, which hashes nothing. Each run begins with another of them, after a small one of
 * each that does not count. The bucket is removed afterwards.
 */
export async function uploadsToS3(
  server: Omit<S3Settings, 'bucket'>,
  mib: number,
  runs: number,
): Promise<Record<'put' | 'append' | 'lib-storage', Sent[]>> {
  const bucket = `bench-${randomUUID()}`;
  const store = await openS3Store({ ...server, bucket });
  const client = new S3Client({
    endpoint: server.endpoint,
    region: server.region,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
    forcePathStyle: server.pathStyle,
  });
  const ways = {
    put: (key: string, size: number) => put(store, key, size),
    append: (key: string, size: number) => append(store, key, size),
    'lib-storage': (Key: string, size: number) =>
      new Upload({
        client,
        params: { Bucket: bucket, Key, Body: Readable.from(chunks(size), { objectMode: false }) },
      }).done(),
  };
  const awake = setInterval(() => {}, 60_000); // the thread that hashes keeps no process alive
  const names = Object.keys(ways) as (keyof typeof ways)[];
  const found: Record<keyof typeof ways, Sent[]> = { put: [], append: [], 'lib-storage': [] };
  const upload = async (way: keyof typeof ways, size: number): Promise<Sent> => {
    const [from, spent] = [performance.now(), process.cpuUsage()];
    await ways[way](way, size);
    const { user, system } = process.cpuUsage(spent);
    const seconds = (performance.now() - from) / 1000;
    await store.delete(way);
    return { speed: size / seconds, effort: ((user + system) / 1e6) * (1024 / size) };
  };
  for (const way of names) await upload(way, 32);
  for (let run = 0; run < runs; run++)
    for (let turn = 0; turn < names.length; turn++) {
      const way = names[(run + turn) % names.length] as keyof typeof ways;
      found[way].push(await upload(way, mib));
    }
  clearInterval(awake);
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: '.probe/conditional-put' })); // the adapter's own
  await client.send(new DeleteBucketCommand({ Bucket: bucket }));
  client.destroy();
  await store.close();
  return found;
}
