import { beforeAll, expect, test } from '@jest/globals';
import { listPassages, listPreviews } from '../../server/content/contract.ts';
import { publishResource } from '../../server/resources/contract.ts';
import { search } from '../../server/search/contract.ts';
import { eventually } from '../eventually.ts';
import { pdfOf, pdfOfPictures } from '../pdf-of.ts';
import { canRecognise, hasChineseFont, scannedPage } from '../scanned-page.ts';
import { zipOf as rawZipOf } from '../unit/archives/build-zip.ts';
import { zipOf } from '../zip-of.ts';
import { draftOf } from './build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

/** From an upload to a hit that says where in the file the words stand. */

let group: RunningGroup;
let author: SignedIn;
beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
}, 60_000);

/** Uploads files into a draft of the author's. */
async function drafted(files: Record<string, Uint8Array | string>, title: string): Promise<string> {
  const { id } = await draftOf(author, { title, audience: { scope: 'self' } });
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files))
    form.append('files', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name);
  const headers = { 'X-Courseyard': '1' };
  const sent = await author.fetch(`/api/resources/${id}/files`, { method: 'POST', body: form, headers });
  if (sent.status !== 201) throw new Error(await sent.text());
  return id;
}

async function published(files: Record<string, Uint8Array | string>, title: string): Promise<string> {
  const id = await drafted(files, title);
  must(await author.call(publishResource, { params: { id }, body: {} }));
  return id;
}

/** The best passage of the one resource that has these words, once they are indexed. */
const passageWith = (q: string) =>
  eventually(async () => {
    const { items } = must(await author.call(search, { query: { q: `"${q}"` } })).body;
    expect(items).toHaveLength(1);
    expect(items[0]?.passages[0]).toBeDefined();
    return items[0]?.passages[0];
  }, 40_000);

const page = (title: string, body: string) =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${body}</p><script>var x = "脚本里的话"</script></body></html>`;

test('the last page of a textbook of 1,000 pages is found, with its words marked', async () => {
  const line = '切削用量应根据工件材料、刀具和加工要求确定，不得超过机床允许的范围。';
  const pages = Array.from({ length: 999 }, (_, n) => `第${n + 1}页 数控车削\n${`${line}\n`.repeat(12)}`);
  const book = pdfOf([...pages, `第1000页\n${line}\n附录：滚珠丝杠预紧力的复核`]);
  const begun = performance.now();
  const id = await published({ '教材.pdf': book }, '数控车削工作手册');
  expect(await passageWith('滚珠丝杠预紧力')).toMatchObject({
    file: '教材.pdf',
    page: 1000,
    text: expect.stringContaining('<mark>滚珠丝杠预紧力</mark>'),
  });
  expect(performance.now() - begun).toBeLessThan(60_000);
  const { items } = must(
    await author.call(listPassages, { params: { id, version: 'newest', path: '教材.pdf' } }),
  ).body;
  expect(items.map((item) => item.page)).toEqual(Array.from({ length: 1000 }, (_, n) => n + 1));
}, 120_000);

test('the chapter of a book is found in its file, by the name that the contents give it', async () => {
  const chapter = (body: string) =>
    `<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`;
  const book = await zipOf({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf':
      '<opf:package xmlns:opf="http://www.idpf.org/2007/opf"><opf:manifest><opf:item id="a" href="text/%E4%B8%80.xhtml"/><opf:item id="b" href="text/b.xhtml"/><opf:item id="ncx" href="toc.ncx"/></opf:manifest><opf:spine toc="ncx"><opf:itemref idref="a"/><opf:itemref idref="b"/></opf:spine></opf:package>',
    'OEBPS/toc.ncx':
      '<ncx><navMap><navPoint><navLabel><text>第一章 焊条</text></navLabel><content src="text/%E4%B8%80.xhtml#x"/></navPoint></navMap></ncx>',
    'OEBPS/text/一.xhtml': chapter('<p>低氢型焊条须烘干后使用</p>'),
    'OEBPS/text/b.xhtml': chapter('<h2>坡口</h2><p>单边V形坡口的组对间隙</p>'),
    'OEBPS/text/unused.xhtml': chapter('<p>书脊之外的话</p>'),
  });
  await published({ '焊工.epub': book }, '焊接读本');
  expect(await passageWith('低氢型焊条须烘干')).toMatchObject({
    file: '焊工.epub',
    section: '第一章 焊条',
    entry: 'OEBPS/text/一.xhtml',
  });
  expect(await passageWith('单边V形坡口')).toMatchObject({ section: '坡口', entry: 'OEBPS/text/b.xhtml' });
  const { total } = must(await author.call(search, { query: { q: '"书脊之外"' } })).body;
  expect(total).toBe(0);
}, 90_000);

test('pages inside of SCORM, H5P and web packages are found where they lie; scripts are not read', async () => {
  const scorm = await zipOf({
    'imsmanifest.xml':
      '<manifest><organizations><organization><title>课程</title><item identifierref="r"><title>第二课 液压缸缓冲</title></item></organization></organizations><resources><resource identifier="r" href="sco/two.html?mode=1"/></resources></manifest>',
    'sco/two.html': '<div id="app"></div><script>var x = "脚本里的话"</script>',
    'sco/more.html': page('节流', '节流口的流量特性曲线'),
  });
  const h5p = await zipOf({
    'h5p.json': JSON.stringify({ title: '安全测验', mainLibrary: 'H5P.QuestionSet' }),
    'content/content.json': JSON.stringify({
      questions: [
        {
          params: { question: '<p>更换砂轮后应空转几分钟？</p>', UI: { checkAnswerButton: '检查答案按钮' } },
        },
      ],
    }),
    'H5P.QuestionSet-1.20/readme.html': page('库', '库里的说明'),
  });
  const web = await zipOf({
    '仿真/index.html': page('仿真', '入口'),
    '仿真/help/阀.html': page('帮助', '先导式溢流阀的调压步骤'),
    '仿真/node_modules/x/index.html': page('库', '依赖库的网页'),
  });
  await published({ '液压.zip': scorm, '测验.h5p': h5p, '仿真.zip': web }, '三个软件包');
  expect(await passageWith('液压缸缓冲')).toMatchObject({
    file: '液压.zip',
    section: '第二课 液压缸缓冲',
    entry: 'sco/two.html',
  });
  expect(await passageWith('流量特性曲线')).toMatchObject({ section: '节流', entry: 'sco/more.html' });
  expect(await passageWith('更换砂轮后应空转')).toMatchObject({
    file: '测验.h5p',
    section: '安全测验',
    entry: 'content/content.json',
  });
  expect(await passageWith('先导式溢流阀的调压')).toMatchObject({
    file: '仿真.zip',
    entry: '仿真/help/阀.html',
  });
  for (const q of ['脚本里的话', '检查答案按钮', '库里的说明', '依赖库的网页'])
    expect(must(await author.call(search, { query: { q: `"${q}"` } })).body.total).toBe(0);
}, 90_000);

test('scanned pages among others are found by their words, or their author is told why not', async () => {
  const book = pdfOfPictures([
    await scannedPage('封面'),
    await scannedPage('龙门刨床导轨刮研', '每平方寸研点数'),
  ]);
  const id = await published({ '扫描.pdf': book }, '维修旧书');
  const seen = await eventually(async () => {
    const { items } = must(await author.call(listPreviews, { params: { id }, query: {} })).body;
    const ocr = items[0]?.made.find(({ recipe }) => recipe === 'ocr');
    expect(ocr?.state).toMatch(/done|failed/);
    return { ...ocr, facts: items[0]?.facts };
  }, 60_000);
  expect(seen.facts).toMatchObject({ pages: 2, scannedPages: 2 });
  if (!canRecognise) {
    expect(seen).toMatchObject({ reason: 'ocr-missing', detail: expect.stringContaining('tesseract') });
    return;
  }
  if (hasChineseFont) expect(await passageWith('龙门刨床导轨')).toMatchObject({ file: '扫描.pdf', page: 2 });
}, 150_000);

test('captions lead to the second, those beside a recording and those on their own', async () => {
  const srt =
    '1\r\n00:00:00,000 --> 00:00:02,000\r\n主轴准停检查\r\n\r\n2\r\n00:01:05,500 --> 00:01:07,000\r\n松开夹头扳手\r\n';
  await published(
    { '讲解.srt': srt, '旁白.vtt': 'WEBVTT\n\n01:02.000 --> 01:04.000\n冷却液浓度检测\n' },
    '字幕',
  );
  expect(await passageWith('松开夹头扳手')).toMatchObject({ file: '讲解.srt', seconds: 65 });
  expect(await passageWith('主轴准停检查')).toMatchObject({ file: '讲解.srt', seconds: 0 });
  expect(await passageWith('冷却液浓度检测')).toMatchObject({ file: '旁白.vtt', seconds: 62 });
}, 90_000);

test('packages that are locked, damaged or bombs say so, and the others are read all the same', async () => {
  const locked = rawZipOf([
    { name: '页.html', bytes: Buffer.from('x'), flags: 0x0801, told: { packed: 13 } },
  ]);
  const lying = rawZipOf([
    { name: '页.html', bytes: Buffer.from('<p>短</p>'), isDeflated: true, told: { crc32: 1 } },
  ]);
  const twice = rawZipOf([
    { name: '一.html', bytes: Buffer.alloc(100) },
    { name: '二.html', bytes: Buffer.alloc(100), told: { start: 0 } },
  ]);
  const book = await zipOf({ 'META-INF/container.xml': '<container/>', mimetype: 'application/epub+zip' });
  const odd = rawZipOf([
    { name: '怪.html', bytes: Buffer.from('<p>读不了</p>'), method: 9 },
    { name: '好.html', bytes: Buffer.from('<p>棘轮机构</p>') },
  ]);
  const files = { 'a.zip': locked, 'b.zip': lying, 'c.zip': twice, 'd.epub': book, 'e.zip': odd };
  const id = await drafted(files, '坏包');
  const made = await eventually(async () => {
    const { items } = must(
      await author.call(listPreviews, { params: { id }, query: { version: 'draft' } }),
    ).body;
    const all = items.map(({ path, made: some }) => {
      const words = some.find(({ recipe }) => recipe === 'text');
      return [path, words?.reason ?? words?.state] as const;
    });
    expect(all.map(([, state]) => state)).not.toContain('waiting');
    return Object.fromEntries(all);
  }, 40_000);
  expect(made).toEqual({
    'a.zip': 'encrypted',
    'b.zip': 'damaged',
    'c.zip': 'unsafe-entry',
    'd.epub': 'damaged',
    'e.zip': 'done',
  });
  const params = { id, version: 'draft' as const, path: 'e.zip' };
  expect(must(await author.call(listPassages, { params })).body.items).toEqual([
    { section: '', entry: '好.html', text: '棘轮机构' },
  ]);
}, 90_000);
