import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { chooseView, getResource } from '../../server/resources/contract.ts';
import { publishDraft, published, spheresFound, uploadFiles } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { panoramaOf } from '../panorama-of.ts';
import { middleOf, panorama } from './all-around.ts';

inChromium('360° photos', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    id = await published(author, group.admin, { '车间全景.jpg': await panorama() });
    expect(await spheresFound(author, id)).toMatchObject([{ isTagged: true }]);
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
    await eventually(async () => {
      // As a phone does: it goes on telling, and whoever listens late hears it too, from one turn to the next.
      await page.evaluate(
        `for (const alpha of [10, 280]) dispatchEvent(new DeviceOrientationEvent('deviceorientation', { alpha, beta: 90, gamma: 0 }))`,
      );
      expect(await middleOf(page)).toBe('green');
    }, 20_000);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('are shown flat on request, and around again', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: '平面查看' }).click();
    await page.getByRole('img', { name: '车间全景.jpg' }).waitFor();
    await page.getByRole('button', { name: '360° 查看' }).click();
    await page.getByRole('application').waitFor();
  });

  test('lie around as their tags say: tipped like the camera, and only where they were taken', async () => {
    const plain = (inside: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="512"><rect width="1024" height="512" fill="#f00"/>${inside}</svg>`;
    const horizon = '<rect y="228" width="1024" height="56" fill="#00f"/>'; // ten degrees up and down
    const part = {
      ...{ FullPanoWidthPixels: 2048, FullPanoHeightPixels: 1024 },
      ...{ CroppedAreaImageWidthPixels: 1024, CroppedAreaImageHeightPixels: 512 },
      ...{ CroppedAreaLeftPixels: 512, CroppedAreaTopPixels: 256 },
    };
    const made = await published(author, group.admin, {
      '抬头.jpg': await panoramaOf(plain(horizon), { PosePitchDegrees: 30 }),
      '局部.jpg': await panoramaOf(plain(''), part),
    });
    await spheresFound(author, made, { count: 2 });
    const page = await browser.open(group, { cookie: author.headers.cookie });
    const view = page.getByRole('application');
    const look = async (path: string) => {
      await page.goto(`/resources/${made}?file=${encodeURIComponent(path)}`);
      await view.waitFor();
      await sees(page, 'red');
      await view.focus();
    };
    const press = async (key: string, times: number) => {
      for (let i = 0; i < times; i++) await page.keyboard.press(key);
    };
    await look('抬头.jpg');
    await press('ArrowUp', 2); // 25 degrees
    await sees(page, 'blue');
    await press('ArrowUp', 2);
    await sees(page, 'red');
    await look('局部.jpg');
    await press('ArrowRight', 6); // 75 degrees
    await sees(page, 'red');
    await press('ArrowRight', 2);
    await eventually(async () => expect(await middleOf(page)).not.toBe('red'));
  });

  test('are zoomed by two fingers, and by buttons', async () => {
    const bar = '<rect x="483" width="58" height="512" fill="#f00"/>'; // ten degrees to the left and to the right
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="512">${bar}</svg>`;
    const made = await published(author, group.admin, { '立柱.jpg': await panoramaOf(drawing) });
    await spheresFound(author, made);
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const page = await browser.open(group, { cookie: author.headers.cookie, ...phone });
    await page.goto(`/resources/${made}`);
    const view = page.getByRole('application');
    await view.waitFor();
    await sees(page, 'red');
    /** How much of the picture is red. */
    const red = async () => (await sharp(await view.screenshot()).stats()).channels[0]?.mean ?? 0;
    const before = await red();
    for (let i = 0; i < 2; i++) await page.getByRole('button', { name: '放大' }).click();
    await eventually(async () => expect(await red()).toBeGreaterThan(before * 1.2));
    const nearer = await red();
    const { x, y, width, height } = (await view.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const touch = await page.context().newCDPSession(page);
    const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...places: number[]) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: places.map((away, id) => ({ x: x + width / 2 + away, y: y + height / 2, id })),
      });
    await fingers('touchStart', -110, 110);
    for (const away of [80, 50, 30]) await fingers('touchMove', -away, away);
    await fingers('touchEnd');
    await eventually(async () => expect(await red()).toBeLessThan(nearer / 1.2));
  });

  test('are looked around in within the page of another site, where browsers refuse storage', async () => {
    const page = await browser.open(group);
    await page.addInitScript(
      `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError') } })`,
    );
    await page.goto(`/embed/${id}`);
    await sees(page, 'red');
    await page.getByRole('application').press('ArrowRight');
    expect(await page.getByRole('img', { name: '车间全景.jpg' }).count()).toBe(0);
  });

  test('are what their author says they are', async () => {
    const flat = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const { id: draft } = await draftOf(author);
    await uploadFiles(author, draft, { '旧相机.png': flat });
    // A list that moves with a drawer that slides in may lose a click.
    const page = await browser.open(group, { cookie: author.headers.cookie, reducedMotion: 'reduce' });
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

inChromium('tours of 360° photos', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
  }, patience);

  async function withScenes(): Promise<string> {
    const { id } = await draftOf(author, { kind: 'xr', audience: { scope: 'public' } });
    const plain = (background: string) =>
      sharp({ create: { width: 512, height: 256, channels: 3, background } })
        .png()
        .toBuffer();
    await uploadFiles(author, id, { '车间.jpg': await panorama(), '库房.png': await plain('#00f') });
    must(await author.call(chooseView, { params: { id, path: '库房.png' }, body: { view: 'sphere' } }));
    await spheresFound(author, id, { version: 'draft', count: 2 });
    return id;
  }
  const stored = async (id: string) =>
    must(await author.call(getResource, { params: { id }, query: { view: 'draft' } })).body.files;
  const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };

  test('are made by their author: labels are put, dragged, moved by keys, and lead into the next photo', async () => {
    const id = await withScenes();
    const page = await browser.open(group, { cookie: author.headers.cookie, reducedMotion: 'reduce' });
    await page.goto(`/resources/${id}/edit`);
    await page.getByRole('button', { name: '预览 车间.jpg' }).click();
    await page.getByText('标注与封面').click();
    const view = page.getByRole('application');
    await eventually(async () => expect(await middleOf(page)).toBe('red'), 20_000);
    await page.getByRole('button', { name: '添加标注' }).click();
    await page.getByRole('button', { name: '放在画面中心' }).press('Enter');
    const form = page.getByRole('region', { name: '标注' });
    await form.getByLabel('名称').fill('去库房');
    const mark = page.getByRole('button', { name: '标注 1：去库房' });
    const at = await mark.boundingBox();
    await page.mouse.move((at?.x ?? 0) + 22, (at?.y ?? 0) + 22);
    await page.mouse.down();
    await page.mouse.move((at?.x ?? 0) + 122, (at?.y ?? 0) + 22, { steps: 5 });
    await page.mouse.up();
    const yaw = form.getByLabel('水平方向');
    await eventually(async () => expect(Number(await yaw.inputValue())).toBeGreaterThan(5));
    const dragged = Number(await yaw.inputValue());
    await mark.press('ArrowRight');
    await eventually(async () => expect(Number(await yaw.inputValue())).toBeCloseTo(dragged + 0.5, 1));
    await form.getByLabel('上下方向').fill('12');
    await form.getByRole('combobox', { name: '通往场景' }).click();
    await page.getByTitle('库房', { exact: true }).click();
    await page.getByRole('button', { name: '选择到达时的视角' }).click();
    await eventually(async () => expect(await middleOf(page)).toBe('blue'), 20_000);
    await view.press('ArrowRight');
    await page.getByRole('button', { name: '到达时看这里' }).click();
    await eventually(async () => expect(await middleOf(page)).toBe('red'), 20_000);
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: '保存标注' }).click();
    await page.getByRole('button', { name: '标注已保存' }).waitFor();
    await view.press('ArrowLeft');
    await page.getByRole('button', { name: '一开始看这里' }).click();
    await page.getByText('已记住：打开时先看这里').waitFor();
    const [hall] = await stored(id);
    expect(hall?.annotations).toMatchObject([
      { title: '去库房', position: { pitch: 12 }, scene: { path: '库房.png', look: { yaw: 12.5 } } },
    ]);
    expect(hall?.look?.yaw).toBeLessThan(0);
  }, 180_000);

  test('are walked through by learners, whose address tells where they are', async () => {
    const id = await withScenes();
    const at = (yaw: number) => ({ yaw, pitch: 0, width: 75 });
    const annotations = [
      { title: '绿墙', text: '这里放量具', position: { yaw: 90, pitch: 0 }, view: at(90) },
      { title: '去库房', position: { yaw: 8, pitch: -12 }, view: at(0), scene: { path: '库房.png' } },
    ];
    const back = [
      {
        title: '回车间',
        position: { yaw: 5, pitch: 5 },
        view: at(0),
        scene: { path: '车间.jpg', look: at(90) },
      },
    ];
    await publishDraft(author, group.admin, id, { '车间.jpg': annotations, '库房.png': back });

    const page = await browser.open(group, { reducedMotion: 'reduce' });
    await page.goto(`/resources/${id}`);
    const sees = (colour: string) =>
      eventually(async () => expect(await middleOf(page)).toBe(colour), 20_000);
    await sees('red');
    const tour = page.getByRole('region', { name: '全景导览' });
    await tour.getByRole('button', { name: '开始导览' }).click();
    await sees('green');
    await tour.getByText('这里放量具').first().waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await tour.getByRole('switch').click();
    expect(await page.getByText('这里放量具').count()).toBe(0);
    await tour.getByRole('button', { name: '看答案' }).click();
    await tour.getByRole('button', { name: '下一处' }).press('Enter');
    await sees('red');
    await page.getByRole('button', { name: '去库房（点击前往）' }).click();
    await sees('blue');
    expect(new URL(page.url()).searchParams.get('file')).toBe('库房.png');
    await page.getByRole('button', { name: '回车间（点击前往）' }).click();
    await sees('green');
    await page.goBack();
    await sees('blue');

    const small = await browser.open(group, { ...phone, reducedMotion: 'reduce' });
    await small.goto(
      `/resources/${id}?file=${encodeURIComponent('车间.jpg')}&part=${encodeURIComponent('绿墙')}`,
    );
    await eventually(async () => expect(await middleOf(small)).toBe('green'), 20_000);
    await small.getByText('第 1 处，共 2 处').waitFor();
    expect(await small.evaluate('document.documentElement.scrollWidth')).toBe(360);
  }, 180_000);
});
