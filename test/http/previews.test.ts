import { get } from 'node:http';
import { expect, test } from '@jest/globals';
import PptxGenJs from 'pptxgenjs';
import sharp from 'sharp';
import { getCover, listPreviews } from '../../server/content/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import { getResource, publishResource } from '../../server/resources/contract.ts';
import { search } from '../../server/search/contract.ts';
import { published, uploadFiles } from '../browser/build-library.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg, motion } from '../film-of.ts';
import { zipOf } from '../zip-of.ts';
import { draftOf } from './build-resource.ts';
import { must, startGroup } from './start-group.ts';

test('packages are seen by the picture that stands for them, by their words or their names, sound by what it looks like', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const plain = (background: string, side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background } })
      .png({ compressionLevel: 0 })
      .toBuffer();
  const [red, green] = [await plain('#f00', 200), await plain('#0f0', 300)];
  const { id } = await draftOf(author, { audience: { scope: 'self' } });
  await uploadFiles(author, id, {
    '书.epub': await zipOf({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': '<container/>',
      'OEBPS/images/cover.png': red,
      'OEBPS/images/plate.png': green,
    }),
    '网页.zip': await zipOf({
      'index.html': '<p>对刀</p>',
      'a.png': red,
      'b.png': green,
      'icon.png': Buffer.alloc(9),
    }),
    '文字.zip': await zipOf({ 'index.html': '<h1>对刀</h1><p>试切法</p>' }),
    '资料.zip': await zipOf({ '资料/图纸.dwg': 'x', '资料/程序.nc': 'G00' }),
    '空.zip': await zipOf({ 'index.html': '' }),
    ...(hasFfmpeg && {
      '讲解.mp3': await filmOf('讲解.mp3', ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2']),
    }),
  });
  const items = await eventually(async () => {
    const found = must(await author.call(listPreviews, { params: { id }, query: { version: 'draft' } })).body
      .items;
    for (const { made } of found)
      expect(made.find(({ recipe }) => recipe === 'thumbnails')?.state).toMatch(/done|failed/);
    return new Map(found.map((item) => [item.path, item]));
  }, 60_000);
  const colourOf = async (path: string) => {
    const { dominant } = await sharp(
      Buffer.from(await (await fetch(items.get(path)?.thumbnails.small?.url ?? '')).arrayBuffer()),
    ).stats();
    return dominant.r > dominant.g ? 'red' : 'green';
  };
  expect(await colourOf('书.epub')).toBe('red');
  expect(await colourOf('网页.zip')).toBe('green');
  const pictures = await Promise.all(
    ['文字.zip', '资料.zip'].map(async (path) => {
      const { url = '' } = items.get(path)?.thumbnails.large ?? {};
      const { channels } = await sharp(Buffer.from(await (await fetch(url)).arrayBuffer())).stats();
      return channels[0];
    }),
  );
  for (const light of pictures) expect(light?.min).toBeLessThan(80);
  expect(pictures[0]?.mean).not.toBe(pictures[1]?.mean);
  expect(items.get('空.zip')?.made).toContainEqual(
    expect.objectContaining({ recipe: 'thumbnails', state: 'failed', reason: 'nothing-to-show' }),
  );
  if (hasFfmpeg) expect(items.get('讲解.mp3')?.thumbnails.small).toMatchObject({ width: 320, height: 180 });
}, 90_000);

test('an uploaded picture gets thumbnails, slides are found by their words, and a damaged file says why not', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: 'navy' } })
    .png()
    .toBuffer();
  const deck = new (PptxGenJs as unknown as new () => import('pptxgenjs').default)();
  deck.addSlide().addText('封面', { x: 1, y: 1, w: 6, h: 1 });
  deck.addSlide().addText('谐波减速器的拆装', { x: 1, y: 1, w: 6, h: 1 });
  const slides = (await deck.write({ outputType: 'nodebuffer' })) as Uint8Array;
  const damaged = Buffer.concat([picture.subarray(0, 60), Buffer.alloc(200), picture.subarray(-12)]);
  const { id } = await draftOf(author, { audience: { scope: 'self' } });
  const form = new FormData();
  for (const [name, bytes] of [
    ['图.png', picture],
    ['课件.pptx', slides],
    ['坏.png', damaged],
  ] as const)
    form.append('files', new Blob([new Uint8Array(bytes)]), name);
  const headers = { 'X-Courseyard': '1' };
  const sent = await author.fetch(`/api/resources/${id}/files`, { method: 'POST', body: form, headers });
  expect(sent.status).toBe(201);

  const items = await eventually(async () => {
    const found = must(await author.call(listPreviews, { params: { id }, query: { version: 'draft' } })).body
      .items;
    expect(found.flatMap(({ made }) => made).filter(({ state }) => state === 'waiting')).toEqual([]);
    return found;
  }, 40_000);
  const [image, deckPreview, broken] = items;
  expect(image?.facts.picture).toEqual({ width: 900, height: 600 });
  const small = await fetch(image?.thumbnails.small?.url ?? '');
  expect(small.headers.get('content-type')).toBe('image/webp');
  expect(await sharp(Buffer.from(await small.arrayBuffer())).metadata()).toMatchObject({
    width: 320,
    height: 213,
  });
  expect(deckPreview?.facts.pages).toBe(2);
  expect(broken?.made).toMatchObject([
    { recipe: 'thumbnails', state: 'failed', reason: 'damaged' },
    { recipe: 'text', state: 'failed', reason: 'damaged' },
  ]);
  const large = image?.thumbnails.large?.url ?? '';
  const smaller = await fetch(large, { headers: { Accept: 'image/avif,image/*' } });
  expect(smaller.headers.get('content-type')).toBe('image/avif');
  const { files } = must(await author.call(getResource, { params: { id }, query: {} })).body;
  expect(files.map(({ derivatives }) => derivatives?.thumbnails)).toEqual([
    { state: 'done' },
    expect.anything(),
    { state: 'failed', reason: 'damaged' },
  ]);
  const cover = await author.fetch(addressOf(getCover, { id }, {}));
  expect(cover.headers.get('content-type')).toBe('image/webp');

  must(await author.call(publishResource, { params: { id }, body: {} }));
  await eventually(async () => {
    const { items: hits } = must(await author.call(search, { query: { q: '谐波减速器' } })).body;
    expect(hits[0]?.passages).toMatchObject([{ file: '课件.pptx', slide: 2 }]);
  });
});

test('of a film that was cut off before its index it is told that it is damaged', async () => {
  if (!hasFfmpeg) return;
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const whole = await filmOf('磨削.mp4', [...motion('320x180', 25, 4), '-c:v', 'libx264']);
  const { id } = await draftOf(author, { audience: { scope: 'self' } });
  await uploadFiles(author, id, { '磨削.mp4': whole.subarray(0, whole.length / 2) });
  await eventually(async () => {
    const [film] = must(await author.call(listPreviews, { params: { id }, query: { version: 'draft' } })).body
      .items;
    const outcomes = film?.made.map(({ recipe, state, reason }) => `${recipe} ${state} ${reason}`);
    expect(outcomes?.sort()).toEqual(
      ['media', 'playable', 'thumbnails'].map((recipe) => `${recipe} failed damaged`),
    );
  }, 40_000);
}, 60_000);

test('captions inside of a film are taken out, with their languages, and found by their words', async () => {
  if (!hasFfmpeg) return;
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const srt = (words: string) => `1\n00:00:02,000 --> 00:00:03,500\n${words}\n`;
  const inputs = ['zh.srt', 'en.srt'].flatMap((name) => ['-i', name]);
  const maps = ['0:v', '1', '2'].flatMap((stream) => ['-map', stream]);
  const languages = ['-metadata:s:s:0', 'language=chi', '-metadata:s:s:1', 'language=eng'];
  const film = await filmOf(
    '修整.mp4',
    [...motion('320x180', 25, 4), ...inputs, ...maps, '-c:v', 'libx264', '-c:s', 'mov_text', ...languages],
    { 'zh.srt': Buffer.from(srt('金刚笔修整砂轮')), 'en.srt': Buffer.from(srt('dress the wheel')) },
  );
  const id = await published(author, group.admin, { '修整.mp4': film });
  const captions = await eventually(async () => {
    const { items } = must(await author.call(listPreviews, { params: { id }, query: {} })).body;
    expect(items[0]?.captions).toMatchObject([{ language: 'chi' }, { language: 'eng' }]);
    return items[0]?.captions ?? [];
  }, 40_000);
  const answer = await fetch(captions[0]?.url ?? '');
  expect(answer.headers.get('content-type')).toContain('text/vtt');
  expect(await answer.text()).toMatch(/^WEBVTT\s+00:02\.000 --> 00:03\.500\n金刚笔修整砂轮/);
  await eventually(async () => {
    const { items: hits } = must(await author.call(search, { query: { q: '金刚笔' } })).body;
    expect(hits[0]?.passages).toMatchObject([{ file: '修整.mp4', seconds: 2 }]);
  }, 20_000);
}, 90_000);

test('a host that is none is refused on the content origin as it is on ours', async () => {
  const group = await startGroup();
  const { hostname, port } = new URL(group.contentUrl);
  const status = await new Promise((resolve, reject) => {
    const asked = get({ hostname, port, path: '/', headers: { Host: "x' 'unsafe-inline" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
  });
  expect(status).toBe(400);
});
