import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { textOf } from '../../../server/derive/convert/recognition.ts';
import { Converters } from '../../../server/derive/converters.ts';
import { limitsFor } from '../../../server/derive/recipes.ts';
import { pdfOf, pdfOfPictures } from '../../pdf-of.ts';
import { canRecognise, hasChineseFont, scannedPage } from '../../scanned-page.ts';
import { converting } from './converting.ts';

/** Reading text out of pictures of pages, with tesseract when it and a font for Chinese are installed. */

const { convert, newFolder, taskOf } = converting();

test('pages without text are counted, those with text and empty ones are not', async () => {
  const scan = await convert(pdfOfPictures([await scannedPage('x')]), 'application/pdf', 'text');
  expect(scan.facts).toMatchObject({ pages: 1, scannedPages: 1, characters: 0 });
  const text = await convert(pdfOf(['数控车床', '']), 'application/pdf', 'text');
  expect(text.facts.scannedPages).toBeUndefined();
});

test('a picture of a document is one to be read, a photo and an icon are not', async () => {
  const facts = async (picture: Buffer) => (await convert(picture, 'image/jpeg', 'text')).facts;
  expect((await facts(await scannedPage('工序卡'))).scannedPages).toBe(1);
  const plain = (background: string, side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background } })
      .jpeg()
      .toBuffer();
  expect((await facts(await plain('teal', 800))).scannedPages).toBeUndefined();
  expect((await facts(await plain('white', 64))).scannedPages).toBeUndefined();
});

test('text in scanned pages is read, or it is told that tesseract is not installed', async () => {
  const pages = [
    await scannedPage('数控车床安全操作规程', '操作前检查防护装置'),
    await scannedPage('三爪卡盘'),
  ];
  const reading = convert(pdfOfPictures(pages), 'application/pdf', 'ocr');
  if (!canRecognise) {
    await expect(reading).rejects.toMatchObject({ name: 'NotConvertible', reason: 'ocr-missing' });
    return;
  }
  const { facts, passages = [] } = await reading;
  expect(passages.every(({ unit }) => unit === 'page')).toBe(true);
  if (!hasChineseFont) return; // the page holds boxes in place of the characters
  expect(facts.recognisedPages).toBe(2);
  expect(passages[0]?.text).toContain('安全操作规程');
  expect(passages[1]).toMatchObject({ at: 2, text: '三爪卡盘' });
  const photo = await convert(pages[0] ?? Buffer.alloc(0), 'image/jpeg', 'ocr');
  expect(photo.passages?.[0]?.text).toContain('数控车床');
}, 180_000);

test('without tesseract it is told that it is missing', async () => {
  const before = process.env.PATH;
  const programs = await newFolder();
  await symlink('/usr/bin/unshare', join(programs, 'unshare'));
  const others = new Converters();
  try {
    process.env.PATH = programs;
    const task = await taskOf(pdfOfPictures([await scannedPage('x')]), 'application/pdf', 'ocr');
    await expect(others.run(task, limitsFor('ocr', task.mediaType))).rejects.toMatchObject({
      reason: 'ocr-missing',
    });
  } finally {
    process.env.PATH = before;
    others.stop();
  }
});

test('a reading that takes too long is ended, with the program that reads', async () => {
  if (!canRecognise) return expect(canRecognise).toBe(false);
  const pages = await Promise.all(Array.from({ length: 5 }, (_, n) => scannedPage(`第${n}页`.repeat(8))));
  const limits = { time: 1_000, memory: 2e9 };
  await expect(convert(pdfOfPictures(pages), 'application/pdf', 'ocr', { limits })).rejects.toMatchObject({
    reason: 'took-too-long',
  });
});

test('Chinese characters are put together again, and lines that were hardly recognised are left out', () => {
  const word = (line: number, sureness: number, text: string) =>
    `5\t1\t1\t1\t${line}\t1\t0\t0\t9\t9\t${sureness}\t${text}`;
  const tsv = [
    'level\t…',
    word(1, 95, '数'),
    word(1, 0, '控'),
    word(1, 93, 'FANUC'),
    word(1, 96, '0i'),
    word(2, 31, 'lI|'),
  ];
  expect(textOf(tsv.join('\n'))).toBe('数控 FANUC 0i');
});

test('a textbook of 1,000 pages is read to its last one, within 400 MiB', async () => {
  const line = '数控车削加工中刀具的选择与切削用量的确定，应根据工件材料和加工要求进行。';
  const pages = Array.from({ length: 1000 }, (_, n) => `第${n + 1}页\n${`${line}\n`.repeat(30)}`);
  const limits = { time: 60_000, memory: 400 * 1024 * 1024 };
  const { passages = [], facts } = await convert(pdfOf(pages), 'application/pdf', 'text', { limits });
  expect(facts.pages).toBe(1000);
  expect(passages.at(-1)).toMatchObject({ unit: 'page', at: 1000 });
  expect(passages.at(-1)?.text).toContain('第1000页');
}, 90_000);
