import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Archive, entryBytes } from '../archives/index.ts';
import type { Platform } from '../platform.ts';
import { NotConvertible } from './convert/conversion.ts';
import { doesRun } from './convert/package-entries.ts';
import { readable } from './package-copies.ts';

/** A model in a zip, with the textures and data that belong to it. */

const parts = /\.(gltf|glb|bin|png|jpe?g|webp|ktx2|avif)$/i;
/** What stands beside a model and is no part of it; a zip with lessons or tables is a box of files. */
const beside = /\.(txt|md|mtl|blend1?|fbx|obj|usdz|hdr|dds|ktx)$|(^|\/)(licen[cs]e|readme|credits)[^/]*$/i;
const leftBySystems = /(^|\/)(__MACOSX\/|\.)/;

/** The one glTF in a zip of its parts, or the one at its top; undefined for a zip that holds something else. */
export function modelIn(paths: readonly string[]): string | undefined {
  const seen = paths.filter((path) => !leftBySystems.test(path));
  if (doesRun(seen) || !seen.every((path) => parts.test(path) || beside.test(path))) return undefined;
  const models = seen.filter((path) => /\.(gltf|glb)$/i.test(path));
  const depth = (path: string) => path.split('/').length;
  const least = Math.min(...models.map(depth));
  const [top, another] = models.filter((path) => depth(path) === least);
  return another === undefined ? top : undefined;
}

export interface ModelInside {
  path: string;
  mediaType: 'model/gltf+json' | 'model/gltf-binary';
}

/** Looks for a model in an archive, by its directory alone. */
export function findModel({ entries }: Archive): ModelInside | undefined {
  const path = modelIn([...entries.keys()]);
  if (path === undefined) return undefined;
  return { path, mediaType: /\.glb$/i.test(path) ? 'model/gltf-binary' : 'model/gltf+json' };
}

/**
 * Unpacks a model and what may belong to it into a folder. Resolves with its path there.
 * @throws NotConvertible when that is larger than `most` bytes, or damaged
 */
export async function unpackModel(
  platform: Platform,
  archive: Archive,
  { path }: ModelInside,
  folder: string,
  most: number,
): Promise<string> {
  const wanted = [...archive.entries.values()].filter((entry) => parts.test(entry.path));
  if (wanted.reduce((sum, { size }) => sum + size, 0) > most) throw new NotConvertible('too-large');
  for (const entry of wanted) {
    const file = join(folder, entry.path);
    await mkdir(dirname(file), { recursive: true });
    await readable(async () =>
      pipeline(await entryBytes(platform, archive, entry).open(), createWriteStream(file)),
    );
  }
  return join(folder, path);
}
