import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  acceptInvitation,
  addMember,
  cancelInvitation,
  editMe,
  getMe,
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

  test('that are cancelled, replaced, cut short or invented do not work, and say so alike', async () => {
    const params = { id: boss.organisation };
    const body = { email: 'changed@example.org', roles: ['teacher' as const] };
    const first = must(await boss.call(invite, { params, body })).body;
    const second = must(await boss.call(invite, { params, body })).body;
    expect((await group.visitor.call(openInvitation, { params: tokenIn(first.link) })).status).toBe(410);
    must(await boss.call(cancelInvitation, { params: { ...params, invitationId: second.invitation.id } }));
    expect((await group.visitor.call(openInvitation, { params: tokenIn(second.link) })).status).toBe(410);
    const { token } = tokenIn(second.link);
    const invented = ['x'.repeat(43), token.slice(0, 20), `${token}…`, `${token}，请打开`];
    for (const one of invented) {
      const params = { token: one };
      const accepted = { name: '王老师', password: '一个足够长的新的密码' };
      for (const answer of [
        await group.visitor.call(openInvitation, { params }),
        await group.visitor.call(acceptInvitation, { params, body: accepted }),
      ])
        expect(refusal(answer)).toMatchObject({
          status: 410,
          type: expect.stringContaining('invitation-over'),
          detail: expect.stringMatching('不完整'),
        });
    }
  });

  test('choose no language for who uses them, in whatever they are read; the one that a member chose stays', async () => {
    const { link, member } = must(
      await boss.call(addMember, { params: { id: boss.organisation }, body: wang('english@example.org') }),
    ).body;
    const open = async ({ path }: { path: string }, language: string) => {
      const body = { name: '王老师', password: `一个足够长的密码 ${language}` };
      const reader = group.caller({ cookie: `language=${language}` });
      must(await reader.call(acceptInvitation, { params: tokenIn({ path }), body }));
      return group.signIn(member.email, body.password);
    };
    const reader = await open(link, 'zh-CN');
    expect(must(await reader.call(getMe)).body.member?.language).toBeNull();
    must(await reader.call(editMe, { body: { language: 'en' } }));
    const params = { id: boss.organisation, memberId: member.id };
    const again = await open(must(await boss.call(renewLink, { params })).body, 'zh-CN');
    expect(must(await again.call(getMe)).body.member?.language).toBe('en');
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

  test('of a Chinese table tells its columns in Chinese, that of a taken address too', async () => {
    const admin = await group.member({ roles: ['organisation-admin'] });
    const table = `姓名,邮箱,角色\n,new@example.org,教师\n王芳,${admin.email},教师\n`;
    expect(await imported(bytes(admin, table, true))).toMatchObject({
      faults: [{ heading: '姓名' }, { heading: '邮箱', fault: 'taken' }],
    });
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

  test.each([
    ['zh-CN', '姓名,邮箱,角色', '教师;作者'],
    ['en', 'name,email,roles', 'teacher;author'],
  ])('is written in the language of the reader (%s)', async (language, head, roles) => {
    const admin = await group.member({ roles: ['organisation-admin'] });
    const email = `written-${language.toLowerCase()}@example.org`;
    const body = { name: '写出来', email, roles: ['teacher' as const, 'author' as const] };
    must(await admin.call(addMember, { params: { id: admin.organisation }, body }));
    const answer = await admin.fetch(`/api/organisations/${admin.organisation}/members.csv`, {
      headers: { 'Accept-Language': language },
    });
    const [first, ...rows] = (await answer.text()).trim().split('\n');
    expect(first).toBe(head); // \uFEFF is gone: fetch takes it for the mark that it is
    expect(rows).toContain(`写出来,${email},${roles}`);
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

test('an address that two administrators add at once becomes one member', async () => {
  const admins = [boss, await group.member({ roles: ['organisation-admin'] })];
  const body = wang('wanted@example.org');
  const answers = await Promise.all(
    admins.flatMap((by) => [1, 2].map(() => by.call(addMember, { params: { id: by.organisation }, body }))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  for (const refused of answers.filter(({ status }) => status === 409)) {
    const { errors, detail } = refusal(refused);
    expect(errors).toEqual([{ in: 'body', field: 'email', message: detail }]);
  }
  const found = await Promise.all(
    admins.map(
      async (by) =>
        must(await by.call(listMembers, { params: { id: by.organisation }, query: { q: body.email } })).body
          .items,
    ),
  );
  expect(found.flat()).toHaveLength(1);
});

test('inviting somebody does not touch the invitation that another organisation sent them', async () => {
  const other = await group.member({ roles: ['organisation-admin'] });
  const body = { email: 'both@example.org', roles: ['teacher' as const] };
  const first = must(await boss.call(invite, { params: { id: boss.organisation }, body })).body;
  must(await other.call(invite, { params: { id: other.organisation }, body }));
  expect((await group.visitor.call(openInvitation, { params: tokenIn(first.link) })).status).toBe(200);
});

test.each(['abcdefghijkl', '{"$gt":""}', 'x'.repeat(1990)])(
  'a cursor that is none of ours is refused by every list: %s',
  async (text) => {
    const params = { id: boss.organisation };
    for (const cursor of [
      text,
      ...['1', text].map((id) => Buffer.from(JSON.stringify(['a', id])).toString('base64url')),
      Buffer.from(JSON.stringify([text])).toString('base64url'),
    ].filter(({ length }) => length <= 2000))
      expect([
        (await boss.call(listMembers, { params, query: { cursor } })).status,
        (await boss.call(listInvitations, { params, query: { cursor } })).status,
        (await boss.call(listOrganisations, { query: { cursor } })).status,
      ]).toEqual([400, 400, 400]);
  },
);
