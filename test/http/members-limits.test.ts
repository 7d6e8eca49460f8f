import { beforeAll, expect, test } from '@jest/globals';
import { signIn } from '../../server/members/contract.ts';
import { must, type RunningGroup, startGroup } from './start-group.ts';

let group: RunningGroup;
beforeAll(async () => {
  group = await startGroup({ RATE_LIMITS: 'true' });
});

const tryTo = async (email: string, password: string) =>
  (await group.visitor.call(signIn, { body: { email, password } })).status;

test('ten wrong passwords for one account are enough, the right one then has to wait, and others sign in', async () => {
  const member = await group.member();
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) statuses.push(await tryTo(member.email, `wrong ${i}`));
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);

  const late = await group.visitor.call(signIn, {
    body: { email: member.email, password: member.password },
  });
  expect(late.status).toBe(429);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await tryTo(group.admin.email, group.admin.password)).toBe(200);
});

test('guesses that come all at once are counted too, also for an account that does not exist', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 14 }, (_, i) => tryTo('nobody@example.org', `wrong ${i}`)),
  );
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
});

test('who knows the password may sign in again and again', async () => {
  const { email, password } = await group.member();
  for (let i = 0; i < 12; i++) must(await group.visitor.call(signIn, { body: { email, password } }));
});
