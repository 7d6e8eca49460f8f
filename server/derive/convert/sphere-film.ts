import { open } from 'node:fs/promises';
import type { Sphere } from '../contract.ts';
import { areaOf, numberIn, sphereByShape, tagsIn } from './sphere.ts';

/** How a film lies on a sphere (Spherical Video V1 and V2 RFC), by the boxes of its head (ISO/IEC 14496-12). */

interface Box {
  type: string;
  content: Buffer;
}

const headSize = 16;
/** What tells of a film of many hours is smaller. */
const largestHead = 64 * 1024 * 1024;
const mostBoxes = 1000;

/** Reads so many bytes from a place of a file or an address. */
export type ReadBytes = (from: number, count: number) => Promise<Buffer>;

/** @param source path, or an address that answers ranges */
export const readerOf =
  (source: string): ReadBytes =>
  async (from, count) => {
    if (/^https?:/.test(source)) {
      const range = `bytes=${from}-${from + count - 1}`;
      const answer = await fetch(source, { headers: { Range: range } });
      return answer.status === 206 ? Buffer.from(await answer.arrayBuffer()) : Buffer.alloc(0);
    }
    const file = await open(source);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, from);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  };

/** How an MP4 lies on a sphere around whoever looks at it, when it does. Reads its head alone, wherever that stands. */
export async function sphereOfFilm(read: ReadBytes): Promise<Sphere | undefined> {
  let at = 0;
  for (let seen = 0; seen < mostBoxes; seen++) {
    const head = await read(at, headSize);
    if (head.length < 8) return undefined;
    const type = head.toString('latin1', 4, 8);
    const { size, offset } = sizeOf(head);
    if (size < offset) return undefined; // to the end of the file, or damaged
    if (type === 'moov')
      return size > largestHead ? undefined : sphereIn(await read(at + offset, size - offset));
    at += size;
  }
  return undefined;
}

function sizeOf(head: Buffer): { size: number; offset: number } {
  const size = head.readUInt32BE(0);
  if (size !== 1) return { size, offset: 8 };
  return { size: head.length < 16 ? 0 : Number(head.readBigUInt64BE(8)), offset: 16 };
}

function boxesIn(bytes: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length && found.length < mostBoxes; ) {
    const { size, offset } = sizeOf(bytes.subarray(at, at + headSize));
    if (size < offset || at + size > bytes.length) break;
    found.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      content: bytes.subarray(at + offset, at + size),
    });
    at += size;
  }
  return found;
}

const inside = (bytes: Buffer | undefined, type: string): Buffer | undefined =>
  bytes && boxesIn(bytes).find((box) => box.type === type)?.content;
const deep = (bytes: Buffer, ...path: string[]): Buffer | undefined =>
  path.reduce<Buffer | undefined>(inside, bytes);

/** @param movie content of the box `moov` */
function sphereIn(movie: Buffer): Sphere | undefined {
  for (const { type, content: track } of boxesIn(movie)) {
    if (type !== 'trak') continue;
    if (deep(track, 'mdia', 'hdlr')?.toString('latin1', 8, 12) !== 'vide') continue;
    const [entry] = boxesIn(deep(track, 'mdia', 'minf', 'stbl', 'stsd')?.subarray(8) ?? Buffer.alloc(0));
    if (!entry || entry.content.length < pictureHead) return undefined;
    return (
      secondVersion(entry.content.subarray(pictureHead)) ??
      firstVersion(track) ??
      sphereByShape({ width: entry.content.readUInt16BE(24), height: entry.content.readUInt16BE(26) })
    );
  }
  return undefined;
}

/** What stands in a VisualSampleEntry before its boxes (ISO/IEC 14496-12, section 12.1.3). */
const pictureHead = 78;
const stereos = [undefined, 'top-bottom', 'left-right'] as const;

/** V2: `sv3d` tells the projection and how the camera was held, `st3d` whether there is a picture for each eye. */
function secondVersion(boxes: Buffer): Sphere | undefined {
  const projection = deep(boxes, 'sv3d', 'proj');
  const bounds = inside(projection, 'equi');
  if (!projection || !bounds || bounds.length < 20) return undefined;
  const pose = inside(projection, 'prhd');
  const degrees = (at: number) => (pose && pose.length >= 16 ? pose.readInt32BE(at) / 65_536 : 0);
  const cut = (at: number) => bounds.readUInt32BE(at) / 2 ** 32;
  const [top, bottom, left, right] = [cut(4), cut(8), cut(12), cut(16)];
  const stereo = stereos[inside(boxes, 'st3d')?.[4] ?? 0];
  const isCut = top + bottom + left + right > 0 && top + bottom < 1 && left + right < 1;
  return {
    isTagged: true,
    yaw: degrees(4),
    pitch: 0,
    tilt: degrees(8),
    roll: degrees(12),
    ...(isCut && { area: { left, top, width: 1 - left - right, height: 1 - top - bottom } }),
    ...(stereo && { stereo }),
  };
}

const sphericalId = 'ffcc8263f8554a938814587a02521fdd';

/** V1: XML in a box `uuid` of the track. */
function firstVersion(track: Buffer): Sphere | undefined {
  const told = boxesIn(track).find(
    ({ type, content }) => type === 'uuid' && content.toString('hex', 0, 16) === sphericalId,
  );
  if (!told) return undefined;
  const tags = tagsIn(told.content.toString('utf8', 16));
  const isSphere =
    tags.get('Spherical')?.toLowerCase() === 'true' &&
    tags.get('ProjectionType')?.toLowerCase() === 'equirectangular';
  if (!isSphere) return undefined;
  const number = numberIn(tags);
  const stereo = stereos.find((mode) => mode !== undefined && mode === tags.get('StereoMode'));
  const area = areaOf((name) => number(name, 0, 1_000_000));
  return {
    isTagged: true,
    yaw: number('InitialViewHeadingDegrees', -180, 180) ?? 0,
    pitch: number('InitialViewPitchDegrees', -90, 90) ?? 0,
    tilt: 0,
    roll: 0,
    ...(area && { area }),
    ...(stereo && { stereo }),
  };
}
