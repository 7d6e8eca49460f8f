/**
 * `npm run bench previews`: how soon after its upload a file can be looked at, and how fast what was made is handed
 * out, on one process with the embedded engines. Wanted on two quiet cores: pictures and the first page of a PDF within
 * 2 s, a deck of 30 slides within 15 s (with LibreOffice), 55 thumbnails a second, a file inside of a stored zip as
 * fast as the same file plain. Options: `--pictures N`, `--megabytes N` of the zip.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import PDFDocument from 'pdfkit';
import PptxGenJs from 'pptxgenjs';
import sharp from 'sharp';
import { ZipFile } from 'yazl';
import { listEntries, listPreviews } from '../../server/content/contract.ts';
import type { Recipe } from '../../server/derive/contract.ts';
import { requestOf } from '../../server/http/contract.ts';
import { acceptInvitation, addMember, createOrganisation, signIn } from '../../server/members/contract.ts';
import { createResource } from '../../server/resources/contract.ts';
import { type Caller, callerOf, cookieOf } from '../instance/caller.ts';
import { serve } from './http/server.ts';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '60' },
    megabytes: { type: 'string', default: '200' },
  },
});
const pictures = Number(values.pictures);
const megabytes = Number(values.megabytes);

const account = { email: 'bench@example.org', password: 'measured with care' };
const DATA_DIR = await mkdtemp(join(tmpdir(), 'bench-previews-'));
const server = await serve('../../../server/main.js', {
  PATH: process.env.PATH ?? '',
  PORT: '0',
  CONTENT_PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR,
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'false',
  ADMIN_EMAIL: account.email,
  ADMIN_PASSWORD: account.password,
});
const rows: { what: string; measured: string; wanted: string }[] = [];
try {
  const author = await authorOn(server.address);
  await timed('picture', 'thumbnails', 5, async () => ({ '图.jpg': await noise(1600, 1200) }), '≤ 2 s');
  await timed('PDF of 50 pages', 'thumbnails', 5, async (n) => ({ '讲义.pdf': await pdf(50 + n) }), '≤ 2 s');
  await timed('deck of 30 slides', 'pdf', 2, async (n) => ({ '课件.pptx': await deck(30 + n) }), '≤ 15 s');

  const many: Record<string, Buffer> = {};
  for (let n = 0; n < pictures; n++) many[`图${n}.jpg`] = await noise(800, 600);
  const seconds = await untilMade(author, 'thumbnails', many);
  const thumbnails = (pictures * 3) / seconds;
  rows.push({
    what: `${pictures} pictures at once, thumbnails`,
    measured: `${thumbnails.toFixed(1)}/s`,
    wanted: '≥ 55/s',
  });

  const payload = Buffer.alloc(megabytes * 1024 * 1024, await noise(800, 600));
  const zip = new ZipFile();
  zip.addBuffer(payload, '视频.bin', { compress: false });
  zip.end();
  const id = await upload(author, { '原样.bin': payload, '包.zip': await buffer(zip.outputStream) });
  const { items } = await author.call(listPreviews, { params: { id }, query: { version: 'draft' } });
  const inside = await author.call(listEntries, { params: { id, version: 'draft', path: '包.zip' } });
  const plain = await rate(items.find(({ path }) => path === '原样.bin')?.url ?? '');
  const packed = await rate(`${inside.url}${encodeURIComponent('视频.bin')}`);
  rows.push({
    what: `file of ${megabytes} MB inside of a zip`,
    measured: `${packed.toFixed(0)} MB/s`,
    wanted: `as plain: ${plain.toFixed(0)} MB/s`,
  });

  /** Makes other files each time: equal bytes are worked on once. */
  async function timed(
    what: string,
    recipe: Recipe,
    times: number,
    make: (n: number) => Promise<Record<string, Buffer>>,
    wanted: string,
  ) {
    const took: number[] = [];
    for (let n = 0; n < times; n++) took.push(await untilMade(author, recipe, await make(n)));
    rows.push({ what, measured: `${Math.max(...took).toFixed(1)} s at most`, wanted });
  }
} finally {
  await server.stop();
  await rm(DATA_DIR, { recursive: true, force: true });
}
console.table(rows);

/** Somebody of a school who may upload. */
async function authorOn(address: string): Promise<Caller> {
  const signedInAs = async (email: string, password: string) => {
    const [path, init] = requestOf(signIn, { body: { email, password } });
    return callerOf(address, { cookie: cookieOf(await callerOf(address, {}).send(path, init)) });
  };
  const admin = await signedInAs(account.email, account.password);
  const { id } = await admin.call(createOrganisation, { body: { name: '测量学校', kind: 'school' } });
  const email = 'author@example.org';
  const { link } = await admin.call(addMember, {
    params: { id },
    body: { name: '李老师', email, roles: ['author'] },
  });
  const token = link.path.split('/').at(-1) ?? '';
  const body = { name: '李老师', password: account.password };
  await callerOf(address, {}).call(acceptInvitation, { params: { token }, body });
  return signedInAs(email, account.password);
}

/** Seconds from the beginning of an upload until a recipe has been made of all of its files. */
async function untilMade(by: Caller, recipe: Recipe, files: Record<string, Buffer>): Promise<number> {
  const began = performance.now();
  const id = await upload(by, files);
  for (;;) {
    const { items } = await by.call(listPreviews, { params: { id }, query: { version: 'draft' } });
    const states = items.map(({ made }) => made.find((one) => one.recipe === recipe));
    const failed = states.find((state) => state?.state === 'failed');
    if (failed) throw new Error(`${recipe} failed: ${failed.reason}`);
    if (states.every((state) => state?.state === 'done')) return (performance.now() - began) / 1000;
    await setTimeout(50);
  }
}

async function upload(by: Caller, files: Record<string, Buffer>): Promise<string> {
  const { id } = await by.call(createResource, { body: { kind: 'courseware', title: '测量' } });
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files))
    form.append('files', new Blob([new Uint8Array(bytes)]), name);
  await by.send(`/api/resources/${id}/files`, {
    method: 'POST',
    body: form,
    headers: { 'X-Courseyard': '1' },
  });
  return id;
}

/** Megabytes a second in which an address hands out its bytes. */
async function rate(url: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new Error(`${url} answers ${answer.status}`);
  let bytes = 0;
  for await (const chunk of answer.body) bytes += chunk.length;
  return bytes / 1024 ** 2 / ((performance.now() - began) / 1000);
}

async function noise(width: number, height: number): Promise<Buffer> {
  const grain = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, background: 'teal', noise: grain } })
    .jpeg()
    .toBuffer();
}

function pdf(pages: number): Promise<Buffer> {
  const document = new PDFDocument();
  for (let page = 1; page <= pages; page++) {
    if (page > 1) document.addPage();
    document.fontSize(24).text(`Page ${page}`);
  }
  document.end();
  return buffer(document);
}

async function deck(slides: number): Promise<Buffer> {
  const made = new (PptxGenJs as unknown as new () => import('pptxgenjs').default)();
  for (let slide = 1; slide <= slides; slide++)
    made.addSlide().addText(`第 ${slide} 页 数控车床对刀`, { x: 1, y: 1, w: 8, h: 1 });
  return Buffer.from((await made.write({ outputType: 'nodebuffer' })) as Uint8Array);
}
