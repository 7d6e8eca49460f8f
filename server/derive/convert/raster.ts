/** Draws shaded triangles into a picture: enough to recognise a model by, without a graphics card or a browser. */

export interface Paint {
  /** linear, 0 to 1 */
  colour: readonly [number, number, number];
  texture?: { width: number; height: number; pixels: Uint8Array };
}

export interface Triangle {
  /** three corners in the room of the camera: x to the right, y up, z towards it; in units of half the picture's height */
  corners: ArrayLike<number>;
  /** two numbers a corner */
  uv?: ArrayLike<number>;
  paint: Paint;
}

/** Where light comes from, in the room of the camera, and how much of it. */
const lights = [
  { x: 0.45, y: 0.65, z: 0.62, strength: 0.75 },
  { x: -0.7, y: 0.1, z: 0.7, strength: 0.25 },
] as const;
const everywhere = 0.28;

export class Raster {
  readonly width: number;
  readonly height: number;
  /** red, green and blue, a byte each */
  readonly pixels: Buffer;
  readonly #depth: Float32Array;

  constructor(width: number, height: number, background: readonly [number, number, number]) {
    this.width = width;
    this.height = height;
    this.pixels = Buffer.alloc(width * height * 3);
    for (let at = 0; at < this.pixels.length; at++) this.pixels[at] = background[at % 3] ?? 0;
    this.#depth = new Float32Array(width * height).fill(Number.NEGATIVE_INFINITY);
  }

  draw({ corners: c, uv, paint }: Triangle): void {
    const half = this.height / 2;
    const n = (index: number) => c[index] as number;
    const [x0, y0, z0] = [this.width / 2 + n(0) * half, half - n(1) * half, n(2)];
    const [x1, y1, z1] = [this.width / 2 + n(3) * half, half - n(4) * half, n(5)];
    const [x2, y2, z2] = [this.width / 2 + n(6) * half, half - n(7) * half, n(8)];
    const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
    if (area === 0 || !Number.isFinite(area)) return;
    const light = brightness(c);
    const left = Math.max(0, Math.floor(Math.min(x0, x1, x2)));
    const right = Math.min(this.width - 1, Math.ceil(Math.max(x0, x1, x2)));
    const top = Math.max(0, Math.floor(Math.min(y0, y1, y2)));
    const bottom = Math.min(this.height - 1, Math.ceil(Math.max(y0, y1, y2)));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const a = ((x1 - x) * (y2 - y) - (x2 - x) * (y1 - y)) / area;
        const b = ((x2 - x) * (y0 - y) - (x0 - x) * (y2 - y)) / area;
        const d = 1 - a - b;
        if (a < 0 || b < 0 || d < 0) continue;
        const z = a * z0 + b * z1 + d * z2;
        const at = y * this.width + x;
        if (z <= (this.#depth[at] as number)) continue;
        this.#depth[at] = z;
        this.#put(at, paint, light, uv && texelAt(paint, uv, a, b, d));
      }
    }
  }

  #put(at: number, { colour, texture }: Paint, light: number, texel: number | undefined): void {
    for (const channel of [0, 1, 2] as const) {
      const painted = texel === undefined || !texture ? 1 : linear(texture.pixels[texel + channel] ?? 255);
      this.pixels[at * 3 + channel] = shown(colour[channel] * painted * light);
    }
  }
}

/** How much light a triangle sends to the camera, from both of its sides. */
function brightness(c: ArrayLike<number>): number {
  const n = (index: number) => c[index] as number;
  const [ux, uy, uz] = [n(3) - n(0), n(4) - n(1), n(5) - n(2)];
  const [vx, vy, vz] = [n(6) - n(0), n(7) - n(1), n(8) - n(2)];
  const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(nx, ny, nz) * (nz < 0 ? -1 : 1) || 1;
  return lights.reduce(
    (sum, { x, y, z, strength }) => sum + strength * Math.max(0, (nx * x + ny * y + nz * z) / length),
    everywhere,
  );
}

/** Where in a texture's pixels the colour of a point stands; textures repeat (glTF 2.0, section 3.8.4.2). */
function texelAt(
  { texture }: Paint,
  uv: ArrayLike<number>,
  a: number,
  b: number,
  d: number,
): number | undefined {
  if (!texture) return undefined;
  const [u0 = 0, v0 = 0, u1 = 0, v1 = 0, u2 = 0, v2 = 0] = Array.from(uv);
  const u = a * u0 + b * u1 + d * u2;
  const v = a * v0 + b * v1 + d * v2;
  const x = Math.min(texture.width - 1, Math.floor((u - Math.floor(u)) * texture.width));
  const y = Math.min(texture.height - 1, Math.floor((v - Math.floor(v)) * texture.height));
  return (y * texture.width + x) * 3;
}

const linear = (byte: number) => (byte / 255) ** 2.2;
const shown = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)) ** (1 / 2.2));
