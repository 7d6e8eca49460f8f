import { beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { downloadBag, importBag } from '../../server/bags/contract.ts';
import { getCover, listPreviews } from '../../server/content/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import * as contract from '../../server/resources/contract.ts';
import { search } from '../../server/search/contract.ts';
import { uploadFiles } from '../browser/build-library.ts';
import { glb, png } from '../browser/make-files.ts';
import { eventually } from '../eventually.ts';
import { box } from '../spherical-film.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

type Label = z.input<typeof contract.ModelAnnotation>;

let group: RunningGroup;
let author: SignedIn;
let stranger: SignedIn;

const label = (title: string, more: Partial<Label> = {}): Label => ({
  title,
  text: '先断电',
  position: { x: 0, y: 0.5, z: 0 },
  normal: { x: 0, y: 0, z: 1 },
  view: { orbit: { theta: 0.5, phi: 1.2, radius: 2 }, target: { x: 0, y: 0.4, z: 0 }, fieldOfView: 30 },
  ...more,
});

beforeAll(async () => {
  group = await startGroup();
  [author, stranger] = await Promise.all([
    group.member({ roles: ['author'] }),
    group.member({ roles: ['author'] }),
  ]);
});

/** Of drawings by CAD programs no picture is made. */
const drawing = '0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n';

async function draftWithModel(): Promise<string> {
  const { id } = await draftOf(author, { kind: 'xr' });
  await uploadFiles(author, id, { '机床.glb': await glb(), '主轴.png': await png(), '夹具.dxf': drawing });
  return id;
}

const annotate = (by: SignedIn, id: string, annotations: Label[], path = '机床.glb', ifMatch?: number) =>
  by.call(contract.annotateFile, {
    params: { id, path },
    body: { annotations },
    ...(ifMatch !== undefined && { ifMatch }),
  });
const draft = async (id: string) =>
  must(await author.call(contract.getResource, { params: { id }, query: { view: 'draft' } })).body;
const labelsIn = (files: readonly z.output<typeof contract.File>[]) =>
  files.find(({ path }) => path === '机床.glb')?.annotations?.map(({ title }) => title);

describe('labels on a model', () => {
  test('are kept in order with what they show and lead to, and stand in the history', async () => {
    const id = await draftWithModel();
    const other = await publishedBy(author, group.admin, { title: '主轴保养' });
    const given = [label('主轴', { image: '主轴.png', resource: other.id }), label('刀架')];
    const { body } = must(await annotate(author, id, given));
    expect(body.files[0]?.annotations).toEqual(given);
    expect((await draft(id)).files[0]?.annotations).toEqual(given);
    const history = must(await author.call(contract.listHistory, { params: { id }, query: {} })).body.items;
    expect(history[0]).toMatchObject({
      what: 'annotated',
      changes: [
        {
          field: 'annotations',
          before: { path: '机床.glb', annotations: [] },
          after: { path: '机床.glb', annotations: [{ title: '主轴' }, { title: '刀架' }] },
        },
      ],
    });
  });

  test('are found by their words, with the model and the label that they stand at', async () => {
    const id = await draftWithModel();
    must(await annotate(author, id, [label('主轴'), label('尾座套筒', { text: '锥孔为莫氏四号' })]));
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    must(await group.admin.call(contract.publishResource, { params: { id }, body: {} }));
    await eventually(async () => {
      const { items } = must(await stranger.call(search, { query: { q: '莫氏四号' } })).body;
      expect(items[0]).toMatchObject({ id, passages: [{ file: '机床.glb', section: '尾座套筒' }] });
    });
  });

  test('that are as they were change nothing', async () => {
    const id = await draftWithModel();
    const first = must(await annotate(author, id, [label('主轴')])).body.revision;
    expect(must(await annotate(author, id, [label('主轴')])).body.revision).toBe(first);
  });

  test('belong to the version: it keeps them while the next draft, which begins with them, changes', async () => {
    const id = await draftWithModel();
    must(await annotate(author, id, [label('主轴')]));
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    expect(refusal(await annotate(author, id, [])).type).toBe('/api/problems/resources/under-review');
    must(await group.admin.call(contract.publishResource, { params: { id }, body: {} }));
    const { items } = must(await stranger.call(listPreviews, { params: { id }, query: {} })).body;
    expect(items[0]?.annotations).toMatchObject([{ title: '主轴' }]);

    const next = must(await author.call(contract.startDraft, { params: { id }, body: {} })).body;
    expect(labelsIn(next.files)).toEqual(['主轴']);
    must(await annotate(author, id, [label('主轴'), label('尾座')]));
    const version = must(await author.call(contract.getVersion, { params: { id, number: 1 } })).body;
    expect(labelsIn(version.files)).toEqual(['主轴']);
  });

  test('are not put over those of somebody else who was faster', async () => {
    const id = await draftWithModel();
    const { revision } = await draft(id);
    must(await annotate(author, id, [label('主轴')], '机床.glb', revision));
    const late = await annotate(author, id, [label('刀架')], '机床.glb', revision);
    expect(refusal(late)).toMatchObject({ status: 412, type: '/api/problems/http/changed-meanwhile' });
    expect(labelsIn((await draft(id)).files)).toEqual(['主轴']);
  });

  test('are for those who edit: others do not find the draft, and readers of a version may not', async () => {
    const id = await draftWithModel();
    expect((await annotate(stranger, id, [])).status).toBe(404);
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    must(await group.admin.call(contract.publishResource, { params: { id }, body: {} }));
    expect((await annotate(stranger, id, [])).status).toBe(403);
    expect(refusal(await annotate(author, id, [])).type).toBe('/api/problems/resources/no-draft');
  });

  test.each([
    ['a file that is no model', '夹具.dxf', label('主轴'), 409, 'resources/takes-no-label'],
    ['a file that is not there', '没有.glb', label('主轴'), 404, 'resources/no-such-file'],
    [
      'a picture that is not there',
      '机床.glb',
      label('主轴', { image: '没有.png' }),
      400,
      'resources/no-such-picture',
    ],
    [
      'a resource that nobody knows',
      '机床.glb',
      label('主轴', { resource: '0123456789abcdef01234567' }),
      400,
      'resources/unknown-link',
    ],
    ['a label without a name', '机床.glb', label(' '), 400, 'http/invalid-request'],
    [
      'a place beyond all bounds',
      '机床.glb',
      label('主轴', { position: { x: 1e12, y: 0, z: 0 } }),
      400,
      'http/invalid-request',
    ],
    [
      'a text as long as a book',
      '机床.glb',
      label('主轴', { text: '长'.repeat(1001) }),
      400,
      'http/invalid-request',
    ],
  ])('for %s are refused, and the draft stays as it was', async (_, path, wrong, status, type) => {
    const id = await draftWithModel();
    const { revision } = await draft(id);
    expect(refusal(await annotate(author, id, [label('刀架'), wrong], path))).toMatchObject({
      status,
      type: `/api/problems/${type}`,
    });
    expect(await draft(id)).toMatchObject({ revision });
  });

  test('do not lead to a resource that their author cannot see', async () => {
    const hidden = await draftOf(stranger);
    const answer = await annotate(author, await draftWithModel(), [label('主轴', { resource: hidden.id })]);
    expect(refusal(answer)).toMatchObject({
      type: '/api/problems/resources/unknown-link',
      errors: [{ in: 'body', field: 'annotations.0.resource' }],
    });
  });

  test('leave in a bag with the model and come back with it', async () => {
    const id = await draftWithModel();
    const given = [label('主轴', { image: '主轴.png' })];
    must(await annotate(author, id, given));
    must(await author.call(contract.chooseCover, { params: { id }, body: { path: '主轴.png' } }));
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    must(await group.admin.call(contract.publishResource, { params: { id }, body: {} }));
    const bag = await author.fetch(addressOf(downloadBag, { id, version: 1 }, {}));
    const { id: box } = await draftOf(stranger);
    await uploadFiles(stranger, box, { 'bag.zip': Buffer.from(await bag.arrayBuffer()) });
    const { resources } = must(
      await stranger.call(importBag, { body: { resource: box, path: 'bag.zip' } }),
    ).body;
    const params = { id: resources[0]?.id ?? '' };
    const { files } = must(await stranger.call(contract.getResource, { params, query: {} })).body;
    const named = (path: string) => files.find((file) => file.path === path);
    expect(named('机床.glb')?.annotations).toEqual(given);
    expect(named('主轴.png')?.isCover).toBe(true);
  });
});

describe('labels in 360° photos', () => {
  const view = { yaw: 30, pitch: 0, width: 70 };
  const spot = { text: '', position: { yaw: 40, pitch: -10 }, view };

  async function draftWithScenes(): Promise<string> {
    const { id } = await draftOf(author, { kind: 'xr' });
    const picture = await png();
    await uploadFiles(author, id, { '车间.png': picture, '库房.png': picture, '机床.glb': await glb() });
    return id;
  }
  const put = (id: string, path: string, annotations: z.input<typeof contract.Annotation>[]) =>
    author.call(contract.annotateFile, { params: { id, path }, body: { annotations } });

  test('lead from one photo into another, where one arrives as its author chose, and come to readers', async () => {
    const id = await draftWithScenes();
    const given = [{ ...spot, title: '去库房', scene: { path: '库房.png', look: view } }];
    must(await put(id, '车间.png', given));
    must(
      await author.call(contract.chooseView, {
        params: { id, path: '库房.png' },
        body: { view: 'sphere', look: view },
      }),
    );
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    must(await group.admin.call(contract.publishResource, { params: { id }, body: {} }));
    const { items } = must(await stranger.call(listPreviews, { params: { id }, query: {} })).body;
    expect(items[0]?.annotations).toEqual(given);
    expect(items[1]?.facts.sphere).toMatchObject({ yaw: 30, pitch: 0, view: 70 });
  });

  test('stand in a 360° video, too, and lead from there into a photo', async () => {
    const id = await draftWithScenes();
    await uploadFiles(author, id, {
      '巡检.mp4': box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    });
    const given = [{ ...spot, title: '去库房', scene: { path: '库房.png' } }];
    const { files } = must(await put(id, '巡检.mp4', given)).body;
    expect(files.find(({ path }) => path === '巡检.mp4')?.annotations).toEqual(given);
    expect(refusal(await put(id, '巡检.mp4', [label('主轴')])).type).toBe(
      '/api/problems/resources/takes-no-label',
    );
  });

  test('do not lead to a file that is none of the draft, nor stand on a model; nor the other way round', async () => {
    const id = await draftWithScenes();
    const lost = { ...spot, title: '去库房', scene: { path: '别处.png' } };
    expect(refusal(await put(id, '车间.png', [lost]))).toMatchObject({
      type: '/api/problems/resources/no-such-picture',
      errors: [{ in: 'body', field: 'annotations.0.scene.path' }],
    });
    for (const [path, wrong] of [
      ['机床.glb', { ...spot, title: '主轴' }],
      ['车间.png', label('主轴')],
    ] as const)
      expect(refusal(await put(id, path, [wrong])).type).toBe('/api/problems/resources/takes-no-label');
  });
});

describe('the cover', () => {
  test('is the file that its author chose, for readers too, and stands in the history', async () => {
    const id = await draftWithModel();
    const choose = (path: string | null) =>
      author.call(contract.chooseCover, { params: { id }, body: { path } });
    const { files } = must(await choose('主轴.png')).body;
    expect(files.filter(({ isCover }) => isCover).map(({ path }) => path)).toEqual(['主轴.png']);
    const { items } = must(await author.call(contract.listHistory, { params: { id }, query: {} })).body;
    expect(items[0]).toMatchObject({
      what: 'cover-chosen',
      changes: [{ field: 'cover', before: null, after: '主轴.png' }],
    });
    const red = await eventually(async () => {
      const cover = await author.fetch(addressOf(getCover, { id }, {}));
      expect(cover.status).toBe(200);
      return cover.arrayBuffer();
    });
    expect(red.byteLength).toBeGreaterThan(100);
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    must(await group.admin.call(contract.publishResource, { params: { id }, body: {} }));
    const { items: cards } = must(
      await stranger.call(contract.listResources, { query: { limit: 100 } }),
    ).body;
    const picture = files.find(({ path }) => path === '主轴.png');
    expect(cards.find((card) => card.id === id)?.cover).toBe(picture?.sha256);
  });

  test('is no file without a picture, and none chosen means the first picture or model', async () => {
    const id = await draftWithModel();
    const choose = (path: string | null) =>
      author.call(contract.chooseCover, { params: { id }, body: { path } });
    expect(refusal(await choose('夹具.dxf')).type).toBe('/api/problems/resources/no-picture-of');
    expect((await choose('没有.png')).status).toBe(404);
    must(await choose('主轴.png'));
    expect(must(await choose(null)).body.files.some(({ isCover }) => isCover)).toBe(false);
  });
});
