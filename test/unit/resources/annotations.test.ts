import { describe, expect, test } from '@jest/globals';
import { Annotation, Annotations, MOST_ANNOTATIONS } from '../../../server/resources/annotations/contract.ts';
import { annotated, fitted, withoutPicture } from '../../../server/resources/annotations/rules.ts';
import {
  arrange,
  chooseCover,
  placeFile,
  removeFile,
  totalsOf,
} from '../../../server/resources/files/rules.ts';
import type { StoredFile } from '../../../server/resources/stored.ts';

const file = (path: string, mediaType: string, more: Partial<StoredFile> = {}): StoredFile => ({
  path,
  size: 10,
  mediaType,
  sha256: path,
  crc32: 0,
  ...more,
});
const label = (more: object = {}): Annotation =>
  Annotation.parse({
    title: '主轴',
    position: { x: 0, y: 1, z: 0 },
    normal: { x: 0, y: 1, z: 0 },
    view: { orbit: { theta: 0, phi: 1, radius: 2 }, target: { x: 0, y: 0, z: 0 }, fieldOfView: 30 },
    ...more,
  });

const model = file('机床.glb', 'model/gltf-binary');
const picture = file('主轴.png', 'image/png');

describe('a label', () => {
  test.each([
    ['without a name', { title: ' ' }],
    ['at no number', { position: { x: Number.NaN, y: 0, z: 0 } }],
    ['beyond all bounds', { position: { x: 1e9, y: 0, z: 0 } }],
    ['with a surface that looks nowhere in particular', { normal: { x: 2, y: 0, z: 0 } }],
    ['with a picture outside of the resource', { image: '../主轴.png' }],
    ['with something that we do not know', { colour: 'red' }],
  ])('%s is refused', (_, wrong) => {
    expect(Annotation.safeParse({ ...label(), ...wrong }).success).toBe(false);
  });

  test('is one of so many that a learner can step through them', () => {
    const many = (count: number) => Annotations.safeParse(Array.from({ length: count }, () => label()));
    expect([many(MOST_ANNOTATIONS).success, many(MOST_ANNOTATIONS + 1).success]).toEqual([true, false]);
  });
});

describe('labels on a model', () => {
  const files = annotated([model, picture], model.path, [label({ image: picture.path }), label()]);
  const labelsOf = (some: readonly StoredFile[]) => some.find(({ path }) => path === model.path)?.annotations;

  test('show pictures of the draft and no others', () => {
    expect(withoutPicture([model, picture], [label({ image: '别处.png' }), label()])).toEqual([
      { field: '0.image', path: '别处.png' },
    ]);
    expect(withoutPicture([model, picture], [label({ image: model.path })])).toHaveLength(1);
  });

  test('follow a picture that is renamed', () => {
    const renamed = arrange(files, { rename: [{ from: picture.path, to: '图/主轴.png' }], order: [] });
    expect(labelsOf(renamed)?.[0]?.image).toBe('图/主轴.png');
  });

  test('follow two pictures that swap their names', () => {
    const other = file('刀架.png', 'image/png');
    const both = annotated([model, picture, other], model.path, [
      label({ image: picture.path }),
      label({ image: other.path }),
    ]);
    const swapped = arrange(both, {
      rename: [
        { from: picture.path, to: other.path },
        { from: other.path, to: picture.path },
      ],
      order: [],
    });
    expect(labelsOf(swapped)?.map(({ image }) => image)).toEqual([other.path, picture.path]);
  });

  test('lose a picture that is removed, and stay', () => {
    expect(labelsOf(removeFile(files, picture.path))).toEqual([label(), label()]);
  });

  test('stay when the model is sent again, and go when something else takes its place', () => {
    expect(labelsOf(placeFile(files, { ...model, sha256: 'better' }).files)).toHaveLength(2);
    expect(labelsOf(placeFile(files, { ...model, mediaType: 'text/plain' }).files)).toBeUndefined();
  });

  test('leave no trace once all are taken away', () => {
    expect(annotated(files, model.path, [])).toEqual([model, picture]);
  });

  test('stay as they are when nothing has happened to the files', () => {
    expect(fitted(files)).toEqual(files);
  });
});

describe('labels in a 360° photo', () => {
  const hall = file('车间.jpg', 'image/jpeg');
  const store = file('库房.jpg', 'image/jpeg');
  const view = { yaw: 10, pitch: 0, width: 75 };
  const inside = (more: object = {}): Annotation =>
    Annotation.parse({ title: '去库房', position: { yaw: 20, pitch: -5 }, view, ...more });
  const leading = annotated([hall, store], hall.path, [inside({ scene: { path: store.path, look: view } })]);

  test('stand in a direction, and not beyond all bounds', () => {
    const [wrong, other] = [
      { yaw: 181, pitch: 0 },
      { yaw: 0, pitch: 0, z: 1 },
    ];
    for (const position of [wrong, other])
      expect(Annotation.safeParse({ ...inside(), position }).success).toBe(false);
  });

  test('lead into photos of the draft and no others', () => {
    expect(withoutPicture([hall], [inside(), inside({ scene: { path: store.path } })])).toEqual([
      { field: '1.scene.path', path: store.path },
    ]);
  });

  test('follow the photo that they lead into, and lead nowhere once it is removed', () => {
    const renamed = arrange(leading, { rename: [{ from: store.path, to: '二楼.jpg' }], order: [] });
    expect(renamed[0]?.annotations).toEqual([inside({ scene: { path: '二楼.jpg', look: view } })]);
    expect(removeFile(leading, store.path)[0]?.annotations).toEqual([inside()]);
  });

  test('go when a model takes the place of the photo', () => {
    expect(placeFile(leading, { ...model, path: hall.path }).files[0]?.annotations).toBeUndefined();
  });
});

describe('the cover', () => {
  const text = file('说明.txt', 'text/plain');
  const drawing = file('夹具.dxf', 'image/vnd.dxf');

  test('is the first picture or model, until another is chosen', () => {
    const files = [text, model, picture];
    expect(totalsOf(files).cover).toBe(model.sha256);
    expect(totalsOf(chooseCover(files, picture.path)).cover).toBe(picture.sha256);
    expect(totalsOf(chooseCover(chooseCover(files, picture.path), null)).cover).toBe(model.sha256);
  });

  test('is one at a time, and stays with a file that is sent again', () => {
    const files = chooseCover(chooseCover([model, picture], picture.path), model.path);
    expect(files.filter(({ isCover }) => isCover).map(({ path }) => path)).toEqual([model.path]);
    expect(totalsOf(placeFile(files, { ...model, sha256: 'better' }).files).cover).toBe('better');
  });

  test('is no file without a picture, and none that is not there', () => {
    expect(() => chooseCover([drawing], drawing.path)).toThrow(
      expect.objectContaining({ type: 'resources/no-picture-of' }),
    );
    expect(() => chooseCover([text], '没有.png')).toThrow(
      expect.objectContaining({ type: 'resources/no-such-file' }),
    );
  });
});
