import { openFilesystemStore } from './filesystem.ts';
import { openS3Store } from './s3.ts';
import type { S3Settings } from './s3-client.ts';
import type { ObjectStore } from './store.ts';
import { BadStoreAddress, readStoreAddress } from './store-address.ts';

/**
 * Opens the store that an address names; `usual` tells of the server of `s3://bucket`.
 * @throws BadStoreAddress, StoreUnavailable
 */
export async function openStoreAt(address: string, usual?: Omit<S3Settings, 'bucket'>): Promise<ObjectStore> {
  const where = readStoreAddress(address);
  if (where.kind === 'folder') return openFilesystemStore(where.folder);
  if (where.kind === 'server') return openS3Store({ ...where, pathStyle: true });
  if (!usual)
    throw new BadStoreAddress('s3://bucket needs S3_ENDPOINT and its keys; otherwise name the server');
  return openS3Store({ ...usual, bucket: where.bucket });
}
