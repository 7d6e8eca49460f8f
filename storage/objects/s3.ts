import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as assembly from './s3-assembly.ts';
import {
  assertFree,
  type Bucket,
  ensureBucket,
  head,
  ifFree,
  listAll,
  makeClient,
  onEngine,
  refusesReplacing,
  type S3Settings,
  translated,
} from './s3-client.ts';
import { download } from './s3-download.ts';
import {
  assertKey,
  type Bytes,
  type ObjectFacts,
  type ObjectStore,
  type SignedUrlWishes,
  type Stretch,
  type Unfinished,
} from './store.ts';

export type { S3Settings } from './s3-client.ts';

const partSize = 8 * 1024 * 1024;
const partsInFlight = 4;

/** Keeps objects in a bucket, which is made when it is missing. @throws StoreUnavailable */
export async function openS3Store(settings: S3Settings): Promise<ObjectStore> {
  const client = makeClient(settings);
  const signer = settings.publicEndpoint ? makeClient(settings, settings.publicEndpoint) : client;
  await ensureBucket(client, settings.bucket);
  const conditional = await refusesReplacing(client, settings.bucket);
  return new S3Store({ client, name: settings.bucket, conditional }, signer);
}

class S3Store implements ObjectStore {
  readonly engine = 's3';
  readonly #bucket: Bucket;
  /** signs addresses for browsers, which may reach the server under another name */
  readonly #signer: S3Client;

  constructor(bucket: Bucket, signer: S3Client) {
    this.#bucket = bucket;
    this.#signer = signer;
  }

  async put(key: string, bytes: Bytes): Promise<{ size: number }> {
    assertKey(key);
    if (!this.#bucket.conditional) await assertFree(this.#bucket, key);
    const attempt = randomUUID();
    const counted = { size: 0 };
    const upload = new Upload({
      client: this.#bucket.client,
      params: {
        ...this.#target(key),
        ...ifFree(this.#bucket),
        Body: Readable.from(counting(bytes, counted), { objectMode: false }),
        Metadata: { attempt },
      },
      partSize,
      queueSize: partsInFlight,
    });
    try {
      await upload.done();
    } catch (error) {
      const isDone = await assembly.wasWritten(this.#bucket, key, attempt); // as when only the answer was lost
      if (!isDone) throw translated(error, key);
    }
    return counted;
  }

  async get(key: string, stretch?: Stretch): Promise<Readable> {
    assertKey(key);
    return download(this.#bucket, key, stretch);
  }

  async stat(key: string): Promise<ObjectFacts> {
    assertKey(key);
    const { size, modifiedAt } = await head(this.#bucket, key);
    return { key, size, modifiedAt };
  }

  async copy(from: string, to: string): Promise<void> {
    const { size } = await this.stat(from);
    assertKey(to);
    await assertFree(this.#bucket, to);
    const source = `${this.#bucket.name}/${from}`;
    await onEngine(async () => {
      if (size > assembly.largestCopy) return assembly.copyLarge(this.#bucket, source, size, to);
      const command = new CopyObjectCommand({ ...this.#target(to), CopySource: source });
      await this.#bucket.client.send(command);
    }, to);
  }

  async delete(key: string): Promise<void> {
    assertKey(key);
    await onEngine(() => this.#bucket.client.send(new DeleteObjectCommand(this.#target(key))));
  }

  /** What the adapter keeps beside the objects begins with a dot, which `assertKey` refuses. */
  async *list(prefix = ''): AsyncGenerator<ObjectFacts> {
    for await (const facts of listAll(this.#bucket, prefix)) if (!facts.key.startsWith('.')) yield facts;
  }

  async begin(key: string, expectedSize?: number): Promise<Unfinished> {
    assertKey(key);
    await assertFree(this.#bucket, key);
    return onEngine(() => assembly.begin(this.#bucket, key, expectedSize));
  }

  async append(
    unfinished: Unfinished,
    bytes: Bytes,
    onDurable?: (unfinished: Unfinished) => Promise<void>,
  ): Promise<Unfinished> {
    return onEngine(() => assembly.append(this.#bucket, unfinished, bytes, onDurable));
  }

  async finish(unfinished: Unfinished): Promise<{ size: number }> {
    if (!this.#bucket.conditional && !(await assembly.isFinished(this.#bucket, unfinished)))
      await assertFree(this.#bucket, unfinished.key);
    return onEngine(() => assembly.finish(this.#bucket, unfinished), unfinished.key);
  }

  async abandon(unfinished: Unfinished): Promise<void> {
    await onEngine(() => assembly.abandon(this.#bucket, unfinished));
  }

  async sweep(before: Date, isWanted: (key: string) => boolean): Promise<number> {
    let removed = 0;
    for await (const { key, uploadId, startedAt } of this.#uploads()) {
      if (startedAt >= before || isWanted(key)) continue;
      await onEngine(() => assembly.abort(this.#bucket, key, uploadId));
      removed++;
    }
    for await (const { key, modifiedAt } of listAll(this.#bucket, assembly.tails)) {
      if (modifiedAt >= before || isWanted(assembly.keyOfTail(key))) continue;
      await onEngine(() => this.#bucket.client.send(new DeleteObjectCommand(this.#target(key))));
      removed++;
    }
    return removed;
  }

  async signedUrl(key: string, { seconds, mediaType, disposition }: SignedUrlWishes): Promise<string> {
    assertKey(key);
    const command = new GetObjectCommand({
      ...this.#target(key),
      ResponseContentType: mediaType,
      ResponseContentDisposition: disposition,
    });
    return getSignedUrl(this.#signer, command, { expiresIn: seconds });
  }

  async check(): Promise<void> {
    await ensureBucket(this.#bucket.client, this.#bucket.name);
  }

  async close(): Promise<void> {
    this.#bucket.client.destroy();
    this.#signer.destroy();
  }

  #target(key: string) {
    return { Bucket: this.#bucket.name, Key: key };
  }

  async *#uploads(): AsyncGenerator<{ key: string; uploadId: string; startedAt: Date }> {
    let from: { KeyMarker?: string; UploadIdMarker?: string } = {};
    while (true) {
      const page = await onEngine(() =>
        this.#bucket.client.send(new ListMultipartUploadsCommand({ Bucket: this.#bucket.name, ...from })),
      );
      for (const { Key: key, UploadId: uploadId, Initiated: startedAt = new Date() } of page.Uploads ?? [])
        if (key && uploadId) yield { key, uploadId, startedAt };
      if (!page.IsTruncated) return;
      from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
  }
}

async function* counting(bytes: Bytes, counted: { size: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    counted.size += chunk.byteLength;
    yield chunk;
  }
}
