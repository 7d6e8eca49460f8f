import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { addressFor } from '../../../server/content/address.ts';
import { errorHandler, openLog, requestLog, withoutSignature } from '../../../server/http/index.ts';
import { eventually } from '../../eventually.ts';
import { listen } from './listen.ts';

function logged() {
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ LOG_LEVEL: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

test('a request is one line with its id, which the answer carries too', async () => {
  const { log, lines } = logged();
  const url = await listen(requestLog(log));
  const answer = await fetch(`${url}/api/search?q=数控`);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    requestId: answer.headers.get('x-request-id'),
    req: { method: 'GET' },
    res: { status: 200 },
  });
});

test('the id that a proxy gave is kept, unless it could forge a line', async () => {
  const { log } = logged();
  const url = await listen(requestLog(log));
  const asked = async (id: string) =>
    (await fetch(url, { headers: { 'X-Request-Id': id } })).headers.get('x-request-id');
  expect(await asked('gateway-00042')).toBe('gateway-00042');
  expect(await asked('x"} {"level":60')).not.toContain('"');
});

test('secrets stay out: headers, cookies, passwords, tokens in addresses', async () => {
  const { log, lines } = logged();
  const url = await listen(requestLog(log));
  await fetch(`${url}/x?token=hush1&q=a&password=hush7&newPassword=hush8&Secret=hush9`, {
    headers: { Authorization: 'Bearer hush2', Cookie: 'session=hush3' },
  });
  log.info({ password: 'hush4', member: { token: 'hush5' }, headers: { cookie: 'hush6' } }, 'by mistake');
  expect(JSON.stringify(lines)).not.toContain('hush');
});

test('an address of content is logged without what opens it', () => {
  const now = new Date('2026-03-01T08:00:00Z');
  const address = addressFor(
    { key: 'a key', seconds: 7200 },
    { sha256: 'a'.repeat(64), what: 'file', name: '讲义.pdf' },
    now,
  );
  const signature = address.split('/')[2] ?? '';
  for (const asked of [address, `${address}?x=1`, address.slice(0, address.indexOf(signature) + 32)]) {
    expect(withoutSignature(asked)).not.toContain(signature);
    expect(withoutSignature(asked)).toMatch(/^\/\w+\/\[secret\]/);
  }
  expect(withoutSignature(address)).toContain('a'.repeat(64));
  const key = randomBytes(32).toString('base64url');
  expect(withoutSignature(`/lrs/fetch/${randomUUID()}/${key}`)).not.toContain(key);
});

test('an upload that the caller breaks off is no error of ours', async () => {
  const { log, lines } = logged();
  const reading: RequestHandler = (req, _res, next) => {
    req.on('error', next);
    req.resume();
  };
  const url = await listen(requestLog(log), reading, errorHandler(log));
  const upload = request(url, { method: 'POST', headers: { 'Content-Length': 100 } });
  upload.on('error', () => undefined);
  upload.write('only this', () => setTimeout(() => upload.destroy(), 50));
  await eventually(async () => expect(lines).toHaveLength(2));
  expect(lines).toMatchObject([
    { level: 30, msg: 'caller left' },
    { level: 30, msg: 'caller left before the answer' },
  ]);
});

test('the pulse of monitors is not logged', async () => {
  const { log, lines } = logged();
  const url = await listen(requestLog(log));
  await fetch(`${url}/healthz`);
  expect(lines).toEqual([]);
});
