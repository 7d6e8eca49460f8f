import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  acceptInvitation,
  addMember,
  createOrganisation,
  editGroup,
  editMember,
  getMe,
  getSetUp,
  setUp,
  signIn,
} from '../../server/members/contract.ts';
import { secretFor } from '../../server/secret.ts';
import { refusal, startApp } from './start-app.ts';
import { cookiesOf, must } from './start-group.ts';

const SECRET = 'a secret for tests, long enough to be one';
const token = secretFor({ SECRET, DATA_DIR: '' }, 'set-up');
const settings = {
  groupName: '华东装备制造职教集团',
  organisationName: '华东职业技术学院',
  organisationKind: 'college' as const,
  name: '赵主任',
  email: 'zhao@example.org',
  password: '第一位管理员的密码很长',
};

test('until it is set up, nobody can sign in as the administrator, and only who knows the printed address can set up', async () => {
  const app = await startApp({ SECRET });
  const visitor = app.caller();
  for (const password of ['admin', 'password', ' ', 'administrator', settings.password]) {
    const body = { email: 'administrator@courseyard.invalid', password };
    expect((await visitor.call(signIn, { body })).status).toBe(401);
  }
  for (const guess of ['x', token.slice(1), `${token}x`]) {
    const answer = await visitor.call(setUp, { body: { ...settings, token: guess } });
    expect(refusal(answer).type).toContain('members/set-up-token-wrong');
  }
  const weak = await visitor.call(setUp, { body: { ...settings, token, password: '1234567890' } });
  expect(refusal(weak)).toMatchObject({ fault: 'common' });
  expect(must(await visitor.call(getSetUp)).body).toEqual({ open: true });
});

test('the set-up names the group and lets the administrator in, and then is closed for ever', async () => {
  const app = await startApp({ SECRET });
  const visitor = app.caller();
  must(await visitor.call(setUp, { body: { ...settings, token } }));

  const { email, password } = settings;
  const cookie = cookiesOf(must(await visitor.call(signIn, { body: { email, password } })));
  expect(must(await app.caller({ cookie }).call(getMe)).body).toMatchObject({
    member: { name: '赵主任', email },
    organisation: { name: '华东职业技术学院', kind: 'college' },
    group: { name: '华东装备制造职教集团' },
    roles: ['organisation-admin', 'group-admin'],
  });

  const again = { ...settings, token, email: 'thief@example.org', password: 'the password of a thief' };
  expect(refusal(await visitor.call(setUp, { body: again })).type).toContain('members/set-up-closed');
  expect(must(await visitor.call(getSetUp)).body).toEqual({ open: false });

  await app.stop();
  const restarted = await startApp({
    SECRET,
    DATA_DIR: app.dataDir,
    ADMIN_EMAIL: again.email,
    ADMIN_PASSWORD: again.password,
  });
  expect(must(await restarted.caller().call(getSetUp)).body).toEqual({ open: false });
  expect(
    (await restarted.caller().call(signIn, { body: { email: again.email, password: again.password } }))
      .status,
  ).toBe(401);
}, 120_000); // it starts the product twice

test('the first organisation may be of any kind, and the name of the group is changed later by its administrator alone', async () => {
  const app = await startApp({ SECRET });
  const visitor = app.caller();
  const { name, email, password } = settings;
  must(await visitor.call(setUp, { body: { ...settings, organisationKind: 'company', token } }));
  const signedIn = await visitor.call(signIn, { body: { email, password } });
  const admin = app.caller({ cookie: cookiesOf(must(signedIn)) });
  const { organisation } = must(await admin.call(getMe)).body;
  expect(organisation?.kind).toBe('company');

  const params = { id: organisation?.id ?? '' };
  const body = { name, email: 'colleague@example.org', roles: ['organisation-admin' as const] };
  const { link } = must(await admin.call(addMember, { params, body })).body;
  const invitation = { token: link.path.split('/').at(-1) ?? '' };
  must(await visitor.call(acceptInvitation, { params: invitation, body: { name, password } }));
  const colleague = app.caller({
    cookie: cookiesOf(must(await visitor.call(signIn, { body: { email: body.email, password } }))),
  });
  const other = { body: { name: '东江装备制造职教集团' } };
  expect((await colleague.call(editGroup, other)).status).toBe(403);
  expect((await visitor.call(editGroup, other)).status).toBe(401);
  expect(must(await visitor.call(getMe)).body.group).toEqual({ name: settings.groupName });

  expect(must(await admin.call(editGroup, other)).body).toMatchObject(other.body);
  expect(must(await visitor.call(getMe)).body.group).toEqual(other.body);
});

test('of many who set up at once, one does', async () => {
  const app = await startApp({ SECRET });
  const statuses = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const body = { ...settings, token, email: `admin${i}@example.org` };
      return (await app.caller().call(setUp, { body })).status;
    }),
  );
  expect(statuses.filter((status) => status === 204)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(7);
  const { password } = settings;
  const signIns = await Promise.all(
    statuses.map(
      async (_, i) =>
        (await app.caller().call(signIn, { body: { email: `admin${i}@example.org`, password } })).status,
    ),
  );
  expect(signIns.map((status) => status === 200)).toEqual(statuses.map((status) => status === 204));
});

test('the set-up is closed as well once somebody else who can sign in administers the group', async () => {
  const { dataDir, caller } = await startApp({ SECRET });
  const visitor = caller();
  const { token: operatorToken } = JSON.parse(await readFile(join(dataDir, 'instance.json'), 'utf8'));
  const operator = caller({ Authorization: `Bearer ${operatorToken}` });
  const { id } = must(
    await operator.call(createOrganisation, { body: { name: '华东职业技术学院', kind: 'college' } }),
  ).body;
  const { name, email, password } = settings;
  const { member, link } = must(
    await operator.call(addMember, { params: { id }, body: { name, email, roles: ['teacher'] } }),
  ).body;
  const appoint = { params: { id, memberId: member.id }, body: { groupRoles: ['group-admin' as const] } };
  const invitation = { params: { token: link.path.split(/[/#]/).at(-1) ?? '' }, body: { name, password } };
  must(await visitor.call(acceptInvitation, invitation));
  expect(must(await visitor.call(getSetUp)).body).toEqual({ open: true });

  must(await operator.call(editMember, appoint));
  expect(must(await visitor.call(getSetUp)).body).toEqual({ open: false });
  const late = { ...settings, token, email: 'thief@example.org' };
  expect(refusal(await visitor.call(setUp, { body: late })).type).toContain('members/set-up-closed');
});
