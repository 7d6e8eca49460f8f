import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createOrganisation, getMe } from '../../server/members/contract.ts';
import { startApp } from './start-app.ts';

const body = { name: '哈尔滨职业技术学院', kind: 'college' } as const;

test('whoever may read the folder of the running instance acts as group administrator, until it stops', async () => {
  const app = await startApp();
  const file = join(app.dataDir, 'instance.json');
  const { address, token } = JSON.parse(await readFile(file, 'utf8'));
  const operator = app.caller({ Authorization: `Bearer ${token}` });

  expect(new URL(address).port).toBe(new URL(app.url).port);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await operator.call(createOrganisation, { body })).status).toBe(201);

  await app.stop();
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('the token does not open the door through a proxy, and no other token does', async () => {
  const app = await startApp();
  const { token } = JSON.parse(await readFile(join(app.dataDir, 'instance.json'), 'utf8'));
  const outside = { Authorization: `Bearer ${token}`, 'X-Forwarded-For': '203.0.113.9' };
  expect((await app.caller(outside).call(getMe)).status).toBe(401);
  expect((await app.caller({ Authorization: 'Bearer guess' }).call(getMe)).status).toBe(401);
});
