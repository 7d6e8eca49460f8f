import { expect, test } from '@jest/globals';
import type { Member } from '../../../server/access/index.ts';
import { commit } from '../../../server/resources/commit.ts';
import { ResourceModel, VersionModel } from '../../../server/resources/model.ts';
import { publish } from '../../../server/resources/publish.ts';
import { startDraft } from '../../../server/resources/steps.ts';
import type { Draft } from '../../../server/resources/stored.ts';
import { getVersion, listHistory, listVersions } from '../../../server/resources/versions.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();

const platform = { clock: () => new Date() } as Parameters<typeof publish>[0];
const author: Member = {
  id: 'a'.repeat(24),
  name: '李作者',
  organisation: 'b'.repeat(24),
  roles: ['author'],
};

const draft: Draft = {
  title: '对刀',
  summary: '试切法',
  level: 'module',
  majors: ['460103'],
  courses: [],
  jobs: [],
  certificates: [],
  tags: [],
  materialType: 'video',
  language: 'zh-CN',
  licence: 'group-only',
  creators: ['李作者'],
  audience: { scope: 'self' },
  files: [{ path: 'a.md', size: 1, mediaType: 'text/markdown', sha256: 'a', crc32: 0 }],
  fileCount: 1,
  bytes: 1,
  cover: null,
  basedOn: 0,
};

async function stored(): Promise<string> {
  const resource = new ResourceModel({
    kind: 'courseware',
    organisation: author.organisation,
    owner: author.id,
    scope: 'self',
    draft,
    createdAt: new Date(),
  });
  await commit(platform, author, resource, 'created');
  return resource.id;
}

/** What a publishing leaves that ends between its two writes. */
async function leftover(resource: string, number: number, fromRevision: number, note: string) {
  const { basedOn, ...content } = draft;
  await VersionModel.create({
    ...content,
    title: note,
    resource,
    number,
    fromRevision,
    audienceKeys: ['group', 'public'],
    publishedAt: new Date(0),
    publisher: { id: 'c', name: '他人' },
    note,
  });
}

test('a version that nobody took over is not there for anybody', async () => {
  const id = await stored();
  await leftover(id, 1, 0, '中断');
  expect((await listVersions(author, id, { limit: 10 })).items).toEqual([]);
  await expect(getVersion(author, id, 1)).rejects.toMatchObject({ status: 404 });
});

test('publishing again from the same draft takes over what was left', async () => {
  const id = await stored();
  await leftover(id, 1, 0, '中断');
  const published = await publish(platform, author, id, '再试');
  expect(published).toMatchObject({ number: 1, note: '中断' });
  const { items } = await listVersions(author, id, { limit: 10 });
  expect(items).toMatchObject([{ number: 1, note: '中断' }]);
  expect(await ResourceModel.findById(id).lean()).toMatchObject({
    state: 'published',
    draft: null,
    published: { number: 1, publishedAt: items[0]?.publishedAt },
  });
});

test('publishing after the draft has changed replaces what was left', async () => {
  const id = await stored();
  await leftover(id, 1, 0, '中断');
  const resource = await ResourceModel.findById(id).orFail();
  resource.draft = { ...draft, title: '新标题' };
  await commit(platform, author, resource, 'described');
  await publish(platform, author, id, '新版');
  expect(await VersionModel.find({ resource: id }).lean()).toMatchObject([
    { number: 1, note: '新版', title: '新标题', fromRevision: 1 },
  ]);
});

test('a published version never changes, whatever the program tries', async () => {
  const id = await stored();
  await publish(platform, author, id, '');
  const change = VersionModel.updateOne({ resource: id }, { $set: { title: '改' } });
  await expect(change).rejects.toThrow('A published version never changes');
});

test('the history keeps every change, though each is first stored inside the resource', async () => {
  const id = await stored();
  await publish(platform, author, id, '');
  await startDraft(platform, author, id);
  const { items } = await listHistory(author, id, { limit: 10 });
  expect(items.map(({ what, revision }) => [what, revision])).toEqual([
    ['draft-started', 2],
    ['published', 1],
    ['created', 0],
  ]);
  expect(items.map(({ by }) => by.name)).toEqual(['李作者', '李作者', '李作者']);
});
