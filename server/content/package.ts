import { type Archive, entryBytes, openArchive, openZip } from '../archives/index.ts';
import { blobsOf } from '../blobs/index.ts';
import { outputOf } from '../derive/index.ts';
import type { Representation } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { noSuchContent } from './problems.ts';

/** A file out of a stored zip. @throws noSuchContent */
export async function fileInPackage(
  platform: Platform,
  sha256: string,
  path: string,
): Promise<Representation> {
  const blob = (await blobsOf([sha256])).get(sha256);
  if (!blob) throw noSuchContent({});
  return entryOf(platform, await openArchive(platform, blob), path);
}

/** A tile of a picture, or what tells of its tiles. @throws noSuchContent */
export async function fileOfTiles(platform: Platform, sha256: string, path: string): Promise<Representation> {
  const output = await outputOf(sha256, 'tiles');
  const source = (await blobsOf([sha256])).get(sha256);
  if (!output || source?.scan === 'infected') throw noSuchContent({});
  const { key, size, sha256: id } = output;
  const archive = await openZip(platform, {
    id,
    size,
    read: ({ objects }, range) => objects.get(key, range),
  });
  return entryOf(platform, archive, path);
}

function entryOf(platform: Platform, archive: Archive, path: string): Representation {
  const entry = archive.entries.get(path.normalize('NFC'));
  if (!entry) throw noSuchContent({});
  return entryBytes(platform, archive, entry);
}
