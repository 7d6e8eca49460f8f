import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import PptxGenJs from 'pptxgenjs';
import { listPreviews } from '../../server/content/contract.ts';
import { publishResource } from '../../server/resources/contract.ts';
import { search } from '../../server/search/contract.ts';
import { uploadFiles } from '../browser/build-library.ts';
import { eventually } from '../eventually.ts';
import { canRecognise, hasChineseFont, hasOffice, scannedPage } from '../scanned-page.ts';
import { draftOf } from './build-resource.ts';
import { must, startGroup } from './start-group.ts';

/** A deck whose only slide is a picture of a page, as PPTX and as the PPT that LibreOffice makes of it. */
async function deckOfScans(): Promise<Record<string, Buffer>> {
  const picture = await scannedPage('三爪卡盘的装夹', '操作前检查防护装置');
  const deck = new (PptxGenJs as unknown as new () => import('pptxgenjs').default)();
  const data = `image/jpeg;base64,${picture.toString('base64')}`;
  deck.addSlide().addImage({ data, x: 1, y: 0.2, w: 3.6, h: 5.1 });
  const pptx = Buffer.from((await deck.write({ outputType: 'nodebuffer' })) as Uint8Array);
  if (!hasOffice) return { '卡盘.pptx': pptx };
  const folder = await mkdtemp(join(tmpdir(), 'courseyard-deck-'));
  await writeFile(join(folder, 'deck.pptx'), pptx);
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  spawnSync('soffice', [
    profile,
    '--headless',
    '--convert-to',
    'ppt',
    '--outdir',
    folder,
    join(folder, 'deck.pptx'),
  ]);
  const ppt = await readFile(join(folder, 'deck.ppt'));
  await rm(folder, { recursive: true });
  return { '卡盘.pptx': pptx, '卡盘.ppt': ppt };
}

test('slides that are pictures, also those of old formats, are found by the words in the pictures', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const { id } = await draftOf(author, { audience: { scope: 'self' } });
  const decks = await deckOfScans();
  await uploadFiles(author, id, decks);
  const items = await eventually(async () => {
    const query = { version: 'draft' } as const;
    const found = must(await author.call(listPreviews, { params: { id }, query })).body.items;
    expect(found.flatMap(({ made }) => made).filter(({ state }) => state === 'waiting')).toEqual([]);
    return found;
  }, 200_000);
  const outcomes = items.map(({ made, facts }) => {
    const { state, reason } = made.find(({ recipe }) => recipe === (hasOffice ? 'ocr' : 'pdf')) ?? {};
    return [reason ?? state, facts.recognisedPages];
  });
  if (!hasOffice) return expect(outcomes).toEqual([['office-missing', undefined]]);
  if (!canRecognise) return expect(outcomes).toEqual(Array(2).fill(['ocr-missing', undefined]));
  expect(outcomes.map(([state]) => state)).toEqual(['done', 'done']);
  if (!hasChineseFont) return; // the page holds boxes in place of the characters
  expect(outcomes.map(([, pages]) => pages)).toEqual([1, 1]);
  must(await author.call(publishResource, { params: { id }, body: {} }));
  await eventually(async () => {
    const { items: hits } = must(await author.call(search, { query: { q: '防护装置' } })).body;
    const places = hits[0]?.passages.map(({ file, page }) => [file, page]);
    expect(places?.toSorted()).toEqual(
      Object.keys(decks)
        .map((file) => [file, 1])
        .toSorted(),
    );
  });
}, 240_000);
