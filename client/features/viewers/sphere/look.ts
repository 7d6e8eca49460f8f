import type { Look as Kept } from '../../../../server/resources/contract.ts';
import type { Sphere } from '../kinds.ts';

/** Where somebody in the middle of a sphere looks, in degrees: to the right of the picture's middle, up, and how wide. */
export type Look = Readonly<Kept>;

/** Where one looks first. */
export const startOf = ({ yaw, pitch, view = 75 }: Sphere): Look => ({ yaw, pitch, width: view });

const narrowest = 25;
const widest = 95;
/** Straight up and down the picture would spin. */
const steepest = 89;

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/** Within what can be looked at. */
export const inBounds = ({ yaw, pitch, width }: Look): Look => ({
  yaw: ((((yaw + 180) % 360) + 360) % 360) - 180,
  pitch: between(-steepest, pitch, steepest),
  width: between(narrowest, width, widest),
});

/** After the picture has been dragged by so many pixels on a stage of that height: it stays under the finger. */
export function dragged(look: Look, x: number, y: number, height: number): Look {
  const degrees = look.width / Math.max(1, height);
  return inBounds({ ...look, yaw: look.yaw - x * degrees, pitch: look.pitch + y * degrees });
}

/** After so many steps closer, or back when negative. */
export const zoomed = (look: Look, steps: number): Look =>
  inBounds({ ...look, width: look.width * 0.85 ** steps });

/** After a key; undefined for one that means nothing here. The nearer one looks, the smaller are the steps. */
export function keyed(look: Look, key: string, start: Look): Look | undefined {
  const step = look.width / 6;
  switch (key) {
    case 'ArrowLeft':
      return inBounds({ ...look, yaw: look.yaw - step });
    case 'ArrowRight':
      return inBounds({ ...look, yaw: look.yaw + step });
    case 'ArrowUp':
      return inBounds({ ...look, pitch: look.pitch + step });
    case 'ArrowDown':
      return inBounds({ ...look, pitch: look.pitch - step });
    case '+':
    case '=':
      return zoomed(look, 1);
    case '-':
      return zoomed(look, -1);
    case 'Home':
      return start;
    default:
      return undefined;
  }
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const degrees = (angle: number) => (angle * 180) / Math.PI;

/**
 * Where the back of a phone points: clockwise from north, and up (W3C Device Orientation, section on the rotation
 * matrix Z-X'-Y''). How the phone is turned around that line does not count: the horizon stays level.
 */
export function directionOf(alpha: number, beta: number, gamma: number): { heading: number; pitch: number } {
  const [a, b, g] = [radians(alpha), radians(beta), radians(gamma)];
  const east = -Math.sin(g) * Math.cos(a) - Math.cos(g) * Math.sin(b) * Math.sin(a);
  const north = -Math.sin(g) * Math.sin(a) + Math.cos(g) * Math.sin(b) * Math.cos(a);
  const up = -Math.cos(g) * Math.cos(b);
  return { heading: degrees(Math.atan2(east, north)), pitch: degrees(Math.asin(between(-1, up, 1))) };
}

/** A point of the sphere. */
export type Direction = Pick<Look, 'yaw' | 'pitch'>;

/**
 * Where a point of the sphere is seen, as shares of the stage from its upper left corner; undefined behind one's back.
 * @param aspect width of the stage by its height
 */
export function placeOf(look: Look, at: Direction, aspect: number): { x: number; y: number } | undefined {
  const [turn, pitch, up] = [radians(at.yaw - look.yaw), radians(at.pitch), radians(look.pitch)];
  const [level, height] = [Math.cos(pitch) * Math.cos(turn), Math.sin(pitch)];
  const depth = level * Math.cos(up) + height * Math.sin(up);
  if (depth <= 0.01) return undefined;
  const half = Math.tan(radians(look.width) / 2);
  return {
    x: 0.5 + (Math.cos(pitch) * Math.sin(turn)) / depth / half / aspect / 2,
    y: 0.5 - (height * Math.cos(up) - level * Math.sin(up)) / depth / half / 2,
  };
}

/** The point of the sphere that is seen at a place of the stage: the other way round. */
export function directionAt(look: Look, place: { x: number; y: number }, aspect: number): Direction {
  const half = Math.tan(radians(look.width) / 2);
  const right = (place.x - 0.5) * 2 * half * aspect;
  const above = (0.5 - place.y) * 2 * half;
  const up = radians(look.pitch);
  const [height, level] = [above * Math.cos(up) + Math.sin(up), Math.cos(up) - above * Math.sin(up)];
  const { yaw } = inBounds({ ...look, yaw: look.yaw + degrees(Math.atan2(right, level)) });
  return { yaw: tenth(yaw), pitch: tenth(degrees(Math.atan2(height, Math.hypot(right, level)))) };
}

/** Nobody points more exactly. */
const tenth = (angle: number) => Math.round(angle * 10) / 10 + 0;

/** A look as it is kept. */
export const kept = ({ yaw, pitch, width }: Look): Look => ({
  yaw: tenth(yaw),
  pitch: tenth(pitch),
  width: tenth(width),
});

/** On the way from one look to another, by the shorter way round. */
export function underWay(from: Look, to: Look, share: number): Look {
  const turn = inBounds({ ...to, yaw: to.yaw - from.yaw }).yaw;
  const eased = share * share * (3 - 2 * share);
  return inBounds({
    yaw: from.yaw + turn * eased,
    pitch: from.pitch + (to.pitch - from.pitch) * eased,
    width: from.width + (to.width - from.width) * eased,
  });
}
