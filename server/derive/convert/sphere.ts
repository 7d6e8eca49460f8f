import type { Sphere } from '../contract.ts';

/**
 * What a picture must be to be taken for a whole sphere without saying so: twice as wide as high, and as large as a
 * 360° camera makes it. Photographs and screens have other shapes.
 */
const widthOfCameras = 3840;

/**
 * How a picture lies on a sphere around whoever looks at it, when it does: by its tags (Google Photo Sphere XMP
 * metadata, `GPano`), otherwise by its shape. Undefined for a flat picture.
 * @param xmp the XMP packet of the file, as text
 */
export function sphereOf(
  { width, height }: { width: number; height: number },
  xmp: string | undefined,
): Sphere | undefined {
  const tags = tagsIn(xmp ?? '');
  const projection = tags.get('ProjectionType');
  if (projection === undefined) return sphereByShape({ width, height });
  if (projection.toLowerCase() !== 'equirectangular' || tags.get('UsePanoramaViewer') === 'False')
    return undefined;
  const number = numberIn(tags);
  const heading = number('PoseHeadingDegrees', -360, 360) ?? 0;
  const first = number('InitialViewHeadingDegrees', -360, 360);
  const view = number('InitialHorizontalFOVDegrees', 20, 120);
  const area = areaOf((name) => number(name, 0, 1_000_000));
  return {
    isTagged: true,
    // The view's heading is told from north; that of the picture's middle is the pose (GPano).
    yaw: first === undefined ? 0 : turned(first - heading),
    pitch: number('InitialViewPitchDegrees', -90, 90) ?? 0,
    tilt: number('PosePitchDegrees', -90, 90) ?? 0,
    roll: number('PoseRollDegrees', -180, 180) ?? 0,
    ...(view !== undefined && { view }),
    ...(area && { area }),
  };
}

/** What nothing but its shape tells of. */
export const sphereByShape = ({ width, height }: { width: number; height: number }): Sphere | undefined =>
  width === 2 * height && width >= widthOfCameras ? { isTagged: false, ...forward } : undefined;

/** A number among tags, when it is within bounds. */
export const numberIn =
  (tags: ReadonlyMap<string, string>) =>
  (name: string, least: number, most: number): number | undefined => {
    const value = Number(tags.get(name) || Number.NaN);
    return value >= least && value <= most ? value : undefined;
  };

const forward = { yaw: 0, pitch: 0, tilt: 0, roll: 0 };

/** Degrees between -180 and 180. */
const turned = (degrees: number) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** Tags as attributes or as elements: XMP may write both (ISO 16684-1, section 7.5 and 7.9.2.2). */
export function tagsIn(xmp: string): Map<string, string> {
  const found = xmp.matchAll(/(?<!\/)(?:GPano|GSpherical):(\w+)\s*(?:=\s*["']([^"']*)["']|>([^<]*)<)/g);
  return new Map(
    [...found].map(([, name = '', attribute, element]) => [name, (attribute ?? element ?? '').trim()]),
  );
}

/** The part of the sphere that the picture covers, as shares of its width and height; undefined for all of it. */
export function areaOf(number: (name: string) => number | undefined): Sphere['area'] {
  const fullWidth = number('FullPanoWidthPixels');
  const fullHeight = number('FullPanoHeightPixels');
  const width = number('CroppedAreaImageWidthPixels');
  const height = number('CroppedAreaImageHeightPixels');
  const left = number('CroppedAreaLeftPixels') ?? 0;
  const top = number('CroppedAreaTopPixels') ?? 0;
  if (!fullWidth || !fullHeight || !width || !height) return undefined;
  const area = {
    left: left / fullWidth,
    top: top / fullHeight,
    width: width / fullWidth,
    height: height / fullHeight,
  };
  const isInside = area.left + area.width <= 1.001 && area.top + area.height <= 1.001;
  const isAll = area.width > 0.999 && area.height > 0.999;
  return isInside && !isAll ? area : undefined;
}
