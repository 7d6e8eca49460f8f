import { PassThrough, Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput, S3ServiceException } from '@aws-sdk/client-s3';
import { type Bucket, isMissing, translated } from './s3-client.ts';
import { NoSuchObject, RangeOutside, StoreUnavailable, type Stretch } from './store.ts';

/** How often a download goes on from where the connection broke. */
const resumptions = 5;

function ask(bucket: Bucket, key: string, range?: string, etag?: string): Promise<GetObjectCommandOutput> {
  return bucket.client.send(
    new GetObjectCommand({ Bucket: bucket.name, Key: key, Range: range, IfMatch: etag }),
  );
}

/** Streams an object; a broken connection is taken up again behind the last byte that arrived. See ObjectStore.get. */
export async function download(bucket: Bucket, key: string, stretch?: Stretch): Promise<Readable> {
  const answer = await ask(bucket, key, stretch && `bytes=${stretch.first}-${stretch.last}`).catch(
    (error) => {
      if (isMissing(error)) throw new NoSuchObject(key);
      const isOutside = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416;
      if (!isOutside) throw translated(error);
      if (stretch && stretch.first > 0) throw new RangeOutside(key, stretch.first);
    },
  );
  if (!answer) return Readable.from([]); // an empty object has not even byte 0
  const out = new PassThrough({ highWaterMark: 1024 * 1024 });
  pass(bucket, key, answer, stretch?.first ?? 0, out).catch((error: unknown) => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return out;
}

async function pass(
  bucket: Bucket,
  key: string,
  first: GetObjectCommandOutput,
  from: number,
  out: PassThrough,
) {
  const expected = first.ContentLength ?? 0;
  let body = first.Body as Readable;
  let sent = 0;
  for (let broken = 0; sent < expected; ) {
    try {
      for await (const chunk of body) {
        if (out.destroyed) return;
        sent += chunk.length;
        if (!out.write(chunk)) await drained(out);
      }
      if (sent < expected) throw new Error(`The object ${key} ended after ${sent} bytes of ${expected}`);
    } catch (error) {
      if (out.destroyed) return;
      if (++broken > resumptions) throw new StoreUnavailable(error);
      const range = `bytes=${from + sent}-${from + expected - 1}`;
      const next = await ask(bucket, key, range, first.ETag).catch((fault) => {
        throw new StoreUnavailable(fault);
      });
      body = next.Body as Readable;
    }
  }
  out.end();
}

/** Resolves when the reader wants more, or has gone. */
function drained(out: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      out.off('drain', done).off('close', done);
      resolve();
    };
    out.on('drain', done).on('close', done);
  });
}
