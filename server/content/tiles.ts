import { buffer, json } from 'node:stream/consumers';
import { z } from 'zod';
import { type Archive, type ArchiveEntry, entryBytes, openZip } from '../archives/index.ts';
import { blobsOf } from '../blobs/index.ts';
import { outputOf } from '../derive/index.ts';
import { inMemory, type Representation } from '../http/index.ts';
import { inTurn } from '../in-turn.ts';
import type { Platform } from '../platform.ts';
import {
  type Box,
  type ImageRequest,
  readImageRequest,
  regionName,
  type TiledPicture,
  tilesFor,
} from './iiif.ts';
import { noSuchContent, noSuchImage } from './problems.ts';

/** As the tiles were written: every name in the zip begins with it, and so do addresses. */
export const tilesRoot = 'tiles';

const Written = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  tiles: z.tuple([
    z.object({ width: z.number().int().positive(), scaleFactors: z.array(z.number().int().positive()) }),
  ]),
});

/** A picture that was cut into tiles. */
export interface Tiles {
  readonly archive: Archive;
  readonly picture: TiledPicture;
}

/** @throws noSuchContent */
export async function tilesOf(platform: Platform, sha256: string): Promise<Tiles> {
  const output = await outputOf(sha256, 'tiles');
  const source = (await blobsOf([sha256])).get(sha256);
  if (!output || source?.scan === 'infected') throw noSuchContent({});
  const { key, size, sha256: id } = output;
  const archive = await openZip(platform, {
    id,
    size,
    read: ({ objects }, range) => objects.get(key, range),
  });
  const written = fileIn(platform, archive, 'info.json');
  if (!written) throw new Error(`The tiles of ${sha256} do not tell how they were cut`);
  return { archive, picture: Written.parse(await json(await written.open())) };
}

/**
 * A part of it as a JPEG: a tile as it was cut, and everything else put together of tiles.
 * @throws noSuchImage
 */
export async function imageOf(platform: Platform, tiles: Tiles, path: string): Promise<Representation> {
  const tile = path.endsWith('.jpg') && fileIn(platform, tiles.archive, path);
  if (tile) return tile;
  const request = readImageRequest(path, tiles.picture);
  if (!request) throw noSuchImage({});
  // One at a time: each holds up to 80 MB.
  const jpeg = await inTurn('iiif', () => putTogether(platform, tiles, request));
  const { region, width, height } = request;
  const tag = [tiles.archive.source.id, ...Object.values(region), width, height].join('.');
  return inMemory(jpeg, tag, 'image/jpeg');
}

async function putTogether(
  platform: Platform,
  { archive, picture }: Tiles,
  request: ImageRequest,
): Promise<Buffer> {
  const { region, width, height } = request;
  const { scale, boxes } = tilesFor(request, picture);
  const origin = boxes[0] ?? region;
  const corner = boxes.at(-1) ?? region;
  const canvas = {
    width: Math.ceil((corner.x + corner.width - origin.x) / scale),
    height: Math.ceil((corner.y + corner.height - origin.y) / scale),
  };
  const tileOf = tileFinder(archive, picture);
  const pieces = await Promise.all(
    boxes.map(async (box) => ({
      input: await buffer(await entryBytes(platform, archive, tileOf(box, scale)).open()),
      left: (box.x - origin.x) / scale,
      top: (box.y - origin.y) / scale,
    })),
  );
  // Only here does this process need it: what was uploaded is read by converters, these tiles are our own.
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp({ create: { ...canvas, channels: 3, background: '#ffffff' } })
    .composite(pieces)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const left = Math.min(Math.floor((region.x - origin.x) / scale), canvas.width - 1);
  const top = Math.min(Math.floor((region.y - origin.y) / scale), canvas.height - 1);
  const length = (of: number, most: number) => Math.min(Math.max(1, Math.round(of / scale)), most);
  return sharp(data, { raw: info })
    .extract({
      left,
      top,
      width: length(region.width, canvas.width - left),
      height: length(region.height, canvas.height - top),
    })
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** Finds tiles by what they show. At its edges a picture may be rounded up or down, so only the name tells their size. */
function tileFinder({ entries }: Archive, picture: TiledPicture) {
  const named = new Map<string, ArchiveEntry[]>();
  for (const entry of entries.values()) {
    const region = entry.path.split('/')[1] ?? '';
    named.set(region, [...(named.get(region) ?? []), entry]);
  }
  return (box: Box, scale: number): ArchiveEntry => {
    const off = ({ path }: ArchiveEntry) =>
      Math.abs(Number(path.split('/')[2]?.split(',')[0]) - box.width / scale);
    const [nearest] = (named.get(regionName(box, picture)) ?? []).sort((a, b) => off(a) - off(b));
    if (!nearest) throw new Error(`There is no tile of ${regionName(box, picture)}`);
    return nearest;
  };
}

function fileIn(platform: Platform, archive: Archive, path: string): Representation | undefined {
  const entry = archive.entries.get(`${tilesRoot}/${path}`);
  return entry && entryBytes(platform, archive, entry);
}
