import { NotConvertible } from './conversion.ts';

/** The pixels of a picture: red, green and blue, a byte each, from the top. */
export interface Rgb {
  width: number;
  height: number;
  data: Buffer;
}

const fileHeader = 14;
/** 256 megapixels: all of them are held at once. */
const mostPixels = 256_000_000;
/** How pixels are packed (BITMAPINFOHEADER, biCompression). */
const packing = { none: 0, runs8: 1, runs4: 2, masks: 3, masksWithAlpha: 6 } as const;

/**
 * A Windows bitmap, which sharp does not read: 1, 4, 8, 16, 24 or 32 bits a pixel, also run-length encoded.
 *
 * By ourselves: bmp-ts reads runs and bit masks wrongly. @cwasm/nsbmp 0.1.3 reads all of these, three times as fast, but
 * holds the picture twice at four bytes a pixel, in memory that its process never gives back: 2.1 GB for the 256
 * megapixels that take 0.8 GB here, where a converter may take 1.5; and of 16 bits a pixel it makes white light grey.
 * @throws NotConvertible: damaged, too-many-pixels, or nothing-to-show when a JPEG or PNG is wrapped in it
 */
export function readBmp(bytes: Buffer): Rgb {
  try {
    return decode(bytes);
  } catch (error) {
    throw error instanceof RangeError ? new NotConvertible('damaged') : error; // it points beyond its end
  }
}

function decode(bytes: Buffer): Rgb {
  if (bytes.toString('latin1', 0, 2) !== 'BM') throw new NotConvertible('damaged');
  const headerSize = bytes.readUInt32LE(fileHeader);
  const isOld = headerSize === 12; // OS/2
  const width = isOld ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const rows = isOld ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const bits = bytes.readUInt16LE(isOld ? 24 : 28);
  const packed = isOld ? packing.none : bytes.readUInt32LE(30);
  const height = Math.abs(rows);
  if (width <= 0 || height === 0) throw new NotConvertible('damaged');
  if (width * height > mostPixels) throw new NotConvertible('too-many-pixels');
  const start = bytes.readUInt32LE(10);
  const colourAt = colours(bytes, { headerSize, bits, packed });
  const isRuns = packed === packing.runs8 || packed === packing.runs4;
  const values = isRuns ? unpackRuns(bytes, { start, width, height, bits }) : undefined;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const line = (rows < 0 ? y : height - 1 - y) * width * 3;
    for (let x = 0; x < width; x++) {
      const value = values ? (values[y * width + x] ?? 0) : valueAt(bytes, start + y * stride, x, bits);
      const colour = colourAt(value);
      data[line + x * 3] = colour >> 16;
      data[line + x * 3 + 1] = (colour >> 8) & 255;
      data[line + x * 3 + 2] = colour & 255;
    }
  }
  return { width, height, data };
}

/** The value of a pixel in a line. */
function valueAt(bytes: Buffer, line: number, x: number, bits: number): number {
  switch (bits) {
    case 32:
      return bytes.readUInt32LE(line + x * 4);
    case 24:
      return bytes.readUIntLE(line + x * 3, 3);
    case 16:
      return bytes.readUInt16LE(line + x * 2);
    default: {
      const at = x * bits;
      return (bytes.readUInt8(line + (at >> 3)) >> (8 - bits - (at & 7))) & ((1 << bits) - 1);
    }
  }
}

interface Format {
  headerSize: number;
  bits: number;
  packed: number;
}

/** What values mean, as 0xRRGGBB: entries of the table of colours, or bits of each colour. */
function colours(bytes: Buffer, { headerSize, bits, packed }: Format): (value: number) => number {
  const known: readonly number[] = Object.values(packing);
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new NotConvertible('damaged');
  if (!known.includes(packed)) throw new NotConvertible('nothing-to-show');
  if (bits <= 8) {
    const size = headerSize === 12 ? 3 : 4;
    const table = Array.from({ length: 1 << bits }, (_, n) => {
      const at = fileHeader + headerSize + n * size;
      return at + 3 <= bytes.length ? bytes.readUIntLE(at, 3) : 0;
    });
    return (value) => table[value] ?? 0;
  }
  const hasMasks = packed === packing.masks || packed === packing.masksWithAlpha;
  if (!hasMasks && bits !== 16) return (value) => value & 0xffffff;
  const masks = hasMasks
    ? [0, 4, 8].map((at) => bytes.readUInt32LE(fileHeader + 40 + at))
    : [0x7c00, 0x3e0, 0x1f];
  const [red = byteBy(0), green = byteBy(0), blue = byteBy(0)] = masks.map(byteBy);
  return (value) => (red(value) << 16) | (green(value) << 8) | blue(value);
}

/** Reads the bits under a mask as a byte. */
function byteBy(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / most);
}

/** Runs of pixels and where lines end (RLE8, RLE4), as one value a pixel. */
function unpackRuns(
  bytes: Buffer,
  { start, width, height, bits }: { start: number; width: number; height: number; bits: number },
): Uint8Array {
  const values = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, start];
  const put = (value: number) => {
    if (x < width && y < height) values[y * width + x] = value;
    x++;
  };
  const part = (byte: number, n: number) => (bits === 8 ? byte : n % 2 === 0 ? byte >> 4 : byte & 15);
  while (y < height && at + 1 < bytes.length) {
    const [count, value] = [bytes.readUInt8(at), bytes.readUInt8(at + 1)];
    at += 2;
    if (count > 0) for (let n = 0; n < count; n++) put(part(value, n));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) break;
    else if (value === 2) {
      x += bytes.readUInt8(at);
      y += bytes.readUInt8(at + 1);
      at += 2;
    } else {
      for (let n = 0; n < value; n++) put(part(bytes.readUInt8(bits === 8 ? at + n : at + (n >> 1)), n));
      at += Math.ceil((value * bits) / 16) * 2;
    }
  }
  return values;
}
