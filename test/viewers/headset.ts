import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { eventually } from '../eventually.ts';

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

/** Puts the headset on, where a page offers it. */
export async function enter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'VR：戴上头显查看' }).click();
  await page.locator('[data-webxr_runtime] canvas').first().waitFor();
}

/** Waits until nothing is shown in the headset any more. */
export const hasLeft = (page: Page): Promise<void> =>
  page.locator('[data-webxr_runtime]').waitFor({ state: 'detached' });

/** Does something to the emulated headset. */
export const withHeadset = (page: Page, what: (headset: Headset) => void): Promise<void> =>
  page.evaluate(`(${what.toString()})(globalThis.headset)`);

/** Presses the right thumbstick to where it is told, for some frames, and lets go. */
export async function pushStick(page: Page, x: number, y: number): Promise<void> {
  for (const to of [[x, y] as const, [0, 0] as const]) {
    await page.evaluate(`headset.controllers.right.updateAxes('thumbstick', ${to.join()})`);
    await someFrames(page);
  }
}

/** Waits until the headset has shown some frames, however slowly a machine draws them; or until the session has ended. */
const someFrames = (page: Page): Promise<void> =>
  page.evaluate(`new Promise((done) => {
    const session = headset.activeSession;
    if (!session) return done();
    session.addEventListener('end', () => done());
    const next = (left) => (left === 0 ? done() : session.requestAnimationFrame(() => next(left - 1)));
    next(4);
  })`);

/** Waits for what an eye sees at last: the first picture takes long where a processor draws it. */
export const seen = (check: () => Promise<void>): Promise<void> => eventually(check, 120_000);

type Point = readonly [x: number, y: number, z: number];

/** Holds the right controller in front of the shoulder, and points at a place in the room. */
export async function pointAt(page: Page, [x, y, z]: Point): Promise<void> {
  const hand: Point = [0.15, 1.3, -0.1];
  const along = [x - hand[0], y - hand[1], z - hand[2]] as const;
  const length = Math.hypot(...along);
  // The shortest way to turn a ray from -z.
  const turn = [along[1] / length, -along[0] / length, 0, 1 - along[2] / length];
  const size = Math.hypot(...turn);
  await page.evaluate(`{
    const { right } = headset.controllers;
    right.position.set(${hand.join()});
    right.quaternion.set(${turn.map((part) => part / size).join()});
  }`);
  await someFrames(page);
}

/** Pulls the trigger at a place, and lets go. */
export async function choose(page: Page, at: Point): Promise<void> {
  await pointAt(page, at);
  for (const value of [1, 0]) {
    await page.evaluate(`headset.controllers.right.updateButtonValue('trigger', ${value})`);
    await someFrames(page);
  }
}

/** Where a button of the board is, for eyes 1.6 m above the floor: its column and row, of as many rows. */
export function buttonAt(column: number, row: number, rows: number): Point {
  const [ahead, left, below] = [0.5, 0.4, 0.45];
  const tilt = Math.atan2(below, Math.hypot(ahead, left));
  const turn = Math.atan2(left, ahead);
  const [across, up] = [(column - 0.5) * 0.212, ((rows - 1) / 2 - row) * 0.087];
  const back = -up * Math.sin(tilt);
  return [
    across * Math.cos(turn) + back * Math.sin(turn) - left,
    1.6 - below + up * Math.cos(tilt),
    back * Math.cos(turn) - across * Math.sin(turn) - ahead,
  ];
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
export const redness = (eye: Eye): number => strengthOf(eye, 0, [1, 2]);
/** The share of pixels that are clearly green. */
export const greenness = (eye: Eye): number => strengthOf(eye, 1, [0, 2]);

const strengthOf = ({ pixels }: Eye, one: number, [other, third]: readonly [number, number]): number =>
  shareOf(
    pixels,
    (at) => (pixels[at + one] ?? 0) > 1.8 * Math.max(pixels[at + other] ?? 0, pixels[at + third] ?? 0),
  );

function shareOf(pixels: Buffer, fits: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 3) if (fits(at)) count++;
  return count / (pixels.length / 3);
}
