/** Where somebody in the middle of a sphere looks, in degrees: to the right of the picture's middle, up, and how wide. */
export interface Look {
  readonly yaw: number;
  readonly pitch: number;
  /** angle between the upper and the lower edge */
  readonly width: number;
}

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
