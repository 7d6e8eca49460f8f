import { expect, test } from '@jest/globals';
import { visitor } from '../../../server/access/index.ts';
import { limitWrites, tooManyRequests } from '../../../server/http/index.ts';
import { listen } from './listen.ts';

const on = { RATE_LIMITS: true };

async function repeat(times: number, call: () => Promise<Response>): Promise<Response[]> {
  const answers: Response[] = [];
  for (let time = 0; time < times; time += 1) answers.push(await call());
  return answers;
}

test('a visitor who sends more than 60 changes a minute is told how long to wait', async () => {
  const url = await listen(limitWrites(on, async () => visitor));
  const answers = await repeat(61, () => fetch(url, { method: 'POST' }));
  expect(answers.slice(0, 60).every(({ status }) => status === 200)).toBe(true);
  const last = answers[60];
  expect(last?.status).toBe(429);
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await last?.json()).toMatchObject({ type: '/api/problems/http/too-many-requests' });
});

test('a long wait is told in minutes', () => {
  const told = (seconds: number) =>
    (['zh-CN', 'en'] as const).map((language) => tooManyRequests({ seconds }).toBody(language).detail);
  expect(told(461)).toEqual([
    '操作过于频繁，请在约 8 分钟后再试。',
    'Too many requests. Try again in about 8 minutes.',
  ]);
  expect(told(40)).toEqual(['操作过于频繁，请 40 秒后再试。', 'Too many requests. Try again in 40 seconds.']);
});

test('one busy member does not use up the changes of another at the same address', async () => {
  const url = await listen(
    limitWrites(on, async (req) => ({ ...visitor, id: String(req.headers.who), roles: ['author'] })),
  );
  const busy = await repeat(601, () => fetch(url, { method: 'POST', headers: { who: 'busy' } }));
  expect(busy.at(-1)?.status).toBe(429);
  expect((await fetch(url, { method: 'POST', headers: { who: 'calm' } })).status).toBe(200);
});

test('reading, and the chunks of an upload, are not counted', async () => {
  const url = await listen(limitWrites(on, async () => visitor));
  const chunks = await repeat(65, () => fetch(`${url}/api/uploads/1`, { method: 'PATCH' }));
  const reads = await repeat(65, () => fetch(url));
  expect([...chunks, ...reads].every(({ status }) => status === 200)).toBe(true);
});

test('a whole school may sign in at eight: sign-ins are counted elsewhere, by failures', async () => {
  const url = await listen(limitWrites(on, async () => visitor));
  const answers = await repeat(90, () => fetch(`${url}/api/auth/sign-in/email`, { method: 'POST' }));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});

test('limits can be switched off for a gateway that has its own', async () => {
  const url = await listen(limitWrites({ RATE_LIMITS: false }, async () => visitor));
  const answers = await repeat(70, () => fetch(url, { method: 'POST' }));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});
