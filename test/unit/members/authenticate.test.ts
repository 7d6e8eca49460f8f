import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import mongoose from 'mongoose';
import pino from 'pino';
import { readConfig } from '../../../server/config.ts';
import { createAuth, sessionTimes } from '../../../server/members/auth.ts';
import { createAuthentication } from '../../../server/members/authenticate.ts';
import { startFirst } from '../../../server/members/set-up/first-start.ts';
import { openDocuments } from '../open-documents.ts';

openDocuments();

const log = pino({ level: 'silent' });
const account = { email: 'head@example.org', password: 'somewhere over the loom' };

test('a session is due for more time once it is a day old, or when it is none; a token never is', async () => {
  const config = readConfig({
    SECRET: 'a secret for tests, long enough to be one',
    ADMIN_EMAIL: account.email,
    ADMIN_PASSWORD: account.password,
  });
  await startFirst(config, log, new Date());
  const auth = createAuth(config, mongoose.connection, log);
  let now = Date.now();
  const { authenticate, isDue } = createAuthentication(auth, () => new Date(now));
  const { headers } = await auth.api.signInEmail({ body: account, returnHeaders: true });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const asking = (given: Record<string, string>) => ({ headers: given }) as unknown as Request;

  expect(await authenticate(asking({ cookie }))).toMatchObject({
    roles: expect.arrayContaining(['group-admin']),
  });
  expect(await isDue(asking({ cookie }))).toBe(false);
  now += sessionTimes.renewedAfter * 1000 - 60_000;
  expect(await isDue(asking({ cookie }))).toBe(false);
  now += 120_000;
  expect(await isDue(asking({ cookie }))).toBe(true);
  expect(await isDue(asking({ cookie, authorization: 'Bearer cy_x' }))).toBe(false);
  expect(await isDue(asking({ cookie: `${cookie}x` }))).toBe(true);
  expect(await isDue(asking({ cookie: 'theme=dark' }))).toBe(false);
});
