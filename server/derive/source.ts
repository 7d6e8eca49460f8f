import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Archive } from '../archives/index.ts';
import { type Blob, readBlob, readStored } from '../blobs/index.ts';
import { Problem, sendBytes } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { NotConvertible, type Task } from './convert/conversion.ts';
import { outputOf, readOutput } from './lookup.ts';
import { findModel, unpackModel } from './model-inside.ts';
import { copyEntries } from './package-copies.ts';
import { isCad, limitsFor } from './recipes.ts';

/** What a converter reads. */
export type Source = Pick<Task, 'source' | 'mediaType' | 'parts' | 'entries' | 'names' | 'packs'>;

/** Media by a loopback address, read in ranges; everything else as a copy. */
export async function withCopy<T>(
  platform: Platform,
  blob: Blob,
  { mediaType, folder }: { mediaType: string; folder: string },
  use: (source: Source) => Promise<T>,
): Promise<T> {
  if (/^(video|audio)\//.test(mediaType))
    return withAddress(platform, blob, (source) => use({ source, mediaType }));
  const source = join(folder, 'source');
  await pipeline(await readStored(platform, blob), createWriteStream(source));
  return use({ source, mediaType, packs: mediaType === 'model/gltf+json' || isCad(mediaType) });
}

/**
 * The pages of an Office file: a copy of the PDF that was made of it.
 * @throws Error while that is not stored, so that the job is tried again
 */
export async function pagesOf(platform: Platform, sha256: string, folder: string): Promise<Source> {
  const pdf = await outputOf(sha256, 'pdf');
  if (!pdf) throw new Error('The PDF whose pages are to be read is not stored yet');
  const source = join(folder, 'source');
  await pipeline(await readOutput(platform, pdf), createWriteStream(source));
  return { source, mediaType: pdf.mediaType };
}

/** Copies of files of a package. @throws NotConvertible */
export async function entriesOf(
  platform: Platform,
  archive: Archive,
  paths: readonly string[],
  { mediaType, folder }: { mediaType: string; folder: string },
): Promise<Source> {
  const source = join(folder, 'source');
  await mkdir(source);
  return { source, mediaType, entries: await copyEntries(platform, archive, paths, source) };
}

/** The model in a zip, with its parts. @throws NotConvertible: there is none, or it is too large or damaged */
export async function modelOf(platform: Platform, archive: Archive, folder: string): Promise<Source> {
  const inside = findModel(archive);
  if (!inside) throw new NotConvertible('damaged');
  const { mediaType } = inside;
  const parts = join(folder, 'source');
  const source = await unpackModel(platform, archive, inside, parts, limitsFor('model', mediaType).size);
  return { source, mediaType, parts, packs: true };
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
    sendBytes(req, res, { size, tag: _id, mediaType, open }).catch((error: unknown) =>
      // Of what was cut off, bytes are asked for beyond its end.
      error instanceof Problem ? res.writeHead(error.status).end() : res.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
