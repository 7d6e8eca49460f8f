import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Audience } from '../../server/access/index.ts';
import {
  collectionEndpoints as collections,
  listCollections,
  listShelves,
  shelfEndpoints as shelves,
} from '../../server/collections/contract.ts';
import { startDraft, withdrawResource } from '../../server/resources/contract.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let curator: SignedIn;
let author: SignedIn;
let teacher: SignedIn;
let open: string[];

beforeAll(async () => {
  group = await startGroup();
  [curator, author, teacher] = await Promise.all([
    group.member({ groupRoles: ['curator'] }),
    group.member({ roles: ['author', 'organisation-admin'] }),
    group.member(),
  ]);
  open = [];
  for (const title of ['车削', '铣削', '磨削']) open.push((await publishedBy(author, author, { title })).id);
});

const make = async (by = curator, body: object = {}) =>
  must(await by.call(collections.create, { body: { title: '机械加工入门', ...body } })).body;
const add = (id: string, resource: string, more: object = {}, by = curator) =>
  by.call(collections.addItem, { params: { id }, body: { resource, ...more } });
const order = (set: { items: { resource: string }[] }) =>
  set.items.map(({ resource }) => open.indexOf(resource));

describe('a collection', () => {
  test('is made by curators, for the group unless told', async () => {
    const made = await make();
    expect(made).toMatchObject({
      title: '机械加工入门',
      audience: { scope: 'group' },
      items: [],
      can: ['edit'],
    });
    const refused = await teacher.call(collections.create, { body: { title: '我的' } });
    expect(refused.status).toBe(403);
  });

  test('is for curators alone until something stands in it', async () => {
    const { id } = await make();
    const seenBy = async (by: Pick<SignedIn, 'call'>) => {
      const { items } = must(await by.call(listCollections, { query: { limit: 100 } })).body;
      const { status } = await by.call(collections.get, { params: { id } });
      return [items.some((item) => item.id === id), status];
    };
    expect(await seenBy(curator)).toEqual([true, 200]);
    expect(await seenBy(teacher)).toEqual([false, 404]);
    must(await add(id, open[0] ?? ''));
    expect(await seenBy(teacher)).toEqual([true, 200]);
    expect(await seenBy(group.visitor)).toEqual([false, 404]);
    const params = { id, resource: open[0] ?? '' };
    must(await curator.call(collections.removeItem, { params }));
    expect(await seenBy(teacher)).toEqual([false, 404]);
  });

  test('keeps its resources in the order they are put', async () => {
    const { id } = await make();
    for (const resource of open.slice(0, 2)) must(await add(id, resource));
    const third = must(await add(id, open[2] ?? '', { before: open[0], note: '先学' }));
    expect(order(third.body)).toEqual([2, 0, 1]);
    expect(third.body.items[0]).toMatchObject({ note: '先学', card: { title: '磨削' } });
    const params = { id, resource: open[2] ?? '' };
    const moved = must(await curator.call(collections.changeItem, { params, body: { before: null } }));
    expect(order(moved.body)).toEqual([0, 1, 2]);
    expect(order(must(await curator.call(collections.removeItem, { params })).body)).toEqual([0, 1]);
  });

  test('holds a resource once', async () => {
    const { id } = await make();
    must(await add(id, open[0] ?? ''));
    expect(refusal(await add(id, open[0] ?? ''))).toMatchObject({
      status: 409,
      type: '/api/problems/collections/already-collected',
    });
  });

  test('has sections; what stood in one that goes stays in the collection', async () => {
    const sections = [
      { id: 'basics', title: '基础' },
      { id: 'practice', title: '实训' },
    ];
    const { id } = await make(curator, { sections });
    must(await add(id, open[0] ?? '', { section: 'practice' }));
    expect(refusal(await add(id, open[1] ?? '', { section: 'nowhere' })).status).toBe(409);
    const body = { sections: sections.slice(0, 1) };
    const changed = must(await curator.call(collections.update, { params: { id }, body }));
    expect(changed.body.sections).toEqual([{ id: 'basics', title: '基础', note: '' }]);
    expect(changed.body.items).toMatchObject([{ resource: open[0], section: null }]);
  });

  test('shows readers what they may read of it, and no gap where they may not', async () => {
    const secret = await publishedBy(author, author, { audience: { scope: 'organisation' } });
    const gone = await publishedBy(author, author);
    const { id } = await make();
    must(await add(id, open[0] ?? ''));
    must(await add(id, gone.id));
    expect((await add(id, secret.id)).status).toBe(404); // the curator cannot read it
    must(await author.call(withdrawResource, { params: { id: gone.id }, body: { reason: '过时' } }));
    const seen = must(await teacher.call(collections.get, { params: { id } })).body;
    expect(seen.items.map(({ resource }) => resource)).toEqual([open[0]]);
    expect(seen.can).toEqual([]);
    const edited = must(await curator.call(collections.get, { params: { id } })).body;
    expect(edited.items).toMatchObject([{ card: { state: 'published' } }, { card: { state: 'withdrawn' } }]);
  });

  test('counts in the list what its reader may see of it, as when it is read by itself, and has no other cover', async () => {
    const inside = await group.member({ groupRoles: ['curator'], organisation: author.organisation });
    const secret = await publishedBy(author, author, { audience: { scope: 'organisation' } });
    const gone = await publishedBy(author, author, { audience: { scope: 'public' } });
    const shown = await publishedBy(author, author, { audience: { scope: 'public' } });
    const audience = { scope: 'public' };
    const { id } = await make(inside, { audience });
    const mixed = await make(inside, { audience });
    must(await add(id, secret.id, {}, inside));
    for (const resource of [secret, gone, shown]) must(await add(mixed.id, resource.id, {}, inside));
    const withCover = { params: { id: mixed.id }, body: { cover: secret.id } };
    must(await inside.call(collections.update, withCover));
    must(await author.call(withdrawResource, { params: { id: gone.id }, body: { reason: '过时' } }));

    const foreign = await group.member({ roles: ['author'] });
    for (const [by, counts, covers] of [
      [group.visitor, [0, 1], [null, shown.id]],
      [foreign, [0, 1], [null, shown.id]],
      [author, [1, 2], [secret.id, secret.id]],
      [inside, [1, 3], [secret.id, secret.id]],
    ] as const) {
      const { items } = must(await by.call(listCollections, { query: { limit: 100 } })).body;
      const listed = [id, mixed.id].map((one) => items.find((item) => item.id === one));
      expect(listed.map((item) => item?.itemCount)).toEqual(counts);
      expect(listed.map((item) => item?.cover)).toEqual(covers);
      for (const one of listed) {
        const {
          sections,
          membersSeeMore,
          items: _,
          ...read
        } = must(await by.call(collections.get, { params: { id: one?.id ?? '' } })).body;
        expect(one).toEqual(read);
      }
    }
  });

  test('tells its curators what some readers cannot see, and visitors that members see more', async () => {
    const inside = await group.member({ groupRoles: ['curator'], organisation: author.organisation });
    const scopes = ['public', 'group', 'organisation'] as const;
    const resources = await Promise.all(
      scopes.map((scope) => publishedBy(author, author, { audience: { scope } })),
    );
    const { id } = await make(inside, { audience: { scope: 'self' } });
    for (const resource of resources) must(await add(id, resource.id, {}, inside));
    const hidden = async (by: Pick<SignedIn, 'call'>, audience: Audience) => {
      must(await inside.call(collections.update, { params: { id }, body: { audience } }));
      const { body } = must(await by.call(collections.get, { params: { id } }));
      return body.items.map(({ isHiddenFromSome }) => isHiddenFromSome);
    };
    const own: Audience = { scope: 'organisations', organisations: [author.organisation] };
    const both: Audience = {
      scope: 'organisations',
      organisations: [author.organisation, teacher.organisation],
    };
    expect(await hidden(inside, { scope: 'self' })).toEqual([false, false, false]);
    expect(await hidden(inside, own)).toEqual([false, false, false]);
    expect(await hidden(inside, both)).toEqual([false, false, true]);
    expect(await hidden(inside, { scope: 'group' })).toEqual([false, false, true]);
    expect(await hidden(inside, { scope: 'public' })).toEqual([false, true, true]);
    expect(await hidden(author, { scope: 'public' })).toEqual([false, false, false]);

    const read = async (by: Pick<SignedIn, 'call'>) =>
      must(await by.call(collections.get, { params: { id } })).body;
    expect(await read(group.visitor)).toMatchObject({ itemCount: 1, membersSeeMore: true });
    expect(await read(teacher)).toMatchObject({ itemCount: 2, membersSeeMore: false });
    const params = { id, resource: resources[1]?.id ?? '' };
    must(await inside.call(collections.removeItem, { params }));
    expect(await read(group.visitor)).toMatchObject({ itemCount: 1, membersSeeMore: false });
  });

  test('is not told to hold a resource to those who may not know of that', async () => {
    const inside = await group.member({ groupRoles: ['curator'], organisation: author.organisation });
    const { id: resource } = await publishedBy(author, author, { audience: { scope: 'organisation' } });
    const { id } = await make(inside, { audience: { scope: 'public' } });
    must(await add(id, resource, {}, inside));
    const holding = async (by: Pick<SignedIn, 'call'>) =>
      must(await by.call(listCollections, { query: { resource } })).body.items.map((item) => item.id);
    expect(await holding(author)).toEqual([id]);
    expect(await holding(teacher)).toEqual([]);
    expect(await holding(group.visitor)).toEqual([]);
  });

  test('is found by its audience alone', async () => {
    const { id } = await make(curator, { audience: { scope: 'organisation' } });
    const ids = async (by: SignedIn) =>
      must(await by.call(listCollections, { query: { limit: 100 } })).body.items.map((item) => item.id);
    expect(await ids(curator)).toContain(id);
    expect(await ids(teacher)).not.toContain(id);
    expect((await teacher.call(collections.get, { params: { id } })).status).toBe(404);
  });

  test('is not overwritten by somebody who has not seen the newest', async () => {
    const { id, revision } = await make();
    must(await add(id, open[0] ?? ''));
    const late = await curator.call(collections.update, {
      params: { id },
      body: { title: '晚了' },
      ifMatch: revision,
    });
    expect(refusal(late)).toMatchObject({ status: 412, revision: revision + 1 });
  });

  test('never holds what the member cannot read, nor takes such as its cover', async () => {
    const { id } = await make();
    const draft = await draftOf(author);
    expect((await add(id, draft.id)).status).toBe(404);
    const cover = await curator.call(collections.update, { params: { id }, body: { cover: draft.id } });
    expect(refusal(cover).type).toBe('/api/problems/collections/not-in-it');
  });
});

describe('a shelf', () => {
  test('is its owner’s alone until they share it', async () => {
    const { id } = must(await teacher.call(shelves.create, { body: { title: '下学期' } })).body;
    expect((await curator.call(shelves.get, { params: { id } })).status).toBe(404);
    must(await teacher.call(shelves.update, { params: { id }, body: { audience: { scope: 'group' } } }));
    expect((await curator.call(shelves.get, { params: { id } })).status).toBe(200);
    expect(must(await curator.call(listShelves, { query: {} })).body.items).toEqual([]);
    const edit = await curator.call(shelves.update, { params: { id }, body: { title: '改' } });
    expect(edit.status).toBe(403);
  });

  test('tells which shelves hold a resource', async () => {
    const reader = await group.member();
    const shelf = must(await reader.call(shelves.create, { body: { title: '收藏' } })).body;
    must(await reader.call(shelves.create, { body: { title: '空' } }));
    const resource = open[0] ?? '';
    must(await reader.call(shelves.addItem, { params: { id: shelf.id }, body: { resource } }));
    const holding = must(await reader.call(listShelves, { query: { resource } })).body.items;
    expect(holding.map(({ id }) => id)).toEqual([shelf.id]);
  });

  test('keeps a resource whose next draft is being written', async () => {
    const { id: resource } = await publishedBy(author, author);
    const shelf = must(await teacher.call(shelves.create, { body: { title: '跟进' } })).body;
    must(await teacher.call(shelves.addItem, { params: { id: shelf.id }, body: { resource } }));
    must(await author.call(startDraft, { params: { id: resource }, body: {} }));
    const { items } = must(await teacher.call(shelves.get, { params: { id: shelf.id } })).body;
    expect(items).toMatchObject([{ resource, card: { state: 'published' } }]);
  });

  test('is removed by its owner', async () => {
    const { id } = must(await teacher.call(shelves.create, { body: { title: '旧' } })).body;
    expect((await teacher.call(shelves.remove, { params: { id } })).status).toBe(204);
    expect((await teacher.call(shelves.get, { params: { id } })).status).toBe(404);
  });
});
