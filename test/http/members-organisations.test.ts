import { get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  addMember,
  createOrganisation,
  editGroup,
  editMember,
  editOrganisation,
  exportMembers,
  getGroup,
  getOrganisation,
  importMembers,
  invite,
  listInvitations,
  listMembers,
  listOrganisations,
  namePeople,
  openInvitation,
  renewLink,
} from '../../server/members/contract.ts';
import { search } from '../../server/search/contract.ts';
import { eventually } from '../eventually.ts';
import { publishedBy } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { listed, must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let boss: SignedIn;
beforeAll(async () => {
  group = await startGroup();
  boss = await group.member({ roles: ['organisation-admin'] });
});

const tokenIn = (link: { path: string }) => ({ token: link.path.split('/').at(-1) ?? '' });
const wang = (email: string) => ({ name: '王老师', email, roles: ['teacher' as const] });

describe('organisations', () => {
  test('are found while typing, in Chinese, pinyin and initials', async () => {
    const { id } = await group.organisation('沈阳机床股份有限公司');
    for (const q of ['机床', 'shenyang', 'syjc', 'SHENYANG jichuang']) {
      const { items } = must(await group.visitor.call(listOrganisations, { query: { q } })).body;
      expect(items.map((item) => item.id)).toEqual([id]);
    }
  });

  test('come in pages, each once, in the order of their pinyin', async () => {
    for (const name of ['柳州职院', '安徽学校', '重庆公司']) await group.organisation(name);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = must(await group.visitor.call(listOrganisations, { query: { limit: 2, cursor } }));
      names.push(...body.items.map(({ name }) => name));
      cursor = body.next;
    } while (cursor);
    expect(new Set(names).size).toBe(names.length);
    const some = names.filter((name) => ['柳州职院', '安徽学校', '重庆公司'].includes(name));
    expect(some).toEqual(['安徽学校', '重庆公司', '柳州职院']);
  });

  test('are created by a group administrator alone, each name once', async () => {
    const body = { name: '大连重工', kind: 'company' as const };
    expect((await boss.call(createOrganisation, { body })).status).toBe(403);
    expect((await group.visitor.call(createOrganisation, { body })).status).toBe(401);
    must(await group.admin.call(createOrganisation, { body }));
    expect((await group.admin.call(createOrganisation, { body })).status).toBe(409);
  });

  test('are described by their own administrator, who can neither suspend them nor touch another', async () => {
    const params = { id: boss.organisation };
    expect(must(await boss.call(editOrganisation, { params, body: { region: '辽宁' } })).body).toMatchObject({
      region: '辽宁',
      can: ['edit'],
    });
    expect((await boss.call(editOrganisation, { params, body: { suspended: true } })).status).toBe(403);
    const other = { id: group.admin.organisation };
    expect((await boss.call(editOrganisation, { params: other, body: { region: '这里' } })).status).toBe(403);
    expect(must(await group.visitor.call(getOrganisation, { params: other })).body.region).toBe('');
  });

  test('are found by what they are called now', async () => {
    const author = await group.member({ roles: ['author'] });
    const { id } = await publishedBy(author, group.admin);
    const params = { id: author.organisation };
    must(await group.admin.call(editOrganisation, { params, body: { name: '松花江装备学院' } }));
    await eventually(async () => {
      const { items } = must(await author.call(search, { query: { q: '松花江装备学院' } })).body;
      expect(items.map((item) => item.id)).toContain(id);
    }, 30_000);
  });

  test('are not overwritten by somebody who has seen an older state', async () => {
    const params = { id: boss.organisation };
    const { revision } = must(await boss.call(getOrganisation, { params })).body;
    must(await group.admin.call(editOrganisation, { params, body: { shortName: '甲' } }));
    expect(
      (await boss.call(editOrganisation, { params, body: { shortName: '乙' }, ifMatch: revision })).status,
    ).toBe(412);
  });
});

test('what can be edited is told anew to everybody, also where a browser has kept it for somebody else', async () => {
  const path = `/api/organisations/${group.admin.organisation}`;
  const kept = (await group.visitor.fetch(path)).headers.get('etag') ?? '';
  // As a browser asks; `fetch` in a program adds that no cache is to answer.
  const headers = { ...group.admin.headers, 'If-None-Match': kept };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(group.url + path, { headers }, resolve).on('error', reject);
  });
  expect(answer.statusCode).toBe(200);
  expect(await json(answer)).toMatchObject({ can: ['edit', 'suspend'] });
});

test('the name of the group is not overwritten by who has seen an older one, and the refusal tells the newest revision', async () => {
  const { admin, visitor } = group;
  const seen = must(await admin.call(getGroup));
  expect(seen.headers.get('etag')).toBe(`"${seen.body.revision}"`);
  const first = must(
    await admin.call(editGroup, { body: { name: '甲职教集团' }, ifMatch: seen.body.revision }),
  );
  expect(first.headers.get('etag')).toBe(`"${seen.body.revision + 1}"`);

  const late = await admin.call(editGroup, { body: { name: '乙职教集团' }, ifMatch: seen.body.revision });
  expect(refusal(late)).toMatchObject({ status: 412, revision: first.body.revision });
  expect(must(await visitor.call(getGroup)).body).toEqual(first.body);
});

describe('an organisation’s administrator', () => {
  test('has no way into another organisation', async () => {
    const other = await group.member();
    const id = other.organisation;
    const memberId = other.id;
    const answers = [
      await boss.call(listMembers, { params: { id } }),
      await boss.call(addMember, { params: { id }, body: wang('x@example.org') }),
      await boss.call(editMember, { params: { id, memberId }, body: { suspended: true } }),
      await boss.call(renewLink, { params: { id, memberId } }),
      await boss.call(importMembers, { params: { id }, body: 'name,email,roles\n' }),
      await boss.call(exportMembers, { params: { id } }),
      await boss.call(listInvitations, { params: { id } }),
      await boss.call(invite, { params: { id }, body: { email: 'x@example.org', roles: ['teacher'] } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    // Nor does naming the own organisation reach a member of another.
    const through = { id: boss.organisation, memberId };
    expect((await boss.call(editMember, { params: through, body: { suspended: true } })).status).toBe(404);
    expect((await boss.call(renewLink, { params: through })).status).toBe(404);
    expect(await listed(group.admin, id, other.email)).toMatchObject({ state: 'active', roles: ['teacher'] });
  });

  test('gives roles in the own organisation, and none in the group', async () => {
    const colleague = await group.member({ organisation: boss.organisation });
    const params = { id: boss.organisation, memberId: colleague.id };
    must(await boss.call(editMember, { params, body: { roles: ['author', 'reviewer'] } }));
    expect((await boss.call(editMember, { params, body: { groupRoles: ['group-admin'] } })).status).toBe(403);
    const own = { ...params, memberId: boss.id };
    expect((await boss.call(editMember, { params: own, body: { groupRoles: ['curator'] } })).status).toBe(
      403,
    );
    expect(await listed(boss, boss.organisation, colleague.email)).toMatchObject({
      roles: ['author', 'reviewer'],
      groupRoles: [],
      can: ['appoint', 'suspend'],
    });
  });

  test('has no power over a colleague who has a role in the group, not even by an older link', async () => {
    const added = must(
      await boss.call(addMember, { params: { id: boss.organisation }, body: wang('rising@example.org') }),
    ).body;
    const params = { id: boss.organisation, memberId: added.member.id };
    must(await group.admin.call(editMember, { params, body: { groupRoles: ['curator'] } }));
    expect((await boss.call(editMember, { params, body: { suspended: true } })).status).toBe(403);
    expect((await boss.call(editMember, { params, body: { roles: ['author'] } })).status).toBe(403);
    expect((await boss.call(renewLink, { params })).status).toBe(403);
    expect((await group.visitor.call(openInvitation, { params: tokenIn(added.link) })).status).toBe(410);
  });

  test('cannot suspend themselves or give the role away while nobody else who can sign in has it', async () => {
    const alone = await group.member({ roles: ['organisation-admin'] });
    const id = alone.organisation;
    const body = { name: '李老师', email: 'not-yet@example.org', roles: ['organisation-admin' as const] };
    must(await alone.call(addMember, { params: { id }, body })); // has no password yet
    const own = { id, memberId: alone.id };
    for (const change of [{ suspended: true }, { roles: ['teacher' as const] }]) {
      const answer = await alone.call(editMember, { params: own, body: change });
      expect(refusal(answer).type).toContain('members/last-organisation-admin');
    }
    expect(await listed(alone, id, alone.email)).toMatchObject({
      state: 'active',
      roles: ['organisation-admin'],
    });

    const other = await group.member({ roles: ['organisation-admin'], organisation: id });
    must(await alone.call(editMember, { params: own, body: { suspended: true } }));
    expect(await listed(other, id, alone.email)).toMatchObject({ state: 'suspended' });
    expect(
      (await other.call(editMember, { params: { id, memberId: other.id }, body: { suspended: true } }))
        .status,
    ).toBe(409);
    // The group's administrator can: they close an organisation, and open it again.
    const params = { id, memberId: other.id };
    must(await group.admin.call(editMember, { params, body: { suspended: true } }));
  });

  test('is the only kind of member who may look', async () => {
    const author = await group.member({
      organisation: boss.organisation,
      roles: ['teacher', 'author', 'reviewer'],
    });
    expect((await author.call(listMembers, { params: { id: boss.organisation } })).status).toBe(403);
    expect((await group.visitor.call(listMembers, { params: { id: boss.organisation } })).status).toBe(401);
  });
});

describe('names', () => {
  test('are told to members: of anybody by identifier, and of colleagues while typing', async () => {
    const author = await group.member({ organisation: boss.organisation, roles: ['author'], name: '孙丽华' });
    const other = await group.member({ name: '孙立业' });
    const byId = must(await author.call(namePeople, { query: { id: [other.id, boss.id] } })).body.items;
    expect(new Set(byId)).toEqual(
      new Set([
        { id: other.id, name: '孙立业' },
        { id: boss.id, name: '王老师' },
      ]),
    );
    const typed = must(await boss.call(namePeople, { query: { q: 'sunli' } })).body.items;
    expect(typed).toEqual([{ id: author.id, name: '孙丽华' }]);
    expect((await group.visitor.call(namePeople, { query: { q: 'sun' } })).status).toBe(401);
  });
});

describe('the last group administrator', () => {
  test('cannot be demoted, suspended or taken out with the organisation', async () => {
    const { admin } = group;
    const params = { id: admin.organisation, memberId: admin.id };
    for (const body of [{ groupRoles: [] }, { suspended: true }])
      expect(refusal(await admin.call(editMember, { params, body })).type).toContain('last-group-admin');
    const whole = await admin.call(editOrganisation, {
      params: { id: admin.organisation },
      body: { suspended: true },
    });
    expect(refusal(whole).type).toContain('last-group-admin');
    expect(await listed(admin, admin.organisation, admin.email)).toMatchObject({
      state: 'active',
      groupRoles: ['group-admin'],
    });
  });

  test('is not somebody who has been appointed but has no password yet', async () => {
    const { admin } = group;
    const id = admin.organisation;
    const { member } = must(
      await admin.call(addMember, { params: { id }, body: wang('later@example.org') }),
    ).body;
    must(
      await admin.call(editMember, {
        params: { id, memberId: member.id },
        body: { groupRoles: ['group-admin'] },
      }),
    );
    const answer = await admin.call(editMember, {
      params: { id, memberId: admin.id },
      body: { groupRoles: [] },
    });
    expect(answer.status).toBe(409);
  });
});
