import { beforeAll, expect, test } from '@jest/globals';
import { Document, Packer, Paragraph } from 'docx';
import PptxGenJs from 'pptxgenjs';
import { listPreviews } from '../../server/content/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { zipOf } from '../zip-of.ts';

const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const relations =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** The head of a film. */
const film = Buffer.from('00000018667479706d703432000000006d703432', 'hex');

/** A document of a few hundred kilobytes whose text is more than 100 MiB once it is unpacked. */
const bomb = () =>
  zipOf({
    '[Content_Types].xml': types,
    '_rels/.rels': relations,
    'word/document.xml': Buffer.concat([
      Buffer.from(
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>',
      ),
      Buffer.alloc(110 * 1024 * 1024, 'a'),
      Buffer.from('</w:t></w:r></w:p></w:body></w:document>'),
    ]),
  });

async function slides(): Promise<Buffer> {
  const deck = new (PptxGenJs as unknown as new () => import('pptxgenjs').default)();
  deck.addSlide().addText('谐波减速器的拆装', { x: 1, y: 1, w: 6, h: 1 });
  return (await deck.write({ outputType: 'nodebuffer' })) as Buffer;
}

inChromium('Office files where nothing makes pages of them', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  beforeAll(async () => {
    group = await startGroup({ PATH: '/nowhere' });
    author = await group.member({ roles: ['author'] });
    const card = new Document({
      sections: [{ children: [new Paragraph('主轴转速与进给量按工艺卡选取。'.repeat(200))] }],
    });
    id = await published(author, group.admin, {
      '工艺卡.docx': await Packer.toBuffer(card),
      '炸弹.docx': await bomb(),
      '课件.pptx': await slides(),
      '演示.mp4': film,
      '炸弹.zip': await zipOf({ '图.bin': Buffer.alloc(150 * 1024 * 1024) }),
      '出去.zip': Buffer.from(
        (await zipOf({ 'xx/secret.txt': '1' })).toString('latin1').replaceAll('xx/secret', '../secret'),
        'latin1',
      ),
      '旧课件.ppt': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      '图纸.dwg': Buffer.from('AC1027'),
    });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
      expect(items.flatMap(({ made }) => made).filter(({ state }) => state === 'waiting')).toEqual([]);
    }, 60_000);
  }, patience);

  const open = async (path: string, width: number, height: number) => {
    const page = await browser.open(group, { viewport: { width, height } });
    const fetched: string[] = [];
    page.on('request', (request) => {
      if (/\/file\/[^/]+\.docx$/.test(request.url())) fetched.push(request.url());
    });
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}`);
    return { page, fetched };
  };

  for (const [width, height] of [
    [360, 740],
    [1280, 720],
  ] as const)
    test(`at ${width} pixels, the pages of a document fit into their column`, async () => {
      const { page } = await open('工艺卡.docx', width, height);
      const sheet = page.locator('[role="document"] section').first();
      await sheet.waitFor();
      const place = await page.locator('[role="document"]').boundingBox();
      const box = await sheet.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(place?.x ?? 0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((place?.x ?? 0) + (place?.width ?? 0));
      expect(box?.width).toBeGreaterThan((place?.width ?? 0) * 0.7);
      const whole = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(whole).toBeLessThanOrEqual(width);
    });

  test('a document that is a bomb is refused with its reason, and never given to the browser', async () => {
    const { page, fetched } = await open('炸弹.docx', 1280, 720);
    await page.getByText('文件过大，不生成预览').first().waitFor();
    await page.waitForTimeout(500);
    expect(fetched).toEqual([]);
  });

  test('of an old document it says what is missing here, and what opens it', async () => {
    const { page } = await open('旧课件.ppt', 360, 740);
    await page.getByText('服务器未安装 LibreOffice').first().waitFor();
    await page.getByText('Microsoft Office 或 WPS').waitFor();
  });

  test('the list of files says what is missing of those that are shown nevertheless, and no more', async () => {
    const { page } = await open('工艺卡.docx', 1280, 720);
    const told = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await told('工艺卡.docx').getByText('没有缩略图；页面由浏览器排版').waitFor();
    await told('课件.pptx').getByText('只显示文字，没有页面和缩略图').waitFor();
    await told('演示.mp4').getByText('浏览器支持的格式可直接播放').waitFor();
    await told('旧课件.ppt').getByText('无法显示页面').waitFor();
  });

  test.each(['炸弹.zip', '出去.zip'])(
    '%s is refused in the same words in the list and in its place',
    async (name) => {
      const { page } = await open(name, 1280, 720);
      const words = await page.getByRole('alert').getByText('不予打开').textContent();
      const listed = page.getByRole('listitem').filter({ hasText: name });
      await listed.getByText(words ?? '', { exact: true }).waitFor();
    },
  );

  test('in lists, the kind stands for what no picture is made of, and the browser complains of nothing', async () => {
    await published(author, group.admin, { '讲解.mp4': film }, { title: '谐波减速器' });
    const page = await browser.open(group, { cookie: author.headers.cookie });
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const cover = page.waitForResponse(/\/cover\?/);
    await page.goto('/search?q=谐波减速器');
    await cover;
    const card = page.getByRole('article').filter({ hasText: '谐波减速器' });
    await card.locator('[aria-hidden] svg').first().waitFor();
    expect(await card.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a drawing says which programs open it; its author, what would be shown', async () => {
    const { page } = await open('图纸.dwg', 1280, 720);
    await page.getByText('CAD 图纸不能在线预览').first().waitFor();
    await page.getByText('AutoCAD').waitFor();
    expect(await page.getByText('另传一份 PDF').count()).toBe(0);
  });
});
