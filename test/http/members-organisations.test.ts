import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  acceptInvitation,
  addMember,
  cancelInvitation,
  createOrganisation,
  editMember,
  editOrganisation,
  exportMembers,
  getOrganisation,
  importMembers,
  invite,
  listInvitations,
  listMembers,
  listOrganisations,
  openInvitation,
  renewLink,
  signIn,
} from '../../server/members/contract.ts';
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

  test('are not overwritten by somebody who has seen an older state', async () => {
    const params = { id: boss.organisation };
    const { revision } = must(await boss.call(getOrganisation, { params })).body;
    must(await group.admin.call(editOrganisation, { params, body: { shortName: '甲' } }));
    expect(
      (await boss.call(editOrganisation, { params, body: { shortName: '乙' }, ifMatch: revision })).status,
    ).toBe(412);
  });
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

  test('is the only kind of member who may look', async () => {
    const author = await group.member({
      organisation: boss.organisation,
      roles: ['teacher', 'author', 'reviewer'],
    });
    expect((await author.call(listMembers, { params: { id: boss.organisation } })).status).toBe(403);
    expect((await group.visitor.call(listMembers, { params: { id: boss.organisation } })).status).toBe(401);
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

describe('invitations', () => {
  test('let somebody join with name and password, once', async () => {
    const params = { id: boss.organisation };
    const { invitation, link } = must(
      await boss.call(invite, { params, body: { email: 'new@example.org', roles: ['author'] } }),
    ).body;
    expect(must(await boss.call(listInvitations, { params })).body.items).toMatchObject([
      { id: invitation.id },
    ]);
    expect(must(await group.visitor.call(openInvitation, { params: tokenIn(link) })).body).toMatchObject({
      email: 'new@example.org',
      isMember: false,
    });

    const body = { name: '新作者', password: '新作者的密码也很长很长' };
    const both = await Promise.all(
      [1, 2].map(() => group.visitor.call(acceptInvitation, { params: tokenIn(link), body })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    await group.signIn('new@example.org', body.password);
    expect(await listed(boss, boss.organisation, 'new@example.org')).toMatchObject({
      name: '新作者',
      roles: ['author'],
      state: 'active',
    });
    expect(must(await boss.call(listInvitations, { params })).body.items).toEqual([]);
  });

  test('that are cancelled, replaced or invented do not work', async () => {
    const params = { id: boss.organisation };
    const body = { email: 'changed@example.org', roles: ['teacher' as const] };
    const first = must(await boss.call(invite, { params, body })).body;
    const second = must(await boss.call(invite, { params, body })).body;
    expect((await group.visitor.call(openInvitation, { params: tokenIn(first.link) })).status).toBe(410);
    must(await boss.call(cancelInvitation, { params: { ...params, invitationId: second.invitation.id } }));
    expect((await group.visitor.call(openInvitation, { params: tokenIn(second.link) })).status).toBe(410);
    expect((await group.visitor.call(openInvitation, { params: { token: 'x'.repeat(43) } })).status).toBe(
      404,
    );
  });

  test('are left as they were when the password is too weak', async () => {
    const params = { id: boss.organisation };
    const { link } = must(
      await boss.call(invite, { params, body: { email: 'weak@example.org', roles: ['teacher'] } }),
    ).body;
    const weak = await group.visitor.call(acceptInvitation, {
      params: tokenIn(link),
      body: { name: '甲', password: 'password123' },
    });
    expect(refusal(weak).type).toContain('weak-password');
    must(
      await group.visitor.call(acceptInvitation, {
        params: tokenIn(link),
        body: { name: '甲', password: '这一次足够长的一个密码' },
      }),
    );
  });

  test('a forgotten password is chosen anew by a link, which ends all sessions', async () => {
    const member = await group.member({ organisation: boss.organisation });
    const params = { id: boss.organisation, memberId: member.id };
    const link = must(await boss.call(renewLink, { params })).body;
    const body = { name: '王老师', password: '另一个足够长的新的密码' };
    must(await group.visitor.call(acceptInvitation, { params: tokenIn(link), body }));
    expect((await member.call(listInvitations, { params })).status).toBe(401);
    expect(
      (await group.visitor.call(signIn, { body: { email: member.email, password: member.password } })).status,
    ).toBe(401);
    await group.signIn(member.email, body.password);
  });
});

describe('the table of members', () => {
  interface Imported {
    rows: number;
    added: { name: string; link: { path: string } }[];
    faults: object[];
  }
  const imported = async (answer: Promise<Response>) => (await (await answer).json()) as Imported;
  const bytes = (by: SignedIn, body: string | Uint8Array, dryRun = false) =>
    by.fetch(`/api/organisations/${by.organisation}/members/import?dryRun=${dryRun}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body,
    });

  test('a dry run names every bad cell by row and column, and stores nothing', async () => {
    const admin = await group.member({ roles: ['organisation-admin'] });
    const table = [
      'name,email,roles',
      '好老师,good@example.org,teacher;author',
      ',nameless@example.org,teacher',
      '错邮箱,not-an-address,教师',
      '无角色,roleless@example.org,',
      '怪角色,strange@example.org,教师、校长',
      '重复,good@example.org,teacher',
      `已有,${admin.email},teacher`,
      '多一格,more@example.org,teacher,extra',
    ].join('\r\n');
    const answer = must(
      await admin.call(importMembers, {
        params: { id: admin.organisation },
        query: { dryRun: 'true' },
        body: table,
      }),
    ).body;
    expect(answer.rows).toBe(8);
    expect(answer.faults.map(({ row, column, fault }) => [row, column, fault])).toEqual([
      [3, 'name', 'name'],
      [4, 'email', 'email'],
      [5, 'roles', 'roles-missing'],
      [6, 'roles', 'roles-unknown'],
      [7, 'email', 'twice'],
      [8, 'email', 'taken'],
      [9, '', 'cells'],
    ]);
    expect(answer.faults.every(({ message }) => message !== '')).toBe(true);
    expect(answer.added).toEqual([]);
  });

  test('one bad row keeps all others out', async () => {
    const admin = await group.member({ roles: ['organisation-admin'] });
    const answer = await (
      await bytes(admin, 'name,email,roles\n好,fine@example.org,teacher\n坏,bad,teacher\n')
    ).json();
    expect(answer).toMatchObject({ added: [], faults: [{ row: 3 }] });
    const { items } = must(await admin.call(listMembers, { params: { id: admin.organisation } })).body;
    expect(items.map(({ email }) => email)).toEqual([admin.email]);
  });

  test('a good one adds everybody with a link that works, also from a Chinese spreadsheet in GBK', async () => {
    const admin = await group.member({ roles: ['organisation-admin'] });
    // 姓名,邮箱,角色 / 张伟,zhangwei@example.org,教师 in GBK
    const gbk = Buffer.concat([
      Buffer.from('d0d5c3fb2cd3cacfe42cbdc7c9ab0d0a', 'hex'),
      Buffer.from('d5c5ceb0', 'hex'),
      Buffer.from(',zhangwei@example.org,'),
      Buffer.from('bdccca a6'.replaceAll(' ', ''), 'hex'),
      Buffer.from('\r\n'),
    ]);
    const answer = await imported(bytes(admin, gbk));
    expect(answer).toMatchObject({ rows: 1, faults: [], added: [{ name: '张伟' }] });
    const { token } = tokenIn(answer.added[0]?.link ?? { path: '' });
    must(
      await group.visitor.call(acceptInvitation, {
        params: { token },
        body: { name: '张伟', password: '张伟自己想的长密码啊' },
      }),
    );
    expect(await listed(admin, admin.organisation, 'zhangwei@example.org')).toMatchObject({
      roles: ['teacher'],
      state: 'active',
    });
    const { items } = must(
      await admin.call(listMembers, { params: { id: admin.organisation }, query: { q: 'zhangw' } }),
    ).body;
    expect(items).toHaveLength(1);
  });

  test.each([
    ['nothing', '', 422],
    ['no such columns', 'a,b,c\n1,2,3\n', 422],
    ['an open quote', 'name,email,roles\n"甲,a@example.org,teacher\n', 422],
    ['too much', `name,email,roles\n${'甲,a@example.org,teacher\n'.repeat(60_000)}`, 413],
  ])('that is none is refused with what to do: %s', async (_, body, status) => {
    const answer = await bytes(boss, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('problem+json');
  });

  test('is written so that a spreadsheet runs nothing of it, and reads back as it was', async () => {
    const admin = await group.member({ roles: ['organisation-admin'] });
    const name = '=HYPERLINK("http://evil.example")';
    const body = { name, email: 'formula@example.org', roles: ['teacher' as const] };
    must(await admin.call(addMember, { params: { id: admin.organisation }, body }));
    const answer = await admin.fetch(`/api/organisations/${admin.organisation}/members.csv`);
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''");
    const table = await answer.text();
    expect(table).toContain('"\'=HYPERLINK');
    const again = table
      .replaceAll('formula@example.org', 'formula2@example.org')
      .split('\n')
      .filter((line) => !line.includes(admin.email))
      .join('\n');
    expect((await imported(bytes(admin, again))).added).toMatchObject([{ name }]);
  });
});
