import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../server/resources/contract.ts';
import { draftOf, publishedBy, upload } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let reviewer: SignedIn;
let colleague: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'], name: '李作者' });
  const { organisation } = author;
  [reviewer, colleague, stranger] = await Promise.all([
    group.member({ roles: ['reviewer'], organisation }),
    group.member({ organisation }),
    group.member(),
  ]);
});

const read = async (by: SignedIn, id: string) => by.call(contract.getResource, { params: { id }, query: {} });

describe('a published resource', () => {
  test('is withdrawn with a page that names the successor', async () => {
    const { id } = await publishedBy(author, reviewer);
    const successor = await publishedBy(author, reviewer);
    const reason = '设备已更新';
    must(
      await author.call(contract.withdrawResource, {
        params: { id },
        body: { reason, successor: successor.id },
      }),
    );
    expect((await read(stranger, id)).body).toMatchObject({
      state: 'withdrawn',
      withdrawn: { reason, successor: successor.id },
      files: [],
      can: [],
    });
    expect((await read(stranger, id)).body.withdrawn?.successorTitle).toBe(successor.title);
    expect((await group.visitor.call(contract.getResource, { params: { id }, query: {} })).status).toBe(404);
    const versions = await stranger.call(contract.listVersions, { params: { id }, query: {} });
    const { successor: named, detail } = refusal(versions);
    expect([named, detail.includes(successor.id)]).toEqual([successor.id, false]);
  });

  test('that is withdrawn does not tell strangers what a successor for few is called', async () => {
    const { id } = await publishedBy(author, reviewer);
    const successor = await publishedBy(author, reviewer, {
      title: '内部版',
      audience: { scope: 'organisation' },
    });
    must(
      await author.call(contract.withdrawResource, {
        params: { id },
        body: { reason: '改为内部使用', successor: successor.id },
      }),
    );
    expect((await read(stranger, id)).body.withdrawn).not.toHaveProperty('successorTitle');
    expect((await read(colleague, id)).body.withdrawn?.successorTitle).toBe('内部版');
  });

  test('is not succeeded by itself or by what is not published', async () => {
    const { id } = await publishedBy(author, reviewer);
    const draft = await draftOf(author);
    for (const successor of [id, draft.id, '0'.repeat(24)]) {
      const answer = await author.call(contract.withdrawResource, {
        params: { id },
        body: { reason: '重复', successor },
      });
      const { status, errors, detail } = refusal(answer);
      expect([status, errors]).toEqual([400, [{ in: 'body', field: 'successor', message: detail }]]);
    }
    expect((await read(stranger, id)).body.state).toBe('published');
  });
});

test('the history tells who did what, newest first, field by field', async () => {
  const { id, title } = await draftOf(author);
  must(await author.call(contract.updateResource, { params: { id }, body: { title: '新标题' } }));
  await upload(author, id);
  must(await author.call(contract.submitResource, { params: { id }, body: {} }));
  must(await reviewer.call(contract.publishResource, { params: { id }, body: { note: '首发' } }));
  must(await author.call(contract.startDraft, { params: { id }, body: {} }));
  const { items } = must(
    await author.call(contract.listHistory, { params: { id }, query: { limit: 100 } }),
  ).body;
  expect(items.map(({ what, by }) => [what, by.name])).toEqual([
    ['draft-started', '李作者'],
    ['published', '王老师'],
    ['submitted', '李作者'],
    ['file-added', '李作者'],
    ['described', '李作者'],
    ['created', '李作者'],
  ]);
  expect(items.map(({ revision }) => revision)).toEqual([5, 4, 3, 2, 1, 0]);
  expect(items[4]?.changes).toEqual([{ field: 'title', before: title, after: '新标题' }]);
});

test('the history begins with all that was said at first, and what changes nothing is no entry', async () => {
  const body = {
    kind: 'courseware',
    title: '对刀',
    summary: '',
    majors: ['数控技术'],
    tags: ['CNC'],
  } as const;
  const { id } = must(
    await author.call(contract.createResource, {
      body: { ...body, majors: [...body.majors], tags: [...body.tags] },
    }),
  ).body;
  must(await author.call(contract.arrangeFiles, { params: { id }, body: {} }));
  const { items } = must(await author.call(contract.listHistory, { params: { id }, query: {} })).body;
  expect(items.map(({ what, revision }) => [what, revision])).toEqual([['created', 0]]);
  expect(items[0]?.changes).toEqual([
    { field: 'kind', before: null, after: 'courseware' },
    { field: 'title', before: null, after: '对刀' },
    { field: 'majors', before: null, after: ['460103'] },
    { field: 'tags', before: null, after: ['CNC'] },
  ]);
});

test('the history keeps the reviewer’s words on fields and the successor, also of what was withdrawn', async () => {
  const { id } = await draftOf(author);
  await upload(author, id);
  must(await author.call(contract.submitResource, { params: { id }, body: {} }));
  const fields = [{ field: 'summary', comment: '请写明型号' }];
  must(await reviewer.call(contract.returnResource, { params: { id }, body: { comment: '请补充', fields } }));
  must(await author.call(contract.submitResource, { params: { id }, body: {} }));
  must(await reviewer.call(contract.publishResource, { params: { id }, body: {} }));
  const successor = await publishedBy(author, reviewer);
  must(
    await author.call(contract.withdrawResource, {
      params: { id },
      body: { reason: '已更新', successor: successor.id },
    }),
  );
  expect((await read(author, id)).body.can).toContain('trace');
  expect((await read(stranger, id)).body.can).not.toContain('trace');
  const { items } = must(
    await author.call(contract.listHistory, { params: { id }, query: { limit: 100 } }),
  ).body;
  const changesOf = (what: string) => items.find((item) => item.what === what)?.changes;
  expect(changesOf('returned')).toContainEqual({ field: 'fields', before: null, after: fields });
  expect(changesOf('withdrawn')).toContainEqual({ field: 'successor', before: null, after: successor.id });
});
