import { spawnSync } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document as GltfDocument, NodeIO } from '@gltf-transform/core';
import { describe, expect, test } from '@jest/globals';
import { crc32 } from '@node-rs/crc32';
import { Document, HeadingLevel, Packer, Paragraph } from 'docx';
import PptxGenJs from 'pptxgenjs';
import sharp from 'sharp';
import { Converters } from '../../../server/derive/converters.ts';
import { limitsFor } from '../../../server/derive/recipes.ts';
import { zipOf } from '../../zip-of.ts';
import { converting } from './converting.ts';

const { converters, convert, newFolder, taskOf } = converting();

const ooxml = (name: string) => `application/vnd.openxmlformats-officedocument.${name}`;
const refused = (reason: string) => ({ name: 'NotConvertible', reason });

/** A PDF of one page with this text, or with whatever else stands in its catalogue. */
function pdf(text: string): Buffer {
  const stream = `BT /F1 24 Tf 40 100 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const xref = body.length;
  body += `xref\n0 6\n0000000000 65535 f \n${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return Buffer.from(body);
}

describe('pictures', () => {
  test('a photo gets three sizes, upright, and never more pixels than it has', async () => {
    const photo = await sharp({ create: { width: 2000, height: 1000, channels: 3, background: 'teal' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { facts, files = [] } = await convert(photo, 'image/jpeg', 'thumbnails');
    expect(facts.picture).toEqual({ width: 1000, height: 2000 });
    const pictures = files.filter(({ mediaType }) => mediaType === 'image/webp');
    expect(pictures.map(({ name, width, height }) => [name, width, height])).toEqual([
      ['small', 160, 320],
      ['medium', 320, 640],
      ['large', 512, 1024],
    ]);
    const small = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const made = await convert(small, 'image/png', 'thumbnails');
    expect(made.files?.at(-1)).toMatchObject({ width: 20, height: 10 });
    expect(new Set(made.files?.map(({ file }) => file)).size).toBe(1); // three names, one picture
  });

  test('a picture of too many pixels, and one that is damaged, say why there is nothing', async () => {
    const bomb = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="64000" height="64000"><rect width="9" height="9"/></svg>',
    );
    await expect(convert(bomb, 'image/svg+xml', 'thumbnails')).rejects.toMatchObject(
      refused('too-many-pixels'),
    );
    const header = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    header.writeUInt32BE(64_000, 16);
    header.writeUInt32BE(64_000, 20);
    header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
    for (const recipe of ['thumbnails', 'text', 'tiles'] as const)
      await expect(convert(header, 'image/png', recipe)).rejects.toMatchObject(refused('too-many-pixels'));
    await expect(convert(Buffer.from('no picture'), 'image/png', 'thumbnails')).rejects.toMatchObject(
      refused('damaged'),
    );
  });
});

test('what nobody waits for lets pass what somebody waits to see', async () => {
  const picture = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
  const [large, little] = [await picture(4000), await picture(8)];
  await convert(little, 'image/png', 'avif'); // both converters are there from now on
  await convert(little, 'image/png', 'thumbnails');
  const ended: string[] = [];
  const noting = async (bytes: Buffer, recipe: 'thumbnails' | 'avif') => {
    await convert(bytes, 'image/png', recipe);
    ended.push(recipe);
  };

  const seen = noting(large, 'thumbnails');
  await Promise.all([seen, noting(little, 'avif')]);

  expect(ended).toEqual(['thumbnails', 'avif']);
});

test('of what somebody waits to see two are made at a time, and the next one waits', async () => {
  const ended: string[] = [];
  const task = async (name: string, side: number) => {
    const picture = sharp({ create: { width: side, height: side, channels: 3, background: 'red' } }).png();
    return { name, ...(await taskOf(await picture.toBuffer(), 'image/png', 'thumbnails')) };
  };
  const tasks = [await task('large', 4000), await task('as large', 4000), await task('little', 8)];

  await Promise.all(
    tasks.map(async ({ name, ...one }) => {
      await converters.run(one, limitsFor(one.recipe, one.mediaType));
      ended.push(name);
    }),
  );

  expect(ended[0]).toMatch('large');
});

test('what waits for others to pass is cancelled at once', async () => {
  const little = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const stop = new AbortController();
  await convert(little, 'image/png', 'thumbnails'); // others may follow it
  const waiting = convert(little, 'image/png', 'avif', { signal: stop.signal });
  setTimeout(() => stop.abort(), 50);

  await expect(waiting).rejects.toMatchObject(refused('cancelled'));
});

describe('documents', () => {
  test('a PDF gives the text of its pages and a picture of the first', async () => {
    const file = pdf('CNC lathe');
    const { facts, passages } = await convert(file, 'application/pdf', 'text');
    expect(facts.pages).toBe(1);
    expect(passages).toEqual([{ unit: 'page', at: 1, text: 'CNC lathe' }]);
    const { files: pictures } = await convert(file, 'application/pdf', 'thumbnails');
    expect(pictures?.at(-1)).toMatchObject({ name: 'large-avif', width: 1024, height: 683 });
    const { channels } = await sharp(pictures?.at(-1)?.file).stats();
    expect(channels[0]?.min).toBeLessThan(50);
    expect(channels[0]?.max).toBe(255);
  });

  test('slides become a PDF with a picture of the first, or tell that LibreOffice is not installed', async () => {
    const deck = new (PptxGenJs as unknown as new () => import('pptxgenjs').default)();
    deck.addSlide().addText('封面', { x: 1, y: 1, w: 6, h: 1 });
    deck.addSlide().addText('安全操作', { x: 1, y: 1, w: 6, h: 1 });
    const bytes = Buffer.from((await deck.write({ outputType: 'nodebuffer' })) as Uint8Array);
    const made = convert(bytes, ooxml('presentationml.presentation'), 'pdf');
    if (spawnSync('soffice', ['--version']).error) {
      await expect(made).rejects.toMatchObject(refused('office-missing'));
      return;
    }
    const { facts, files = [] } = await made;
    expect(facts.pages).toBe(2);
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['small', 'medium', 'large', 'pdf']),
    );
    const { passages } = await convert(
      await readFile(files.find(({ name }) => name === 'pdf')?.file ?? ''),
      'application/pdf',
      'text',
    );
    expect(passages?.[1]?.text.normalize('NFKC')).toContain('安全操作');
    // By the LibreOffice that was started ahead, the second of which is handed what is no document.
    expect((await convert(bytes, ooxml('presentationml.presentation'), 'pdf')).facts.pages).toBe(2);
    const broken = convert(bytes.subarray(0, 2000), ooxml('presentationml.presentation'), 'pdf');
    await expect(broken).rejects.toMatchObject(refused('damaged'));
    expect((await convert(bytes, ooxml('presentationml.presentation'), 'pdf')).facts.pages).toBe(2);
  }, 120_000);

  test('slides give their text with notes, slide by slide', async () => {
    const deck = new (PptxGenJs as unknown as new () => import('pptxgenjs').default)();
    const first = deck.addSlide();
    first.addText('数控车床的对刀', { x: 1, y: 1, w: 6, h: 1 });
    first.addNotes('讲解试切法');
    deck.addSlide().addText('安全操作', { x: 1, y: 1, w: 6, h: 1 });
    const bytes = Buffer.from((await deck.write({ outputType: 'nodebuffer' })) as Uint8Array);
    const { passages } = await convert(bytes, ooxml('presentationml.presentation'), 'text');
    expect(passages?.map(({ unit, at }) => [unit, at])).toEqual([
      ['slide', 1],
      ['slide', 2],
    ]);
    expect(passages?.[0]?.text).toContain('数控车床的对刀');
    // No picture was saved with it: its pages give one.
    expect(await convert(bytes, ooxml('presentationml.presentation'), 'thumbnails')).toEqual({ facts: {} });
    expect(passages?.[0]?.text).toContain('讲解试切法');
  });

  test('a document is cut at its headings', async () => {
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph({ text: '焊接安全', heading: HeadingLevel.HEADING_1 }),
            new Paragraph('佩戴防护面罩。'),
            new Paragraph({ text: '焊前准备', heading: HeadingLevel.HEADING_2 }),
            new Paragraph('清理坡口。'),
          ],
        },
      ],
    });
    const { passages } = await convert(
      await Packer.toBuffer(document),
      ooxml('wordprocessingml.document'),
      'text',
    );
    expect(passages).toEqual([
      { unit: 'section', at: '焊接安全', text: '焊接安全\n佩戴防护面罩。' },
      { unit: 'section', at: '焊前准备', text: '焊前准备\n清理坡口。' },
    ]);
  });

  test('a document with a password says so, whatever is to be made of it', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)]);
    const manifest = '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>';
    const odt = await zipOf({ 'META-INF/manifest.xml': manifest, 'content.xml': '\u0001\u0002' });
    for (const recipe of ['text', 'thumbnails', 'pdf'] as const) {
      const locked = convert(compound, ooxml('wordprocessingml.document'), recipe);
      await expect(locked).rejects.toMatchObject(refused('encrypted'));
      const open = convert(odt, 'application/vnd.oasis.opendocument.text', recipe);
      await expect(open).rejects.toMatchObject(refused('encrypted'));
    }
  });

  test.each([
    ['soffice', 'pdf', 'application/rtf'],
    ['ffprobe', 'media', 'audio/wav'],
    ['ffmpeg', 'playable', 'audio/x-ms-wma'],
  ] as const)('%s that is killed is no fault of the file', async (killed, recipe, mediaType) => {
    const before = process.env.PATH;
    const programs = await newFolder();
    await symlink('/usr/bin/unshare', join(programs, 'unshare'));
    const told = '{"streams":[{"codec_type":"audio","codec_name":"wmav2"}]}';
    const says = { ffprobe: `echo '${told}'`, [killed]: 'kill -9 $$' };
    for (const [name, does] of Object.entries(says))
      await writeFile(join(programs, name), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
    const others = new Converters();
    try {
      process.env.PATH = programs;
      const task = await taskOf('{\\rtf1 x}', mediaType, recipe);
      const end = await others.run(task, limitsFor(recipe, mediaType)).catch((error: unknown) => error);
      expect(end).toBeInstanceOf(Error);
      expect(end).not.toMatchObject({ name: 'NotConvertible' });
    } finally {
      process.env.PATH = before;
      others.stop();
    }
  });

  test('damaged files say so and leave the converter as it was', async () => {
    await expect(convert(Buffer.from('%PDF-1.4 nothing'), 'application/pdf', 'text')).rejects.toMatchObject(
      refused('damaged'),
    );
    await expect(
      convert(Buffer.from('PK nothing'), ooxml('wordprocessingml.document'), 'text'),
    ).rejects.toMatchObject(refused('damaged'));
    const { data, info } = await sharp({
      create: {
        width: 800,
        height: 600,
        channels: 3,
        background: 'white',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer({ resolveWithObject: true });
    await expect(convert(data.subarray(0, info.size / 3), 'image/jpeg', 'text')).rejects.toMatchObject(
      refused('damaged'),
    );
    expect((await convert(Buffer.from('# 完好'), 'text/markdown', 'text')).passages).toHaveLength(1);
  });
});

describe('text', () => {
  test('captions are found by the second', async () => {
    const vtt =
      'WEBVTT\n\n00:00:05.000 --> 00:00:08.000\n<v 老师>主轴正转\n\n01:02:03.500 --> 01:02:04.000\n停车\n';
    expect((await convert(Buffer.from(vtt), 'text/vtt', 'text')).passages).toEqual([
      { unit: 'seconds', at: 5, text: '主轴正转' },
      { unit: 'seconds', at: 3723, text: '停车' },
    ]);
  });

  test('older Chinese encodings are read, and scripts of pages are not', async () => {
    const gb18030 = Buffer.from([0xca, 0xfd, 0xbf, 0xd8]); // 数控
    expect((await convert(gb18030, 'text/plain', 'text')).passages?.[0]?.text).toBe('数控');
    const html = Buffer.from('<title>x</title><h2>第一节</h2><p>内容&nbsp;甲</p><script>var 秘密</script>');
    const { passages } = await convert(html, 'text/html', 'text');
    expect(passages?.at(-1)).toEqual({ unit: 'section', at: '第一节', text: '第一节\n内容 甲' });
  });
});

test('a converter that takes too long is killed, and the next file is converted by another', async () => {
  const many = Buffer.from(`<h1>x</h1>${'<p>text</p>'.repeat(200_000)}`);
  await expect(
    convert(many, 'text/html', 'text', { limits: { time: 1, memory: 1e10 } }),
  ).rejects.toMatchObject(refused('took-too-long'));
  expect((await convert(Buffer.from('ok'), 'text/plain', 'text')).passages).toHaveLength(1);
});

test('a model is reported with triangles, size in metres and what it needs', async () => {
  const json = Buffer.from(
    JSON.stringify({
      asset: { version: '2.0' },
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [
        { mesh: 0, scale: [2, 1, 1], children: [1] },
        { mesh: 0, translation: [10, 0, 0] },
      ],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
      accessors: [{ componentType: 5126, type: 'VEC3', count: 36, min: [0, 0, 0], max: [1, 2, 3] }],
      materials: [{}],
      animations: [{ name: '装配', channels: [], samplers: [] }],
      extensionsUsed: ['KHR_draco_mesh_compression'],
    }),
  );
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, 0x20)]);
  const head = Buffer.alloc(20);
  head.write('glTF', 0);
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(20 + padded.length, 8);
  head.writeUInt32LE(padded.length, 12);
  head.write('JSON', 16);
  const { facts } = await convert(Buffer.concat([head, padded]), 'model/gltf-binary', 'model');
  expect(facts.model?.faults?.errors).toBeGreaterThan(0);
  expect(facts.model).toMatchObject({
    triangles: 24,
    materials: 1,
    textures: 0,
    textureMemory: 0,
    animations: ['装配'],
    extensions: ['KHR_draco_mesh_compression'],
    size: { x: 22, y: 2, z: 3 },
    runsOnPhones: true,
  });
});

test('a model is drawn from its triangles, with the colours of its materials, and one without any says so', async () => {
  const document = new GltfDocument();
  const buffer = document.createBuffer();
  const corners = document
    .createAccessor()
    .setType('VEC3')
    .setArray(new Float32Array([-0.5, 0, 0, 0.5, 0, 0, 0, 0.9, 0]))
    .setBuffer(buffer);
  const paint = document.createMaterial().setBaseColorFactor([0.8, 0.05, 0.05, 1]);
  const triangle = document.createPrimitive().setAttribute('POSITION', corners).setMaterial(paint);
  const scene = document.createScene();
  const empty = Buffer.from(await new NodeIO().writeBinary(document));
  scene.addChild(document.createNode().setMesh(document.createMesh().addPrimitive(triangle)));
  const file = Buffer.from(await new NodeIO().writeBinary(document));

  const { files = [] } = await convert(file, 'model/gltf-binary', 'thumbnails');

  const small = files.find(({ name }) => name === 'small');
  expect(small).toMatchObject({ mediaType: 'image/webp', width: 320, height: 240 });
  const middle = { left: 160, top: 130, width: 1, height: 1 };
  const [red = 0, green = 0] = await sharp(small?.file).extract(middle).raw().toBuffer();
  expect(red).toBeGreaterThan(120);
  expect(green).toBeLessThan(100);
  await expect(convert(empty, 'model/gltf-binary', 'thumbnails')).rejects.toMatchObject(
    refused('nothing-to-show'),
  );
});

test('an STL becomes a model in metres, and a picture', async () => {
  const stl = Buffer.alloc(84 + 50);
  stl.writeUInt32LE(1, 80);
  for (const [index, value] of [0, 0, 0, 1000, 0, 0, 0, 0, 2000].entries())
    stl.writeFloatLE(value, 96 + index * 4);
  const { files = [] } = await convert(stl, 'model/stl', 'light');
  const bytes = await readFile(files.find(({ name }) => name === 'light')?.file ?? '');
  const { facts } = await convert(bytes, 'model/gltf-binary', 'model');
  expect(facts.model).toMatchObject({ triangles: 1, faults: { errors: 0 } });
  expect(facts.model?.size.x).toBeCloseTo(1, 2);
  expect(facts.model?.size.y).toBeCloseTo(2, 2);
  expect((await convert(stl, 'model/stl', 'thumbnails')).files).toHaveLength(6);
  await expect(convert(Buffer.from('solid nothing'), 'model/stl', 'light')).rejects.toMatchObject(
    refused('damaged'),
  );
});
