import { entryBytes, openArchive } from '../archives/index.ts';
import { blobsOf } from '../blobs/index.ts';
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
  const archive = await openArchive(platform, blob);
  const entry = archive.entries.get(path.normalize('NFC'));
  if (!entry) throw noSuchContent({});
  return entryBytes(platform, archive, entry);
}
