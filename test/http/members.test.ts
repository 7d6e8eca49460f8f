import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  addMember,
  changePassword,
  createToken,
  editMe,
  editMember,
  editOrganisation,
  getMe,
  listMembers,
  listSessions,
  listTokens,
  revokeSession,
  revokeToken,
  signIn,
  signOut,
} from '../../server/members/contract.ts';
import { openApi } from '../../server/reference/contract.ts';
import { refusal } from './start-app.ts';
import { cookiesOf, listed, must, type RunningGroup, startGroup } from './start-group.ts';

let group: RunningGroup;
beforeAll(async () => {
  group = await startGroup();
});

const asksFor = async (caller: { call: RunningGroup['visitor']['call'] }) =>
  (await caller.call(listTokens)).status;

describe('sign-in', () => {
  test('gives a session cookie that scripts cannot read, and no token to anything else', async () => {
    const { email, password } = group.admin;
    const answer = must(await group.visitor.call(signIn, { body: { email, password } }));
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^courseyard\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(Object.keys(answer.body)).toEqual(['user']);
  });

  test('is by the cookie that the API tells of', async () => {
    const { email, password } = group.admin;
    const answer = must(await group.visitor.call(signIn, { body: { email, password } }));
    const [name] = answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    const { body } = await group.visitor.call(openApi);
    expect(body).toMatchObject({ components: { securitySchemes: { session: { in: 'cookie', name } } } });
  });

  test('answers alike for a wrong password, an unknown address and somebody who has no password yet', async () => {
    const invited = { name: '新老师', email: 'invited@example.org', roles: ['teacher' as const] };
    must(await group.admin.call(addMember, { params: { id: group.admin.organisation }, body: invited }));
    const texts = await Promise.all(
      [group.admin.email, 'nobody@example.org', invited.email].map(async (email) => {
        const answer = await group.visitor.call(signIn, { body: { email, password: 'not the password' } });
        const { requestId, ...problem } = refusal(answer);
        return JSON.stringify([answer.status, problem]);
      }),
    );
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('members/wrong-credentials');
  });

  test('begins a session of its own, whatever cookie the browser came with', async () => {
    const { email, password } = group.admin;
    const planted = group.visitor.headers;
    const answer = await group.visitor.fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: {
        ...planted,
        cookie: 'courseyard.session_token=planted.value',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ email, password }),
    });
    expect(answer.status).toBe(200);
    expect(cookiesOf(answer)).not.toContain('planted');
  });

  test.each([
    ['an operator in place of text', { email: { $gt: '' }, password: { $ne: null } }, ['email', 'password']],
    ['a field that is not ours', { email: 'a@example.org', password: 'x', role: 'admin' }, ['role']],
    ['nothing', {}, ['email', 'password']],
    ['an endless password', { email: 'a@example.org', password: 'x'.repeat(5000) }, ['password']],
  ])('names the field when it gets %s', async (_, body, fields) => {
    const answer = await group.visitor.call(signIn, { body: body as never });
    expect(answer.status).toBe(400);
    expect(refusal(answer).errors?.map(({ field }) => field)).toEqual(fields);
  });

  test('is refused to a page of another site, and its cookie does not come back', async () => {
    const { email, password } = group.admin;
    const answer = await group.visitor.fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json', 'x-courseyard': '1' },
      body: JSON.stringify({ email, password }),
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each(['sign-up/email', 'organization/create', 'admin/set-role', 'api-key/create', 'update-user'])(
    'has none of the library’s own addresses open: %s',
    async (path) => {
      const answer = await group.admin.fetch(`/api/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'x',
          email: 'x@example.org',
          password: 'a long password',
          role: 'admin',
        }),
      });
      expect(answer.status).toBe(404);
    },
  );

  test('does not mind capital letters or blanks around the address', async () => {
    const { email, password } = group.admin;
    must(await group.visitor.call(signIn, { body: { email: ` ${email.toUpperCase()} `, password } }));
  });

  test('is nobody’s whose cookie was forged, cut or taken from another instance', async () => {
    const [name, value = ''] = (await group.member()).headers.cookie?.split('=') ?? [];
    const [token = ''] = decodeURIComponent(value).split('.');
    for (const forged of [token, `${token}.`, `${token}.${'A'.repeat(43)}=`, `${value}x`, 'x'.repeat(4000)])
      expect(await asksFor(group.caller({ cookie: `${name}=${encodeURIComponent(forged)}` }))).toBe(401);
  });

  test('can be ended by somebody who never signed in', async () => {
    expect((await group.visitor.call(signOut)).status).toBe(204);
  });

  test('ends with sign-out at once, also for who kept the cookie', async () => {
    const member = await group.member();
    must(await member.call(signOut));
    expect(await asksFor(member)).toBe(401);
  });
});

describe('suspension', () => {
  test('ends a member’s sessions and tokens within a second, and reinstating lets them sign in again', async () => {
    const member = await group.member();
    const { token } = must(await member.call(createToken, { body: { name: 'script' } })).body;
    const program = group.caller({ authorization: `Bearer ${token}` });
    expect([await asksFor(member), await asksFor(program)]).toEqual([200, 200]);

    const params = { id: member.organisation, memberId: member.id };
    must(await group.admin.call(editMember, { params, body: { suspended: true } }));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect([await asksFor(member), await asksFor(program)]).toEqual([401, 401]);
    expect(
      (await group.visitor.call(signIn, { body: { email: member.email, password: member.password } })).status,
    ).toBe(403);

    must(await group.admin.call(editMember, { params, body: { suspended: false } }));
    expect(await asksFor(member)).toBe(401);
    expect(await asksFor(program)).toBe(200);
    await group.signIn(member.email, member.password);
  });

  test('of an organisation takes its members out, and not those of others', async () => {
    const inside = await group.member();
    const outside = await group.member();
    must(
      await group.admin.call(editOrganisation, {
        params: { id: inside.organisation },
        body: { suspended: true },
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await asksFor(inside)).toBe(401);
    expect(await asksFor(outside)).toBe(200);
    const again = await group.visitor.call(signIn, {
      body: { email: inside.email, password: inside.password },
    });
    expect(refusal(again).type).toContain('members/suspended');
  });
});

describe('GET /api/me', () => {
  test('tells a visitor what a visitor may do', async () => {
    const { body } = must(await group.visitor.call(getMe));
    expect(body).toMatchObject({ member: null, organisation: null, roles: [] });
    expect(body.abilities).toContain('resource:read');
    expect(body.abilities).not.toContain('resource:create');
  });

  test('tells an author who they are, and what menus need', async () => {
    const author = await group.member({ roles: ['teacher', 'author'], name: '李工' });
    const { body } = must(await author.call(getMe));
    expect(body).toMatchObject({
      member: { name: '李工', email: author.email },
      roles: ['teacher', 'author'],
    });
    expect(body.organisation?.id).toBe(author.organisation);
    expect(body.abilities).toEqual(expect.arrayContaining(['resource:create', 'token:create']));
    expect(body.abilities).not.toContain('organisation:edit');
  });

  test('changes name, language and taught majors, and nothing else', async () => {
    const member = await group.member();
    const changed = { name: '王丽', language: 'en', majors: ['460103', '460301'] } as const;
    expect(
      must(await member.call(editMe, { body: { ...changed, majors: [...changed.majors] } })).body.member,
    ).toMatchObject(changed);
    expect((await listed(group.admin, member.organisation, member.email)).name).toBe('王丽');

    const greedy = { groupRoles: ['group-admin'], suspended: false, email: 'other@example.org' };
    const answer = await member.call(editMe, { body: greedy as never });
    expect(refusal(answer).errors?.map(({ field }) => field)).toEqual(['groupRoles', 'suspended', 'email']);
    expect((await listed(group.admin, member.organisation, member.email)).groupRoles).toEqual([]);
  });

  test('does not overwrite what was changed in another window', async () => {
    const member = await group.member();
    const { revision } = must(await member.call(getMe)).body;
    must(await member.call(editMe, { body: { name: '第一' }, ifMatch: revision }));
    const late = await member.call(editMe, { body: { name: '第二' }, ifMatch: revision });
    expect(late.status).toBe(412);
    expect(must(await member.call(getMe)).body.member?.name).toBe('第一');
  });
});

describe('tokens', () => {
  test('act as their owner until they are revoked, and are told only once', async () => {
    const member = await group.member({ roles: ['organisation-admin'] });
    const made = must(await member.call(createToken, { body: { name: '备课脚本' } })).body;
    const program = group.caller({ authorization: `Bearer ${made.token}` });
    expect(must(await program.call(getMe)).body.member?.id).toBe(member.id);
    expect((await program.call(listMembers, { params: { id: member.organisation } })).status).toBe(200);

    const { items } = must(await member.call(listTokens)).body;
    expect(items).toMatchObject([{ id: made.id, name: '备课脚本' }]);
    expect(JSON.stringify(items)).not.toContain(made.token);

    must(await member.call(revokeToken, { params: { id: made.id } }));
    const refused = await program.call(getMe);
    expect(refusal(refused).type).toContain('members/token-refused');
  });

  test('cannot make further tokens, nor be revoked by anybody else', async () => {
    const member = await group.member();
    const stranger = await group.member();
    const made = must(await member.call(createToken, { body: { name: 'a' } })).body;
    const program = group.caller({ authorization: `Bearer ${made.token}` });
    expect(refusal(await program.call(createToken, { body: { name: 'b' } })).type).toContain(
      'session-needed',
    );
    expect((await stranger.call(revokeToken, { params: { id: made.id } })).status).toBe(404);
    expect(await asksFor(program)).toBe(200);
  });

  test.each(['Bearer', 'Bearer ', 'Bearer cy_unknown', 'Bearer {"$gt":""}'])(
    'that are none of ours are refused, not taken for a visitor: %s',
    async (authorization) => {
      expect((await group.caller({ authorization }).call(getMe)).status).toBe(401);
    },
  );
});

describe('passwords and sessions', () => {
  test('a new password ends every other session, and the old one no longer works', async () => {
    const member = await group.member();
    const elsewhere = await group.signIn(member.email, member.password);
    const body = { currentPassword: member.password, newPassword: '车间里的新密码真的很长' };
    const answer = must(await member.call(changePassword, { body }));
    expect(await asksFor(group.caller({ cookie: cookiesOf(answer) }))).toBe(200);
    expect(await asksFor(elsewhere)).toBe(401);
    expect(
      (await group.visitor.call(signIn, { body: { email: member.email, password: member.password } })).status,
    ).toBe(401);
    await group.signIn(member.email, body.newPassword);
  });

  test.each([
    ['too-short', 'short'],
    ['1234567890', 'common'],
    ['aaaaaaaaaaaa', 'common'],
  ])('%s is no new password, and the answer says why', async (newPassword, fault) => {
    const member = await group.member();
    const answer = await member.call(changePassword, {
      body: { currentPassword: member.password, newPassword },
    });
    expect(refusal(answer)).toMatchObject({ status: 400, fault });
  });

  test('a session can be ended from another one', async () => {
    const member = await group.member();
    const elsewhere = await group.signIn(member.email, member.password);
    const { items } = must(await member.call(listSessions)).body;
    const other = items.find(({ current }) => !current);
    expect(items).toHaveLength(2);
    expect((await group.admin.call(revokeSession, { params: { id: other?.id ?? '' } })).status).toBe(404);
    must(await member.call(revokeSession, { params: { id: other?.id ?? '' } }));
    expect(await asksFor(elsewhere)).toBe(401);
    expect(await asksFor(member)).toBe(200);
  });
});
