import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { panoramaOf } from '../panorama-of.ts';

/** A tagged sphere: red in front, green to the right, blue behind, yellow to the left; white above. */
export async function panorama(): Promise<Buffer> {
  const [width, height] = [1024, 512];
  const quarter = (x: number, fill: string, w = width / 4) =>
    `<rect x="${x}" width="${w}" height="${height}" fill="${fill}"/>`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${quarter(0, '#00f')}${quarter(128, '#ff0')}${quarter(384, '#f00')}${quarter(640, '#0f0')}${quarter(896, '#00f', 128)}<rect width="${width}" height="60" fill="#fff"/></svg>`;
  return panoramaOf(drawing);
}

/** The colour in the middle of the sphere, as a word. */
export async function middleOf(page: Page): Promise<string> {
  const picture = sharp(await page.getByRole('application').screenshot());
  const { width, height } = await picture.metadata();
  const place = { left: Math.floor(width / 2), top: Math.floor(height / 2), width: 4, height: 4 };
  const { channels } = await sharp(await picture.extract(place).png().toBuffer()).stats();
  const [red, green, blue] = channels.map(({ mean }) => mean > 128);
  if (red && green && blue) return 'white';
  if (red && green) return 'yellow';
  return red ? 'red' : green ? 'green' : blue ? 'blue' : 'dark';
}
