import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { readBlob } from '../blobs/index.ts';
import type { Representation } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import type { Content } from '../resources/index.ts';
import { licenceTexts } from './licences.ts';
import { crc32Of, layOutZip, readZip, type ZipEntry } from './zip-layout.ts';

interface Bundled {
  id: string;
  /** null for a draft */
  version: number | null;
  content: Content;
  modifiedAt: Date;
}

type Part = ZipEntry & ({ bytes: Buffer } | { sha256: string });

/**
 * All files of a version as one zip that is written nowhere: its length is known, and any range of it can be read.
 * The files stand in `files/`; beside them lie manifest.json, licence.txt, and checksums for `sha256sum -c`.
 */
export function bundleOf(platform: Platform, bundled: Bundled): Representation {
  const parts = partsOf(bundled);
  const layout = layOutZip(parts);
  const tag = createHash('sha256');
  for (const piece of layout.pieces) if ('bytes' in piece) tag.update(piece.bytes);
  const open = async (entry: number, stretch: { first: number; last: number }) => {
    const part = parts[entry];
    if (!part) throw new Error(`The archive has no entry ${entry}`);
    if ('bytes' in part) return Readable.from([part.bytes.subarray(stretch.first, stretch.last + 1)]);
    return readBlob(platform, part.sha256, stretch);
  };
  return {
    size: layout.size,
    tag: tag.digest('hex'),
    mediaType: 'application/zip',
    open: async (range = { first: 0, last: layout.size - 1 }) =>
      Readable.from(readZip(layout, range, open), { objectMode: false, highWaterMark: 1024 * 1024 }),
  };
}

function partsOf({ id, version, content, modifiedAt }: Bundled): Part[] {
  const { files, title, summary, creators, licence, language } = content;
  const manifest = {
    resource: id,
    version,
    title,
    summary,
    creators,
    licence,
    language,
    modifiedAt: modifiedAt.toISOString(),
    files: files.map(({ path, size, mediaType, sha256 }) => ({
      path: `files/${path}`,
      size,
      mediaType,
      sha256,
    })),
  };
  const sums = files.map(({ sha256, path }) => `${sha256}  files/${path}\n`).join('');
  const written = (path: string, text: string): Part => {
    const bytes = Buffer.from(text);
    return { path, size: bytes.length, crc32: crc32Of(bytes), modifiedAt, bytes };
  };
  return [
    written('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`),
    written('licence.txt', licenceTexts[licence]),
    written('sha256sums.txt', sums),
    ...files.map(({ path, size, crc32, sha256 }) => ({
      path: `files/${path}`,
      size,
      crc32,
      modifiedAt,
      sha256,
    })),
  ];
}
