import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { listPreviews } from '../../server/content/contract.ts';
import { published, uploadFiles } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

/** A tagged sphere: red in front, green to the right, blue behind, yellow to the left; white above. */
async function panorama(): Promise<Buffer> {
  const [width, height] = [1024, 512];
  const quarter = (x: number, fill: string, w = width / 4) =>
    `<rect x="${x}" width="${w}" height="${height}" fill="${fill}"/>`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${quarter(0, '#00f')}${quarter(128, '#ff0')}${quarter(384, '#f00')}${quarter(640, '#0f0')}${quarter(896, '#00f', 128)}<rect width="${width}" height="60" fill="#fff"/></svg>`;
  return sharp(Buffer.from(drawing))
    .jpeg()
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:ProjectionType="equirectangular"/></rdf:RDF></x:xmpmeta>',
    )
    .toBuffer();
}

inChromium('360° photos', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    id = await published(author, group.admin, { '车间全景.jpg': await panorama() });
    await eventually(async () => {
      const asked = { params: { id }, query: { version: 'newest' as const } };
      expect(must(await author.call(listPreviews, asked)).body.items[0]?.facts.sphere?.isTagged).toBe(true);
    }, 30_000);
  }, patience);

  const open = async (more: Parameters<typeof browser.open>[1] = {}) => {
    const page = await browser.open(group, { cookie: author.headers.cookie, ...more });
    await page.goto(`/resources/${id}?file=${encodeURIComponent('车间全景.jpg')}`);
    const view = page.getByRole('application');
    await view.waitFor();
    return { page, view };
  };
  const sees = (page: Page, colour: string) =>
    eventually(async () => expect(await middleOf(page)).toBe(colour), 20_000);

  test('are looked around in by keys and by dragging, from the middle on', async () => {
    const { page, view } = await open();
    await sees(page, 'red');
    expect(await violationsOn(page)).toEqual([]);
    await view.focus();
    for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight');
    await sees(page, 'green');
    await page.keyboard.press('Home');
    await sees(page, 'red');
    for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowUp');
    await sees(page, 'white');
    await page.keyboard.press('Home');
    const box = await view.boundingBox();
    if (!box) throw new Error('It is not on the page');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + box.height * 1.2, y, { steps: 5 });
    await page.mouse.up();
    await sees(page, 'yellow');
  });

  test('are looked around in by turning the phone', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page } = await open(phone);
    await sees(page, 'red');
    await page.getByRole('button', { name: '随手机转动' }).click();
    for (const alpha of [10, 280])
      await page.evaluate(
        `dispatchEvent(new DeviceOrientationEvent('deviceorientation', { alpha: ${alpha}, beta: 90, gamma: 0 }))`,
      );
    await sees(page, 'green');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('are shown flat on request, and around again', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: '平面查看' }).click();
    await page.getByRole('img', { name: '车间全景.jpg' }).waitFor();
    await page.getByRole('button', { name: '360° 查看' }).click();
    await page.getByRole('application').waitFor();
  });

  test('are what their author says they are', async () => {
    const flat = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const { id: draft } = await draftOf(author);
    await uploadFiles(author, draft, { '旧相机.png': flat });
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${draft}/edit`);
    await page
      .getByRole('button', { name: /旧相机\.png/ })
      .first()
      .click();
    await page.getByRole('combobox', { name: '查看方式' }).click();
    await page.getByTitle('360° 全景').click();
    await page.getByRole('application').waitFor({ timeout: 60_000 }); // the picture is read in a job
    await sees(page, 'red');
  }, 120_000);
});

/** The colour in the middle of the sphere, as a word. */
async function middleOf(page: Page): Promise<string> {
  const picture = sharp(await page.getByRole('application').screenshot());
  const { width, height } = await picture.metadata();
  const place = { left: Math.floor(width / 2), top: Math.floor(height / 2), width: 4, height: 4 };
  const { channels } = await sharp(await picture.extract(place).png().toBuffer()).stats();
  const [red, green, blue] = channels.map(({ mean }) => mean > 128);
  if (red && green && blue) return 'white';
  if (red && green) return 'yellow';
  return red ? 'red' : green ? 'green' : blue ? 'blue' : 'dark';
}
