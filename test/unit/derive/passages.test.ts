import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { Passage } from '../../../server/derive/convert/conversion.ts';
import { zipOf } from '../../zip-of.ts';
import { converting } from './converting.ts';

/** Where the text of a file stands, by format. Packages are read out of the store: see test/http/passages.test.ts. */

const { convert } = converting();

const textOf = async (bytes: Uint8Array | string, mediaType: string): Promise<Passage[]> =>
  (await convert(bytes, mediaType, 'text')).passages ?? [];

const opendocument = (name: string) => `application/vnd.oasis.opendocument.${name}`;
const content = (body: string) =>
  zipOf({
    'content.xml': `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>${body}</office:body></office:document-content>`,
  });

describe('OpenDocument', () => {
  test('a text is cut at its headings; remarks and what was deleted are not read', async () => {
    const bytes = await content(
      `<office:text><text:tracked-changes><text:p>删除的话</text:p></text:tracked-changes>
       <text:h>焊接<text:span>安全</text:span></text:h><text:p>佩戴<text:s/>面罩。<office:annotation><text:p>批注</text:p></office:annotation></text:p>
       <text:h>焊前准备</text:h><text:list><text:list-item><text:p>清理坡口。</text:p></text:list-item></text:list></office:text>`,
    );
    expect(await textOf(bytes, opendocument('text'))).toEqual([
      { unit: 'section', at: '焊接安全', text: '焊接安全\n佩戴 面罩。' },
      { unit: 'section', at: '焊前准备', text: '焊前准备\n清理坡口。' },
    ]);
  });

  test('slides are counted, and their notes belong to them', async () => {
    const bytes = await content(
      `<office:presentation><draw:page><draw:frame><draw:text-box><text:p>封面</text:p></draw:text-box></draw:frame></draw:page>
       <draw:page><draw:frame><draw:text-box><text:p>谐波减速器</text:p></draw:text-box></draw:frame><presentation:notes><text:p>先拆柔轮</text:p></presentation:notes></draw:page></office:presentation>`,
    );
    expect(await textOf(bytes, opendocument('presentation'))).toEqual([
      { unit: 'slide', at: 1, text: '封面' },
      { unit: 'slide', at: 2, text: '谐波减速器\n先拆柔轮' },
    ]);
  });

  test('sheets go by their names, a row a line', async () => {
    const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
    const bytes = await content(
      `<office:spreadsheet><table:table table:name="工序卡"><table:table-row>${cell('工序')}${cell('转速')}</table:table-row><table:table-row table:number-rows-repeated="1000000">${cell('精车')}${cell('1200')}</table:table-row></table:table>
       <table:table table:name="刀具表"><table:table-row>${cell('外圆车刀')}</table:table-row></table:table></office:spreadsheet>`,
    );
    expect(await textOf(bytes, opendocument('spreadsheet'))).toEqual([
      { unit: 'sheet', at: '工序卡', text: '工序 转速\n精车 1200' },
      { unit: 'sheet', at: '刀具表', text: '外圆车刀' },
    ]);
  });

  test('a file without its content says that it is damaged', async () => {
    await expect(textOf(await zipOf({ mimetype: 'x' }), opendocument('text'))).rejects.toMatchObject({
      reason: 'damaged',
    });
  });
});

describe('pages of text', () => {
  test('HTML is cut at its headings, its title names what comes before; descriptions of pictures are read', async () => {
    const html =
      '<title>数控车削</title><script/>x<p>导言</p><h2>对<b>刀</b></h2><img alt="试切示意图"><noscript>请启用</noscript>';
    expect(await textOf(html, 'text/html')).toEqual([
      { unit: 'section', at: '数控车削', text: 'x\n导言' },
      { unit: 'section', at: '对刀', text: '对刀试切示意图' },
    ]);
  });

  test('a chapter longer than a passage is read to its end', async () => {
    const passages = await textOf(`# 长\n${'甲'.repeat(45_000)}末`, 'text/markdown');
    expect(passages.map(({ at }) => at)).toEqual(['长', '长', '长']);
    expect(passages.at(-1)?.text.endsWith('末')).toBe(true);
  });

  test('elements that lie in each other without end are no harm', async () => {
    for (const tag of ['<div>', '<b>', '<x:y>']) {
      const deep = `<p>浅处</p>${tag.repeat(300_000)}深处`;
      expect((await textOf(deep, 'text/html')).at(0)?.text).toBe('浅处');
    }
  });
});

describe('pictures and models', () => {
  const picture = () => sharp({ create: { width: 40, height: 30, channels: 3, background: 'navy' } });

  test('what people wrote about a picture is found: Exif and XMP', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="GIMP"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">行星齿轮剖视</rdf:li></rdf:Alt></dc:title><dc:subject><rdf:Bag><rdf:li>减速机</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>`;
    const jpeg = await picture().withXmp(xmp).jpeg().toBuffer();
    const bytes = withSegments(jpeg, [0xe1, exif(0x010e, 2, Buffer.from('三爪卡盘装夹\0'))]);
    expect(await textOf(bytes, 'image/jpeg')).toEqual([
      { unit: 'section', at: '', text: '行星齿轮剖视\n减速机\n三爪卡盘装夹' },
    ]);
  });

  test('captions by news agencies (IPTC) and remarks of Windows are found', async () => {
    const dataset = (number: number, text: string) => {
      const value = Buffer.from(text);
      return Buffer.concat([Buffer.from([0x1c, 2, number, value.length >> 8, value.length & 255]), value]);
    };
    const iptc = Buffer.concat([dataset(5, '焊缝'), dataset(80, '摄影师'), dataset(120, '仰焊位置的焊缝')]);
    const padded = Buffer.concat([iptc, Buffer.alloc(iptc.length % 2)]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(iptc.length);
    const resource = Buffer.concat([Buffer.from('8BIM\x04\x04\0\0', 'latin1'), size, padded]);
    const photoshop = Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource]);
    const remark = exif(0x9c9c, 1, Buffer.from('气保焊\0', 'utf16le'));
    const bytes = withSegments(await picture().jpeg().toBuffer(), [0xe1, remark], [0xed, photoshop]);
    expect((await textOf(bytes, 'image/jpeg'))[0]?.text).toBe('焊缝\n仰焊位置的焊缝\n气保焊');
  });

  test('numbers in Exif that point nowhere are no harm', async () => {
    const tiff = Buffer.from('MM\0*\0\0\0\x08\xff\xff', 'latin1');
    const wild = Buffer.concat([tiff, Buffer.alloc(24, 0xff)]);
    const bytes = withSegments(await picture().jpeg().toBuffer(), [
      0xe1,
      Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), wild]),
    ]);
    expect(await textOf(bytes, 'image/jpeg')).toEqual([]);
  });

  test('what is written in a drawing is found', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>液压回路</title><style>text{}</style><text>换向<tspan>阀</tspan></text></svg>';
    expect((await textOf(svg, 'image/svg+xml'))[0]?.text).toBe('液压回路\n换向阀');
  });

  test('a model is found by the names of its parts and materials, not by those that programs give', async () => {
    const gltf = {
      asset: { version: '2.0', extras: { title: '二级减速器' } },
      nodes: [{ name: '输入轴' }, { name: 'Cube.001' }, { name: 'Node_12' }, { name: '输入轴' }],
      meshes: [{ name: '大_齿轮' }],
      materials: [{ name: '45钢' }, { name: 'Material.003' }, {}],
      animations: [{ name: '拆装' }],
    };
    expect(await textOf(JSON.stringify(gltf), 'model/gltf+json')).toEqual([
      { unit: 'section', at: '', text: '二级减速器\n输入轴\n大 齿轮\n45钢\n拆装' },
    ]);
    expect(await textOf('{"nodes": 7', 'model/gltf+json')).toEqual([]);
  });
});

/** Exif with one tag (Exif 2.32, section 4.6). */
function exif(tag: number, type: number, value: Buffer): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(tag, 10);
  tiff.writeUInt16LE(type, 12);
  tiff.writeUInt32LE(value.length, 14);
  tiff.writeUInt32LE(26, 18);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, value]);
}

/** A JPEG with more pieces at its beginning (ITU-T T.81, B.1.1.4). */
function withSegments(jpeg: Buffer, ...segments: [marker: number, bytes: Buffer][]): Buffer {
  const pieces = segments.map(([marker, bytes]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(bytes.length + 2, 2);
    return Buffer.concat([head, bytes]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...pieces, jpeg.subarray(2)]);
}
