import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { type Archive, type ArchiveEntry, entryBytes } from '../archives/index.ts';
import type { Platform } from '../platform.ts';
import { decodedPath } from './layout.ts';
import { incompleteBag, notABag, wrongBagChecksum } from './problems.ts';

/** Tag files and descriptions are read into memory; a larger one is none. */
const mostText = 16 * 1024 * 1024;

/** A bag whose tag files are right and whose payload is complete; the payload's bytes are still to be compared. */
export interface Bag {
  /** from bag-info.txt, by label */
  info: ReadonlyMap<string, string>;
  /** by path below `data/` */
  payload: ReadonlyMap<string, { entry: ArchiveEntry; sha256: string }>;
  /** the text of a file of the payload, compared with its checksum */
  text(path: string): Promise<string>;
}

/**
 * Reads a bag out of a stored zip (RFC 8493, sections 2 and 3): what must be there is there, nothing is there twice or
 * on one side only, and the tag files are what their manifest says.
 * @throws notABag, incompleteBag, wrongBagChecksum, damagedArchive
 */
export async function readBag(platform: Platform, archive: Archive): Promise<Bag> {
  const paths = [...archive.entries.keys()].filter((path) => !/(^|\/)(__MACOSX|\.DS_Store)/.test(path));
  const base = baseOf(paths);
  const entryAt = (path: string) => archive.entries.get(`${base}${path}`);
  const bytesOf = async (path: string): Promise<Buffer> => {
    const entry = entryAt(path);
    if (!entry) throw incompleteBag({ path });
    if (entry.size > mostText) throw notABag({ why: `${path} is too large` });
    return buffer(await entryBytes(platform, archive, entry).open());
  };
  const checked = async (path: string, sha256: string) => {
    const bytes = await bytesOf(path);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw wrongBagChecksum({ path });
    return bytes;
  };

  const declaration = (await bytesOf('bagit.txt')).toString();
  if (!/^BagIt-Version: (1\.0|0\.97)\s*\nTag-File-Character-Encoding: UTF-8\s*$/i.test(declaration))
    throw notABag({ why: 'bagit.txt' });
  if (!entryAt('manifest-sha256.txt')) throw notABag({ why: 'no manifest-sha256.txt' });
  if ((entryAt('fetch.txt')?.size ?? 0) > 0) throw notABag({ why: 'fetch.txt' });
  if (entryAt('tagmanifest-sha256.txt'))
    for (const [path, sha256] of manifestIn(await bytesOf('tagmanifest-sha256.txt')))
      await checked(path, sha256);

  const manifest = manifestIn(await bytesOf('manifest-sha256.txt'));
  const payload = new Map<string, { entry: ArchiveEntry; sha256: string }>();
  for (const [path, sha256] of manifest) {
    const entry = entryAt(path);
    if (!entry || !path.startsWith('data/')) throw incompleteBag({ path });
    payload.set(path.slice('data/'.length), { entry, sha256 });
  }
  for (const path of paths) {
    const inBag = path.slice(base.length);
    if (inBag.startsWith('data/') && !manifest.has(inBag)) throw incompleteBag({ path: inBag });
  }
  const info = entryAt('bag-info.txt') ? infoIn((await bytesOf('bag-info.txt')).toString()) : new Map();
  return {
    info,
    payload,
    text: async (path) => {
      const listed = payload.get(path);
      if (!listed) throw incompleteBag({ path });
      return (await checked(`data/${path}`, listed.sha256)).toString();
    },
  };
}

/** Section 4.2: everything stands in one folder, whose name says nothing; some leave it out. */
function baseOf(paths: readonly string[]): string {
  const declaration = paths.find((path) => path === 'bagit.txt' || /^[^/]+\/bagit\.txt$/.test(path));
  if (declaration === undefined) throw notABag({ why: 'no bagit.txt' });
  return declaration.slice(0, -'bagit.txt'.length);
}

function manifestIn(bytes: Buffer): Map<string, string> {
  const entries = new Map<string, string>();
  for (const line of bytes.toString().split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue;
    const [, sum, path] = /^([0-9a-fA-F]{64})[ \t]+\*?(?:\.\/)?(.+)$/.exec(line) ?? [];
    if (!sum || !path) throw notABag({ why: 'a line of a manifest' });
    const decoded = decodedPath(path).normalize('NFC');
    if (entries.has(decoded)) throw notABag({ why: `${decoded} twice in a manifest` });
    entries.set(decoded, sum.toLowerCase());
  }
  return entries;
}

/** Section 2.2.2; a line that begins with white space goes on with the one before. */
function infoIn(text: string): Map<string, string> {
  const unfolded = text.replace(/(\r\n|\r|\n)[ \t]+/g, ' ');
  return new Map(
    unfolded.split(/\r\n|\r|\n/).flatMap((line) => {
      const [, label, value] = /^([^:]+):[ \t]*(.*)$/.exec(line) ?? [];
      return label && value !== undefined ? [[label, value] as const] : [];
    }),
  );
}
