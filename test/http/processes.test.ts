import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createToken,
  editMember,
  editOrganisation,
  listTokens,
  signIn,
} from '../../server/members/contract.ts';
import { type RunningEngine, startEngine } from '../../storage/documents/embedded/start.ts';
import { type Caller, type RunningApp, refusal, startApp } from './start-app.ts';
import { cookiesOf, must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

// Two web processes on one database, as behind a load balancer.
let folder: string;
let engine: RunningEngine;
let one: RunningGroup;
let other: RunningApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-'));
  engine = await startEngine({ file: join(folder, 'documents.sqlite'), port: 0 });
  const shared = { MONGODB_URL: engine.urlFor('courseyard'), SECRET: 'the same in all of the processes' };
  one = await startGroup(shared);
  other = await startApp(shared);
});

// Runs after that of start-app.ts, which stops the two.
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const statusOf = async (caller: Caller) => (await caller.call(listTokens)).status;

test('who is suspended in one process is out of every other within a second, with session and token', async () => {
  const member = await one.member();
  const { token } = must(await member.call(createToken, { body: { name: 'script' } })).body;
  const callers = [one, other].flatMap((app) => [
    app.caller(member.headers),
    app.caller({ authorization: `Bearer ${token}` }),
  ]);
  expect(await Promise.all(callers.map(statusOf))).toEqual([200, 200, 200, 200]);

  const params = { id: member.organisation, memberId: member.id };
  must(await one.admin.call(editMember, { params, body: { suspended: true } }));
  await setTimeout(1000);

  expect(await Promise.all(callers.map(statusOf))).toEqual([401, 401, 401, 401]);
});

test('while it is refused to suspend the last group administrator, no process takes them for suspended', async () => {
  const { admin } = one;
  const fresh: Caller[] = []; // nobody has looked up any of these tokens yet
  for (let n = 0; n < 40; n++) {
    const { token } = must(await admin.call(createToken, { body: { name: `script ${n}` } })).body;
    for (const app of [one, other]) fresh.push(app.caller({ authorization: `Bearer ${token}` }));
  }
  const params = { id: admin.organisation };
  const member = { ...params, memberId: admin.id };
  const seen: number[] = [];
  const look = async () => {
    for (const caller of fresh) seen.push(await statusOf(caller));
  };
  let hasLooked = false;
  const looking = look().finally(() => {
    hasLooked = true;
  });
  while (!hasLooked)
    for (const answer of [
      await admin.call(editMember, { params: member, body: { suspended: true } }),
      await admin.call(editOrganisation, { params, body: { suspended: true } }),
    ])
      expect(refusal(answer).type).toContain('last-group-admin');
  await looking;
  expect(seen.filter((status) => status !== 200)).toEqual([]);
});

test('of two group administrators who suspend each other at the same moment, in two processes, one remains', async () => {
  const groupRoles = ['group-admin' as const];
  let pair: readonly SignedIn[] = [one.admin, await one.member({ groupRoles })];
  const suspend = (by: Caller, { organisation, id: memberId }: SignedIn, suspended: boolean) =>
    by.call(editMember, { params: { id: organisation, memberId }, body: { suspended } });
  for (let round = 0; round < 8; round++) {
    const [left, right] = pair as [SignedIn, SignedIn];
    await Promise.all([
      suspend(one.caller(left.headers), right, true),
      suspend(other.caller(right.headers), left, true),
    ]);
    const able = await Promise.all(
      pair.map(async ({ email, password }) => {
        const answer = await one.visitor.call(signIn, { body: { email, password } });
        return answer.status === 200 ? [one.caller({ cookie: cookiesOf(answer) })] : [];
      }),
    );
    const [inCharge] = able.flat();
    if (!inCharge) throw new Error(`Nobody is left in round ${round}`);
    for (const member of pair) must(await suspend(inCharge, member, false));
    pair = await Promise.all(
      pair.map(async (member) => ({ ...member, ...(await one.signIn(member.email, member.password)) })),
    );
  }
});
