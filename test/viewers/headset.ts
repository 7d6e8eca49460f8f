import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

const emulator = createRequire(import.meta.url).resolve('iwer/build/iwer.min.js');

/** What the emulator of headsets offers to a page, as far as it is used here. */
interface Emulated {
  updateAxes(id: string, x: number, y: number): void;
  updateButtonValue(id: string, value: number): void;
}
interface Headset {
  stereoEnabled: boolean;
  controllers: {
    right: Emulated & { quaternion: { set(x: number, y: number, z: number, w: number): void } };
  };
  installRuntime(how: { forceInstall: boolean }): void;
}

/** A headset with two controllers, emulated by IWER for a page that has not been opened yet. */
export async function wearHeadset(page: Page): Promise<void> {
  await page.addInitScript(await readFile(emulator, 'utf8'));
  await page.addInitScript(() => {
    const given = globalThis as unknown as {
      IWER: { XRDevice: new (config: unknown) => Headset; metaQuest3: unknown };
      headset: Headset;
    };
    given.headset = new given.IWER.XRDevice(given.IWER.metaQuest3);
    given.headset.stereoEnabled = true;
    given.headset.installRuntime({ forceInstall: true });
  });
}

/** Does something to the emulated headset. */
export const withHeadset = (page: Page, what: (headset: Headset) => void): Promise<void> =>
  page.evaluate(`(${what.toString()})(globalThis.headset)`);

/** Presses the right thumbstick to where it is told, for some frames, and lets go. */
export async function pushStick(page: Page, x: number, y: number): Promise<void> {
  const push = (to: readonly [number, number]) =>
    page.evaluate(`headset.controllers.right.updateAxes('thumbstick', ${to[0]}, ${to[1]})`);
  await push([x, y]);
  await page.waitForTimeout(600);
  await push([0, 0]);
  await page.waitForTimeout(600);
}

export interface Eye {
  /** The colour in its middle, as a word. */
  middle: string;
  /** Red, green and blue of each pixel. */
  pixels: Buffer;
}

/** What each eye sees; the emulator shows them side by side, over the page. */
export async function eyesOf(page: Page): Promise<{ left: Eye; right: Eye }> {
  const picture = sharp(await page.screenshot());
  const { width, height } = await picture.metadata();
  const half = Math.floor(width / 2);
  const eye = async (left: number): Promise<Eye> => {
    const place = { left, top: 0, width: half, height };
    const pixels = await picture.clone().extract(place).removeAlpha().raw().toBuffer();
    const at = 3 * (Math.floor(height / 2) * half + Math.floor(half / 2));
    return { middle: wordFor([...pixels.subarray(at, at + 3)]), pixels };
  };
  return { left: await eye(0), right: await eye(half) };
}

function wordFor(colour: readonly number[]): string {
  const most = Math.max(...colour);
  const strong = (value = 0) => value > 0.6 * most && value > 90;
  return ['red', 'green', 'blue'].filter((_, at) => strong(colour[at])).join('+') || 'dark';
}

/** The share of pixels that differ between two views of the same size. */
export const difference = (a: Eye, b: Eye): number =>
  shareOf(a.pixels, (at) => far(a.pixels, b.pixels, at) + far(a.pixels, b.pixels, at + 1) > 24);

const far = (a: Buffer, b: Buffer, at: number) => Math.abs((a[at] ?? 0) - (b[at] ?? 0));

/** The share of pixels that are clearly red. */
export const redness = ({ pixels }: Eye): number =>
  shareOf(pixels, (at) => (pixels[at] ?? 0) > 1.8 * Math.max(pixels[at + 1] ?? 0, pixels[at + 2] ?? 0));

function shareOf(pixels: Buffer, fits: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 3) if (fits(at)) count++;
  return count / (pixels.length / 3);
}
