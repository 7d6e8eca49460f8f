import { openFilesystemStore } from './filesystem.ts';
import { openS3Store } from './s3.ts';
import type { S3Settings } from './s3-client.ts';
import type { ObjectStore } from './store.ts';

/** An address that names no store; the message says what would. */
export class BadStoreAddress extends Error {
  override readonly name = 'BadStoreAddress';
}

/**
 * Opens the store that an address names: `s3://bucket` is a bucket on the server that `usual` tells of,
 * `https://KEY:SECRET@host/bucket?region=…` one on any other server, everything else a folder.
 * @throws BadStoreAddress, StoreUnavailable
 */
export async function openStoreAt(address: string, usual?: Omit<S3Settings, 'bucket'>): Promise<ObjectStore> {
  if (!/^(s3|https?):\/\//.test(address)) return openFilesystemStore(address);
  const url = new URL(address);
  if (url.protocol === 's3:') {
    if (!usual)
      throw new BadStoreAddress('s3://bucket needs S3_ENDPOINT and its keys; otherwise name the server');
    return openS3Store({ ...usual, bucket: url.host });
  }
  const bucket = url.pathname.replace(/^\/|\/$/g, '');
  if (!bucket || bucket.includes('/') || !url.username || !url.password)
    throw new BadStoreAddress('An S3 server is named as https://KEY:SECRET@host/bucket');
  return openS3Store({
    endpoint: url.origin,
    bucket,
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    pathStyle: true,
  });
}
