import { decoded } from './plain.ts';

/** Tags that hold what people wrote about a picture (Exif 2.32, table 4; those above 0x9C00 are of Windows). */
const described = new Set([0x010e, 0x013b, 0x9286, 0x9c9b, 0x9c9c, 0x9c9e, 0x9c9f]);
const exifDirectory = 0x8769;
const sizes: Record<number, number> = { 1: 1, 2: 1, 7: 1 };
const mostTags = 1_000;

/** Title, description, remarks and keywords out of Exif data; empty when it is damaged. */
export function exifTexts(exif: Buffer): string[] {
  const start = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
  const tiff = exif.subarray(start);
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return [];
  const isLittle = order === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const texts: string[] = [];
  const directories = tiff.length >= 8 ? [long(4)] : [];
  for (let seen = 0; directories.length > 0 && seen < 2; seen++) {
    const directory = directories.pop() ?? 0;
    const count = directory + 2 <= tiff.length ? Math.min(short(directory), mostTags) : 0;
    for (let n = 0; n < count; n++) {
      const at = directory + 2 + n * 12;
      if (at + 12 > tiff.length) break;
      const tag = short(at);
      if (tag === exifDirectory) directories.push(long(at + 8));
      const size = (sizes[short(at + 2)] ?? 0) * long(at + 4);
      const from = size <= 4 ? at + 8 : long(at + 8);
      if (!described.has(tag) || size === 0 || from + size > tiff.length) continue;
      texts.push(textIn(tag, tiff.subarray(from, from + size), isLittle));
    }
  }
  return texts;
}

function textIn(tag: number, bytes: Buffer, isLittle: boolean): string {
  const utf16 = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be');
  if (tag >= 0x9c00) return upToNul(new TextDecoder('utf-16le').decode(bytes));
  if (tag !== 0x9286) return upToNul(decoded(bytes));
  // A remark begins with the name of its encoding (Exif 2.32, table 9).
  const encoding = bytes.toString('latin1', 0, 8).replace(/\0+$/, '');
  const words = bytes.subarray(8);
  return upToNul(encoding === 'UNICODE' ? utf16.decode(words) : decoded(words));
}

const upToNul = (text: string) => text.replace(/\0.*$/s, '');
