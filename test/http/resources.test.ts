import { beforeAll, describe, expect, test } from '@jest/globals';
import { shelfEndpoints } from '../../server/collections/contract.ts';
import { editMember } from '../../server/members/contract.ts';
import * as contract from '../../server/resources/contract.ts';
import { draftOf, publishedBy, submittedBy, upload } from './build-resource.ts';
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

const read = async (by: SignedIn, id: string, view?: 'draft' | 'published') =>
  by.call(contract.getResource, { params: { id }, query: { view } });

describe('a draft', () => {
  test('begins with what is usual, and tells what it still lacks', async () => {
    const { body } = await author.call(contract.createResource, {
      body: { kind: 'courseware', title: '  数控车床对刀 ' },
    });
    expect(body).toMatchObject({
      kind: 'courseware',
      title: '数控车床对刀',
      state: 'draft',
      view: 'draft',
      version: null,
      language: 'zh-CN',
      licence: 'group-only',
      audience: { scope: 'group' },
      creators: ['李作者'],
      organisation: author.organisation,
      owner: author.id,
      files: [],
      revision: 0,
    });
    expect(body.missing?.map(({ field }) => field)).toEqual([
      'summary',
      'level',
      'majors',
      'materialType',
      'files',
    ]);
    expect(body.can).toEqual(['preview', 'trace', 'edit', 'share', 'submit', 'discard']);
  });

  test('is unknown to everybody else', async () => {
    const { id } = await draftOf(author);
    for (const other of [colleague, stranger, reviewer]) expect((await read(other, id)).status).toBe(404);
  });

  test('keeps what a change leaves out', async () => {
    const { id, summary } = await draftOf(author);
    const answer = await author.call(contract.updateResource, {
      params: { id },
      body: { title: '铣床对刀', tags: ['对刀', '对刀', 'CNC'] },
    });
    expect(answer.body).toMatchObject({ title: '铣床对刀', tags: ['对刀', 'CNC'], summary, revision: 1 });
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  test('with an unknown major is refused, and the field is named', async () => {
    const answer = await author.call(contract.createResource, {
      body: { kind: 'courseware', title: '对刀', majors: ['460103', '999999'] },
    });
    expect(refusal(answer)).toMatchObject({
      status: 400,
      type: '/api/problems/resources/unknown-terms',
      errors: [{ in: 'body', field: 'majors.1', message: '词表“专业”中没有 999999，请从词表中选择。' }],
    });
  });

  test('has the part of its own kind and no other', async () => {
    const xr = { devices: ['headset' as const], runtime: 'webxr' as const, safety: '保持一米距离' };
    const made = await author.call(contract.createResource, { body: { kind: 'xr', title: '焊接仿真', xr } });
    expect(made.body.xr).toEqual(xr);
    const { id } = await draftOf(author);
    const answer = await author.call(contract.updateResource, { params: { id }, body: { xr } });
    expect(refusal(answer)).toMatchObject({ status: 400, errors: [{ field: 'xr' }] });
  });

  test('changes its kind, and leaves the part of the old one behind, as its history tells', async () => {
    const courseware = { minutes: 45 };
    const { id } = await draftOf(author, { courseware });
    const textbook = { form: 'workbook' as const };
    const { body } = must(
      await author.call(contract.updateResource, { params: { id }, body: { kind: 'textbook', textbook } }),
    );
    expect(body).toMatchObject({ kind: 'textbook', textbook });
    expect(body).not.toHaveProperty('courseware');
    const { items } = must(await author.call(contract.listHistory, { params: { id }, query: {} })).body;
    expect(items[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'kind', before: 'courseware', after: 'textbook' },
        { field: 'courseware', before: courseware, after: null },
        { field: 'textbook', before: null, after: textbook },
      ]),
    );
    const refused = await author.call(contract.updateResource, {
      params: { id },
      body: { kind: 'xr', textbook },
    });
    expect(refusal(refused)).toMatchObject({ status: 400, errors: [{ field: 'textbook' }] });
    expect((await read(author, id)).body).toMatchObject({ kind: 'textbook', textbook });

    await upload(author, id);
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    must(await reviewer.call(contract.publishResource, { params: { id }, body: {} }));
    const { items: found } = must(
      await stranger.call(contract.listResources, { query: { kind: 'textbook', limit: 100 } }),
    ).body;
    expect(found.map((one) => one.id)).toContain(id);
  });

  test('of what is published keeps its kind', async () => {
    const { id } = await publishedBy(author, reviewer);
    must(await author.call(contract.startDraft, { params: { id }, body: {} }));
    const change = (kind: contract.Kind) =>
      author.call(contract.updateResource, { params: { id }, body: { kind, title: '第二版' } });
    expect(refusal(await change('xr'))).toMatchObject({
      status: 409,
      type: '/api/problems/resources/kind-stays',
    });
    expect(must(await change('courseware')).body).toMatchObject({ kind: 'courseware', title: '第二版' });
  });

  test('is not overwritten by somebody who has not seen the newest', async () => {
    const { id, revision } = await draftOf(author);
    must(
      await author.call(contract.updateResource, {
        params: { id },
        body: { title: '第一人' },
        ifMatch: revision,
      }),
    );
    const late = await author.call(contract.updateResource, {
      params: { id },
      body: { title: '第二人' },
      ifMatch: revision,
    });
    expect(refusal(late)).toMatchObject({
      status: 412,
      type: '/api/problems/http/changed-meanwhile',
      revision: revision + 1,
    });
    expect((await read(author, id)).body.title).toBe('第一人');
  });

  test('that two save at the same moment takes one and refuses the other', async () => {
    const { id } = await draftOf(author);
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((title) =>
        author.call(contract.updateResource, { params: { id }, body: { title }, ifMatch: 0 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect((await read(author, id)).body.revision).toBe(1);
  });

  test('can be shared with a colleague, who then edits but does not discard it', async () => {
    const { id } = await draftOf(author);
    must(await author.call(contract.shareResource, { params: { id }, body: { editors: [colleague.id] } }));
    const edited = await colleague.call(contract.updateResource, { params: { id }, body: { title: '合编' } });
    expect(edited.status).toBe(200);
    expect(edited.body.can).toEqual(['preview', 'trace', 'edit', 'submit']);
    expect((await colleague.call(contract.deleteResource, { params: { id } })).status).toBe(403);
  });

  test('is shared with nobody who does not exist or is suspended; whoever edits it already may stay', async () => {
    const { id } = await draftOf(author);
    const nobody = '0123456789abcdef01234567';
    const left = await group.member({ organisation: author.organisation });
    const share = (...editors: string[]) =>
      author.call(contract.shareResource, { params: { id }, body: { editors } });
    must(await share(left.id));
    const params = { id: left.organisation, memberId: left.id };
    must(await group.admin.call(editMember, { params, body: { suspended: true } }));
    must(await share(left.id, colleague.id));
    must(await share(colleague.id));

    const refused = refusal(await share(colleague.id, nobody, left.id));

    expect([refused.status, refused.type]).toEqual([400, expect.stringContaining('members/unknown-members')]);
    expect(refused.errors?.map(({ field }) => field)).toEqual(['editors.1', 'editors.2']);
    expect((await read(author, id)).body.editors).toEqual([colleague.id]);
  });

  test('is discarded with all that belongs to it', async () => {
    const { id } = await draftOf(author);
    expect((await author.call(contract.deleteResource, { params: { id } })).status).toBe(204);
    expect((await read(author, id)).status).toBe(404);
  });

  test('is made by authors, not by teachers', async () => {
    const answer = await stranger.call(contract.createResource, { body: { kind: 'xr', title: '对刀' } });
    expect(answer.status).toBe(403);
    const visitor = await group.visitor.call(contract.createResource, {
      body: { kind: 'xr', title: '对刀' },
    });
    expect(visitor.status).toBe(401);
  });
});

describe('the files of a draft', () => {
  test('are put in order, renamed and removed', async () => {
    const { id } = await draftOf(author);
    for (const path of ['a.md', 'b.md', 'c.md']) await upload(author, id, path, path);
    const arranged = await author.call(contract.arrangeFiles, {
      params: { id },
      body: { rename: [{ from: 'b.md', to: '第一章/b.md' }], order: ['c.md'] },
    });
    expect(arranged.body.files.map(({ path }) => path)).toEqual(['c.md', 'a.md', '第一章/b.md']);
    const removed = await author.call(contract.removeFile, { params: { id, path: '第一章/b.md' } });
    expect(removed.body.files.map(({ path }) => path)).toEqual(['c.md', 'a.md']);
  });

  test('that come at the same time all stay', async () => {
    const { id } = await draftOf(author);
    const paths = Array.from({ length: 12 }, (_, i) => `${i}.md`);
    await Promise.all(paths.map((path) => upload(author, id, path, path)));
    const { files, revision } = (await read(author, id)).body;
    expect(files.map(({ path }) => path).sort()).toEqual([...paths].sort());
    expect(revision).toBe(12);
  });

  test('cannot be renamed onto one another', async () => {
    const { id } = await draftOf(author);
    for (const path of ['a.md', 'b.md']) await upload(author, id, path, path);
    const answer = await author.call(contract.arrangeFiles, {
      params: { id },
      body: { rename: [{ from: 'a.md', to: 'B.md' }] },
    });
    expect(refusal(answer)).toMatchObject({ status: 409, type: '/api/problems/resources/path-taken' });
  });
});

describe('review', () => {
  test('takes a draft with something to look at; what else is empty is told, and no obstacle', async () => {
    const { id, missing } = await draftOf(author, { summary: '' });
    expect(missing).toEqual([
      { field: 'summary', why: 'empty', needed: false },
      { field: 'files', why: 'no-files', needed: true },
    ]);
    const submit = () => author.call(contract.submitResource, { params: { id }, body: {} });
    expect(refusal(await submit())).toMatchObject({ status: 409, missing: [{ field: 'files' }] });
    await upload(author, id);
    must(await submit());
  });

  test('keeps the draft as it was submitted until it is taken back', async () => {
    const { id } = await submittedBy(author);
    const edit = () => author.call(contract.updateResource, { params: { id }, body: { title: '改' } });
    expect(refusal(await edit())).toMatchObject({
      status: 409,
      type: '/api/problems/resources/under-review',
    });
    must(await author.call(contract.recallResource, { params: { id }, body: {} }));
    expect((await edit()).status).toBe(200);
  });

  test('is done by a reviewer of the organisation, not by its author', async () => {
    const { id } = await submittedBy(author);
    const publish = (by: SignedIn) => by.call(contract.publishResource, { params: { id }, body: {} });
    expect((await publish(author)).status).toBe(403);
    expect((await publish(colleague)).status).toBe(404);
    expect((await read(reviewer, id)).body).toMatchObject({
      state: 'submitted',
      can: expect.arrayContaining(['publish', 'return']),
    });
    expect((await publish(reviewer)).body).toMatchObject({ number: 1 });
  });

  test('returns a draft with words, field by field', async () => {
    const { id } = await submittedBy(author);
    const words = { comment: '缺少安全说明', fields: [{ field: 'summary', comment: '写明设备型号' }] };
    must(await reviewer.call(contract.returnResource, { params: { id }, body: words }));
    expect((await read(author, id)).body).toMatchObject({
      state: 'draft',
      returned: { ...words, by: { id: reviewer.id } },
    });
  });

  test('is not needed for what stays with its author', async () => {
    const { id } = await draftOf(author, { audience: { scope: 'self' } });
    await upload(author, id);
    const published = await author.call(contract.publishResource, { params: { id }, body: { note: '自用' } });
    expect(published.body).toMatchObject({ number: 1 });
    expect((await read(colleague, id)).status).toBe(404);
  });
});

describe('a published resource', () => {
  test('is seen by its audience and nobody else', async () => {
    const organisation = await publishedBy(author, reviewer, { audience: { scope: 'organisation' } });
    expect((await read(colleague, organisation.id)).status).toBe(200);
    expect((await read(stranger, organisation.id)).status).toBe(404);
    const named = await publishedBy(author, reviewer, {
      audience: { scope: 'organisations', organisations: [stranger.organisation] },
    });
    expect((await read(stranger, named.id)).status).toBe(200);
    const open = await publishedBy(author, reviewer, { audience: { scope: 'public' } });
    const visitor = await group.visitor.call(contract.getResource, { params: { id: open.id }, query: {} });
    expect(visitor.body).toMatchObject({ state: 'published', version: 1, can: [] });
  });

  test('is not meant for an organisation that does not exist: nothing is stored, and the place is named', async () => {
    const nobody = 'f'.repeat(24);
    const audience = { scope: 'organisations' as const, organisations: [stranger.organisation, nobody] };
    const { id, revision } = await draftOf(author);
    const answer = await author.call(contract.updateResource, { params: { id }, body: { audience } });
    expect(refusal(answer)).toMatchObject({
      status: 400,
      ids: [nobody],
      errors: [{ in: 'body', field: 'audience.organisations.1' }],
    });
    expect((await read(author, id)).body).toMatchObject({ revision, audience: { scope: 'group' } });
    const shelf = await author.call(shelfEndpoints.create, { body: { title: '备课', audience } });
    expect(refusal(shelf)).toMatchObject({ ids: [nobody] });
  });

  test('stays as it is for readers while the next draft is written', async () => {
    const { id, title } = await publishedBy(author, reviewer);
    must(await author.call(contract.startDraft, { params: { id }, body: {} }));
    must(await author.call(contract.updateResource, { params: { id }, body: { title: '第二版' } }));
    const seen = (await read(stranger, id)).body;
    expect(seen).toMatchObject({ title, state: 'published', version: 1 });
    expect(seen).not.toHaveProperty('missing');
    expect((await read(stranger, id, 'draft')).status).toBe(403);
    expect((await read(author, id, 'draft')).body).toMatchObject({
      title: '第二版',
      state: 'draft',
      version: 1,
    });
  });

  test('gets its next version; earlier ones never change', async () => {
    const { id, title } = await publishedBy(author, reviewer);
    must(await author.call(contract.startDraft, { params: { id }, body: {} }));
    must(await author.call(contract.updateResource, { params: { id }, body: { title: '第二版' } }));
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    const published = await reviewer.call(contract.publishResource, {
      params: { id },
      body: { note: '更新图样' },
    });
    expect(published.body.number).toBe(2);
    const list = await stranger.call(contract.listVersions, { params: { id }, query: {} });
    expect(list.body.items.map(({ number, note }) => [number, note])).toEqual([
      [2, '更新图样'],
      [1, ''],
    ]);
    const first = await stranger.call(contract.getVersion, { params: { id, number: 1 } });
    expect(first.body).toMatchObject({ title, number: 1, files: [{ path: '工作页.md' }] });
    const missing = await stranger.call(contract.getVersion, { params: { id, number: 3 } });
    expect(missing.status).toBe(404);
  });

  test('does not open an earlier version that was for fewer', async () => {
    const { id } = await publishedBy(author, reviewer, { audience: { scope: 'organisation' } });
    must(await author.call(contract.startDraft, { params: { id }, body: {} }));
    must(
      await author.call(contract.updateResource, { params: { id }, body: { audience: { scope: 'group' } } }),
    );
    must(await author.call(contract.submitResource, { params: { id }, body: {} }));
    must(await reviewer.call(contract.publishResource, { params: { id }, body: {} }));
    const numbers = async (by: SignedIn) =>
      must(await by.call(contract.listVersions, { params: { id }, query: {} })).body.items.map(
        ({ number }) => number,
      );
    expect(await numbers(stranger)).toEqual([2]);
    expect(await numbers(colleague)).toEqual([2, 1]);
    const first = await stranger.call(contract.getVersion, { params: { id, number: 1 } });
    expect(first.status).toBe(404);
  });

  test('that two decide at the same moment is published once', async () => {
    const { id } = await submittedBy(author);
    const decide = (note: string) =>
      reviewer.call(contract.publishResource, { params: { id }, body: { note } });
    const answers = await Promise.all([decide('甲'), decide('乙')]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const versions = must(await author.call(contract.listVersions, { params: { id }, query: {} })).body.items;
    expect(versions).toHaveLength(1);
    const resource = (await read(author, id)).body;
    expect(resource.publishedAt).toBe(versions[0]?.publishedAt);
  });
});
