/**
 * The rules of the IIIF Image API 3.0 at compliance level 1, with the sizes `w,h` and `!w,h` of level 2:
 * https://iiif.io/api/image/3.0/ (sections 4 and 5), https://iiif.io/api/image/3.0/compliance/.
 */

/** A rectangle of a picture, in its pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, and how large it is wanted, in pixels. */
export interface ImageRequest {
  readonly region: Box;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;

/** Neither side of what is answered is longer, in pixels: who looks at more takes tiles. */
export const longestSide = 2048;

const wholeNumber = String.raw`(\d{1,7})`;
const regionByPixels = new RegExp(`^${Array(4).fill(wholeNumber).join(',')}$`);
const sizeInPixels = /^(!?)(\d{1,7})?,(\d{1,7})?$/;

/**
 * Reads `{region}/{size}/{rotation}/{quality}.{format}` for a picture of a size (section 4). Gives undefined for what is
 * malformed, what lies outside of the picture, what would have to be enlarged, and what level 1 leaves out.
 */
export function readImageRequest(path: string, picture: Size): ImageRequest | undefined {
  const [region = '', size = '', rotation, file, ...more] = path.split('/');
  if (rotation !== '0' || file !== 'default.jpg' || more.length > 0) return undefined;
  const box = readRegion(region, picture);
  const wanted = box && readSize(size, box);
  return box && wanted && { region: box, ...wanted };
}

/** Section 4.1. What reaches beyond the picture ends at its edge. */
function readRegion(text: string, picture: Size): Box | undefined {
  if (text === 'full') return { x: 0, y: 0, ...picture };
  if (text === 'square') {
    const side = Math.min(picture.width, picture.height);
    const middle = (length: number) => Math.floor((length - side) / 2);
    return { x: middle(picture.width), y: middle(picture.height), width: side, height: side };
  }
  const [, x = 0, y = 0, w = 0, h = 0] = regionByPixels.exec(text)?.map(Number) ?? [];
  const [width, height] = [Math.min(w, picture.width - x), Math.min(h, picture.height - y)];
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Section 4.2. */
function readSize(text: string, region: Size): Size | undefined {
  if (text === 'max') return fitted(region, { width: longestSide, height: longestSide });
  const [, confined, w, h] = sizeInPixels.exec(text) ?? [];
  const size = sizeOf(w, h, confined === '!', region);
  const isWithin = (['width', 'height'] as const).every(
    (side) => size && size[side] > 0 && size[side] <= Math.min(region[side], longestSide),
  );
  return isWithin ? size : undefined;
}

function sizeOf(w: string | undefined, h: string | undefined, isConfined: boolean, region: Size) {
  const [width, height] = [Number(w), Number(h)];
  if (w !== undefined && h !== undefined) {
    const most = { width: Math.min(width, longestSide), height: Math.min(height, longestSide) };
    return isConfined ? fitted(region, most) : { width, height };
  }
  if (isConfined) return undefined;
  if (w !== undefined) return { width, height: atLeastOne((region.height * width) / region.width) };
  if (h !== undefined) return { width: atLeastOne((region.width * height) / region.height), height };
  return undefined;
}

/** As large as it can be within a size without being enlarged. */
function fitted(region: Size, most: Size): Size | undefined {
  const scale = Math.min(1, most.width / region.width, most.height / region.height);
  if (scale === 0) return undefined;
  return { width: atLeastOne(region.width * scale), height: atLeastOne(region.height * scale) };
}

const atLeastOne = (length: number) => Math.max(1, Math.round(length));

/** A picture that was cut into tiles of one size in several scales, rising: 1, 2, 4, … of its pixels to one of a tile. */
export interface TiledPicture extends Size {
  readonly tiles: readonly [{ readonly width: number; readonly scaleFactors: readonly number[] }];
}

/** What the names in it mean, by JSON-LD. */
export const context = 'http://iiif.io/api/image/3/context.json';

/** What tells of a picture at an address (section 5). */
export const imageInformation = (id: string, { width, height, tiles }: TiledPicture) => ({
  '@context': context,
  id,
  type: 'ImageService3',
  protocol: 'http://iiif.io/api/image',
  profile: 'level1',
  width,
  height,
  maxWidth: longestSide,
  maxHeight: longestSide,
  tiles,
  extraFeatures: ['sizeByWh', 'sizeByConfinedWh'],
});

/** The tiles that a part of a picture is put together of: if they are not too many, in the coarsest scale that shows as much as is wanted. */
export function tilesFor(
  { region, width, height }: ImageRequest,
  { tiles: [{ width: side, scaleFactors }], ...picture }: TiledPicture,
): { scale: number; boxes: Box[] } {
  const most = Math.min(region.width / width, region.height / height);
  // What is narrowed in one direction alone would have too many tiles in the other.
  const least = Math.max(region.width, region.height) / (2 * longestSide);
  const scale =
    scaleFactors.toReversed().find((each) => each <= most && each >= least) ??
    scaleFactors.find((each) => each >= least) ??
    1;
  const step = side * scale;
  const starts = (from: number, length: number) => {
    const first = Math.floor(from / step);
    const count = Math.ceil((from + length) / step) - first;
    return Array.from({ length: count }, (_, at) => (first + at) * step);
  };
  const boxes = starts(region.y, region.height).flatMap((y) =>
    starts(region.x, region.width).map((x) => ({
      x,
      y,
      width: Math.min(step, picture.width - x),
      height: Math.min(step, picture.height - y),
    })),
  );
  return { scale, boxes };
}

/** How a part is named in the address of a tile (section 4.7). */
export const regionName = ({ x, y, width, height }: Box, picture: Size): string =>
  width === picture.width && height === picture.height ? 'full' : [x, y, width, height].join(',');
