import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeIO } from '@gltf-transform/core';
import { afterAll, expect, test } from '@jest/globals';
import { faultsOf } from '../../../server/derive/convert/model-faults.ts';
import { Converters } from '../../../server/derive/converters.ts';
import { isCad, limitsFor } from '../../../server/derive/recipes.ts';
import { stepBox } from '../../build-step.ts';
import { converting } from './converting.ts';

/** Drawings of machine parts, by occt-import-js when an operator has installed it. */
const installed = folderOfReader();
const given = process.env.OCCT_IMPORT_JS;
const { convert, newFolder, taskOf } = converting();
afterAll(() => {
  process.env.OCCT_IMPORT_JS = given ?? '';
});

function folderOfReader(): string | undefined {
  const named = process.env.OCCT_IMPORT_JS;
  if (named) return existsSync(named) ? named : undefined;
  try {
    return dirname(createRequire(import.meta.url).resolve('occt-import-js/package.json'));
  } catch {
    return undefined;
  }
}

/** What the model says of itself; where the reader is not installed, that is what it says. */
async function read(bytes: string | Uint8Array, mediaType = 'model/step') {
  const made = convert(bytes, mediaType, 'model', { packs: true });
  if (installed === undefined) {
    await expect(made).rejects.toMatchObject({ reason: 'cad-missing' });
    return undefined;
  }
  const { facts, files = [], passages } = await made;
  const packed = files.find(({ name }) => name === 'packed')?.file ?? '';
  expect(await faultsOf(await readFile(packed))).toMatchObject({ errors: 0 });
  const root = (await new NodeIO().read(packed)).getRoot();
  return { model: facts.model, passages, root };
}

const box = stepBox('base plate', [200, 100, 50], [1, 0.5, 0]);

test('a STEP file becomes a model in metres with its name and colour, upright', async () => {
  const made = await read(box);
  if (!made) return;
  expect(made.model).toMatchObject({ triangles: 12, materials: 1 });
  expect(made.model?.size).toEqual({ x: 0.2, y: 0.05, z: 0.1 });
  expect(made.root.listNodes().map((node) => node.getName())).toContain('base plate');
  expect(made.passages?.map(({ text }) => text).join()).toContain('base plate');
  const [red = 0, green = 0, blue = 1] = made.root.listMaterials()[0]?.getBaseColorFactor() ?? [];
  expect([red, blue]).toEqual([1, 0]);
  expect(green).toBeLessThan(0.51);
}, 60_000);

test('it gets a picture and a copy for phones, like other models', async () => {
  if (!(await read(box))) return;
  expect((await convert(box, 'model/step', 'thumbnails', { packs: true })).files).toHaveLength(6);
  const { files = [] } = await convert(box, 'model/step', 'light', { packs: true });
  expect(files.map(({ name }) => name)).toEqual(['light']);
}, 60_000);

test('what is no drawing is told to be damaged', async () => {
  if (installed === undefined) return expect(await read('hello')).toBeUndefined();
  for (const mediaType of ['model/step', 'model/iges', 'model/x-brep'])
    await expect(convert('ISO-10303-21; hello', mediaType, 'model', { packs: true })).rejects.toMatchObject({
      reason: 'damaged',
    });
}, 60_000);

test('real drawings, of the reader’s own tests, keep their parts apart', async () => {
  const own = join(installed ?? '', 'test', 'testfiles');
  const assembly = join(own, 'cax-if', 'as1-oc-214.stp');
  if (!existsSync(assembly)) return expect(installed === undefined || !existsSync(own)).toBe(true);
  const made = await read(await readFile(assembly));
  const names = made?.root.listNodes().map((node) => node.getName());
  expect(names).toEqual(expect.arrayContaining(['plate', 'l-bracket-assembly', 'nut', 'rod']));
  expect(made?.root.listMaterials().length).toBeGreaterThan(1);
  const folders = join(own, 'cube-10x10mm');
  const iges = (await readdir(folders)).find((name) => name.endsWith('.igs')) ?? '';
  expect((await read(await readFile(join(folders, iges)), 'model/iges'))?.model?.size.x).toBeGreaterThan(0);
  const brep = join(own, 'cax-if-brep', 'as1_pe_203.brep');
  expect((await read(await readFile(brep), 'model/x-brep'))?.model?.size.x).toBeGreaterThan(0.05);
}, 180_000);

test('without the reader it is told what the operator must install', async () => {
  const bare = new Converters();
  process.env.OCCT_IMPORT_JS = join(await newFolder(), 'nowhere');
  const made = bare.run(await taskOf(box, 'model/step', 'model'), limitsFor('model', 'model/step'));
  await expect(made).rejects.toMatchObject({ name: 'NotConvertible', reason: 'cad-missing' });
  bare.stop();
});

test('the media types of drawings are known', () => {
  expect(['model/step', 'model/iges', 'model/x-brep', 'model/stl'].map(isCad)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
