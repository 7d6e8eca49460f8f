import {
  CreateBucketCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { KeyTaken, NoSuchObject, type ObjectFacts, StoreFull, StoreUnavailable } from './store.ts';

export interface S3Settings {
  /** address of the server; AWS's own when it is left out */
  endpoint?: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** bucket in the path instead of the host name: what every server but AWS's understands */
  pathStyle: boolean;
  /** the address under which browsers reach the server, when it is another one */
  publicEndpoint?: string;
  /** milliseconds without a byte after which a connection counts as dead; 30 s when it is left out */
  patience?: number;
}

/** A client that retries with jitter, notices a stalled peer, and checks what it sends and receives. */
export function makeClient(settings: S3Settings, endpoint = settings.endpoint): S3Client {
  const client = new S3Client({
    endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    forcePathStyle: settings.pathStyle,
    maxAttempts: 5,
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 5_000,
      socketTimeout: settings.patience ?? 30_000,
      httpAgent: { maxSockets: 128, keepAlive: true },
      httpsAgent: { maxSockets: 128, keepAlive: true },
    },
  });
  // The SHA-256 of a body would cost sender and server as much as its way between them. Its CRC-32 stands in a header
  // that is signed, so bytes that are damaged on the way are refused as well.
  client.middlewareStack.add(
    (next) => (call) => {
      const { body, headers } = call.request as { body?: unknown; headers: Record<string, string> };
      if (ArrayBuffer.isView(body)) headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
      return next(call);
    },
    { step: 'build', name: 'signNoBody' },
  );
  return client;
}

export function isMissing(error: unknown): boolean {
  if (error instanceof NoSuchKey || error instanceof NotFound) return true;
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}

export function isNoSuchUpload(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchUpload';
}

/** The key was written by somebody else, or by an attempt of ours whose answer got lost. */
export function isTaken(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412;
}

const saysFull = new Set(['XMinioStorageFull', 'InsufficientStorage', 'QuotaExceeded', 'EntityTooLarge']);
const networkFault =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_STREAM_PREMATURE)/;

/** An error of the engine in the words of the port; any other error, such as the source's, as it is. */
export function translated(error: unknown, key?: string): unknown {
  if (error instanceof S3ServiceException) {
    if (saysFull.has(error.name) || error.$metadata.httpStatusCode === 507) return new StoreFull(error);
    if (key !== undefined && isTaken(error)) return new KeyTaken(key);
    return new StoreUnavailable(error);
  }
  const { code, name } = Object(error);
  const isFault = networkFault.test(String(code)) || name === 'TimeoutError';
  return isFault ? new StoreUnavailable(error) : error;
}

/** Makes the bucket when it is missing. */
export async function ensureBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!isMissing(error)) throw new StoreUnavailable(error);
    await client.send(new CreateBucketCommand({ Bucket: bucket })).catch((fault: unknown) => {
      const made = fault instanceof S3ServiceException && fault.name === 'BucketAlreadyOwnedByYou';
      if (!made) throw new StoreUnavailable(fault);
    });
  }
}

/** Whether the server refuses to replace an object on request (`If-None-Match: *`); some answer 501 or ignore it. */
export async function refusesReplacing(client: S3Client, bucket: string): Promise<boolean> {
  const probe = { Bucket: bucket, Key: '.probe/conditional-put', Body: 'probe' };
  await client.send(new PutObjectCommand(probe)).catch((error: unknown) => {
    throw new StoreUnavailable(error);
  });
  try {
    await client.send(new PutObjectCommand({ ...probe, IfNoneMatch: '*' }));
    return false;
  } catch (error) {
    if (isTaken(error)) return true;
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 501 || status === 400) return false;
    throw new StoreUnavailable(error);
  }
}

/** A bucket that we may use, and what its server can do. */
export interface Bucket {
  client: S3Client;
  name: string;
  /** The server itself refuses to replace an object. Without that we look first, which two writers could outrun. */
  conditional: boolean;
}

/** Runs a step; errors of the engine come out as those of the port. */
export async function onEngine<T>(step: () => Promise<T>, key?: string): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw translated(error, key);
  }
}

/** @throws NoSuchObject */
export async function head(bucket: Bucket, key: string) {
  try {
    const answer = await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key: key }));
    const {
      ContentLength: size = 0,
      LastModified: modifiedAt = new Date(0),
      Metadata: metadata = {},
    } = answer;
    return { size, modifiedAt, metadata };
  } catch (error) {
    throw isMissing(error) ? new NoSuchObject(key) : translated(error);
  }
}

export function ifFree(bucket: Bucket): { IfNoneMatch?: '*' } {
  return bucket.conditional ? { IfNoneMatch: '*' } : {};
}

/** @throws KeyTaken */
export async function assertFree(bucket: Bucket, key: string): Promise<void> {
  const taken = await head(bucket, key).catch((error: unknown) => {
    if (!(error instanceof NoSuchObject)) throw error;
  });
  if (taken) throw new KeyTaken(key);
}

/** Every object, ours beside the callers' included. */
export async function* listAll(bucket: Bucket, prefix: string): AsyncGenerator<ObjectFacts> {
  let from: string | undefined;
  do {
    const page = await onEngine(() =>
      bucket.client.send(
        new ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix, ContinuationToken: from }),
      ),
    );
    for (const { Key: key, Size: size = 0, LastModified: modifiedAt = new Date(0) } of page.Contents ?? [])
      if (key !== undefined) yield { key, size, modifiedAt };
    from = page.NextContinuationToken;
  } while (from);
}
