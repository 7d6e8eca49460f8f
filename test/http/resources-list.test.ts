import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../server/resources/contract.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
  stranger = await group.member();
});

describe('the list', () => {
  test('shows each what they may see, by pages, changed last first', async () => {
    const owner = await group.member({ roles: ['author', 'organisation-admin'] });
    const drafts = [await draftOf(owner), await draftOf(owner), await draftOf(owner)].map(({ id }) => id);
    const open = await publishedBy(owner, owner);
    const all = [open.id, ...drafts.reverse()];
    const mine = async (cursor?: string) =>
      must(await owner.call(contract.listResources, { query: { mine: 'true', limit: 3, cursor } })).body;
    const first = await mine();
    const second = await mine(first.next);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all);
    expect(second.next).toBeUndefined();
    const others = must(
      await stranger.call(contract.listResources, { query: { organisation: owner.organisation } }),
    ).body;
    expect(others.items.map(({ id }) => id)).toEqual([open.id]);
  });

  test('shows a published resource as such while its next draft is written', async () => {
    const owner = await group.member({ roles: ['author', 'organisation-admin'] });
    const { id, title } = await publishedBy(owner, owner);
    must(await owner.call(contract.startDraft, { params: { id }, body: {} }));
    const list = async (by: SignedIn, state: 'draft' | 'published') =>
      must(
        await by.call(contract.listResources, { query: { organisation: owner.organisation, state } }),
      ).body.items.map((item) => [item.id, item.title, item.state]);
    expect(await list(stranger, 'published')).toEqual([[id, title, 'published']]);
    expect(await list(stranger, 'draft')).toEqual([]);
    expect(await list(owner, 'draft')).toEqual([[id, title, 'draft']]);
  });

  test('shows every change of what it has shown before at once', async () => {
    const owner = await group.member({ roles: ['author', 'organisation-admin'] });
    const [{ id, title }, other] = [await publishedBy(owner, owner), await publishedBy(owner, owner)];
    const published = async (by: SignedIn) =>
      must(
        await by.call(contract.listResources, {
          query: { organisation: owner.organisation, state: 'published' },
        }),
      ).body.items.map((item) => [item.id, item.title]);
    expect(await published(stranger)).toEqual([
      [other.id, other.title],
      [id, title],
    ]);
    const revise = async (change: { title: string } | { audience: { scope: 'organisation' } }) => {
      must(await owner.call(contract.startDraft, { params: { id }, body: {} }));
      must(await owner.call(contract.updateResource, { params: { id }, body: change }));
      must(await owner.call(contract.submitResource, { params: { id }, body: {} }));
      must(await owner.call(contract.publishResource, { params: { id }, body: {} }));
    };
    await revise({ title: '数控铣床对刀' });
    expect(await published(stranger)).toEqual([
      [id, '数控铣床对刀'],
      [other.id, other.title],
    ]);
    await revise({ audience: { scope: 'organisation' } });
    expect(await published(stranger)).toEqual([[other.id, other.title]]);
    expect(await published(owner)).toEqual([
      [id, '数控铣床对刀'],
      [other.id, other.title],
    ]);
  });

  test('refuses a cursor that is not ours', async () => {
    const answer = await author.call(contract.listResources, { query: { cursor: 'WzEsMl0' } });
    expect(refusal(answer)).toMatchObject({ status: 400, type: '/api/problems/http/bad-cursor' });
  });
});
