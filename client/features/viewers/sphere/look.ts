import type { Look as Kept } from '../../../../server/resources/contract.ts';
import type { Sphere } from '../kinds.ts';

/** Where somebody in the middle of a sphere looks, in degrees: to the right of the picture's middle, up, and how wide. */
export type Look = Readonly<Kept>;

/** Where one looks first. */
export const startOf = ({ yaw, pitch, view = 75 }: Sphere): Look => ({ yaw, pitch, width: view });

export const narrowest = 25;
export const widest = 95;
/** Straight up and down the picture would spin. */
const steepest = 89;

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/** Degrees between -180 and 180. */
export const turned = (yaw: number): number => ((((yaw + 180) % 360) + 360) % 360) - 180;

/** Within what can be looked at. */
export const inBounds = ({ yaw, pitch, width }: Look): Look => ({
  yaw: turned(yaw),
  pitch: between(-steepest, pitch, steepest),
  width: between(narrowest, width, widest),
});

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

const tenth = (angle: number) => Math.round(angle * 10) / 10 + 0;

/** A point as it is kept: nobody points more exactly. */
export const inTenths = ({ yaw, pitch }: Direction): Direction => ({ yaw: tenth(yaw), pitch: tenth(pitch) });

/** A look as it is kept. */
export const kept = (look: Look): Look => ({ ...inTenths(look), width: tenth(look.width) });
