import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Blob, readBlob } from '../blobs/index.ts';
import { sendBytes } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import type { Task } from './convert/conversion.ts';
import { copyEntries } from './package-copies.ts';
import { isPackage } from './recipes.ts';

/** Where a converter finds what it reads, and where it puts what it makes. */
type Place = Pick<Task, 'source' | 'folder' | 'entries'>;

/**
 * Gives a converter a folder and the blob: media by a loopback address, read in ranges; of packages copies of the files
 * with words; everything else as a copy. @throws NotConvertible: the package is not opened
 */
export async function withSource<T>(
  platform: Platform,
  blob: Blob,
  mediaType: string,
  use: (place: Place) => Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    const isMedia = /^(video|audio)\//.test(mediaType);
    if (isMedia) return withAddress(platform, blob, (source) => use({ source, folder }));
    const source = join(folder, 'source');
    if (isPackage(mediaType)) {
      await mkdir(source);
      return use({ source, folder, entries: await copyEntries(platform, blob, source) });
    }
    await pipeline(await readBlob(platform, blob._id), createWriteStream(source));
    return use({ source, folder });
  });
}

/** Gives something a folder of its own for as long as it takes. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'courseyard-convert-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withAddress<T>(
  platform: Platform,
  { _id, size, mediaType }: Blob,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const path = `/${_id}`;
  const server = createServer((req, res) => {
    const open: Parameters<typeof sendBytes>[2]['open'] = (range) => readBlob(platform, _id, range);
    if (req.url !== path) return res.writeHead(404).end();
    sendBytes(req, res, { size, tag: _id, mediaType, open }).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
