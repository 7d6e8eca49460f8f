import { beforeAll, expect, test } from '@jest/globals';
import { health, metrics, readiness } from '../../server/operations/contract.ts';
import { type Caller, startApp } from './start-app.ts';

// These only look: one instance serves them all.
let visitor: Caller;
beforeAll(async () => {
  visitor = (await startApp()).caller();
});

test('the product says that it lives, that it can serve, and which engine keeps what', async () => {
  expect((await visitor.call(health)).body).toEqual({ status: 'alive' });
  const { status, body } = await visitor.call(readiness);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'ready',
    engines: [
      { keeps: 'documents', engine: 'embedded', state: 'ready' },
      { keeps: 'objects', engine: 'filesystem', state: 'ready' },
      { keeps: 'search', engine: 'embedded', state: 'ready' },
    ],
  });
});

test('whatever a probe appends to the address makes no difference', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics'])
    expect([path, (await visitor.fetch(`${path}?x=1&_=1764476640`)).status]).toEqual([path, 200]);
});

test('the figures tell how long which endpoint took, and what waits in the queue', async () => {
  await visitor.fetch('/api/vocabularies/majors/terms?q=数控');
  const { body } = await visitor.call(metrics);
  expect(body).toMatch(
    /http_request_duration_seconds_count\{method="GET",endpoint="\/api\/vocabularies\/:key\/terms",status="\d+"\} 1/,
  );
  expect(body).toMatch(/^jobs\{state="waiting"\} \d+$/m);
  expect(body).toMatch(/^process_resident_memory_bytes \d+/m);
});

test('the figures are told to this machine alone or, with METRICS_TOKEN, to whoever has it', async () => {
  const through = await visitor.fetch('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.9' } });
  expect(through.status).toBe(403);

  const token = 'prometheus-may-read';
  const closed = await startApp({ METRICS_TOKEN: token });
  const asked = async (headers: Record<string, string>) =>
    (await closed.caller(headers).call(metrics)).status;
  expect(await asked({})).toBe(403);
  expect(await asked({ Authorization: 'Bearer prometheus-may-not' })).toBe(403);
  const elsewhere = { 'X-Forwarded-For': '203.0.113.9' };
  expect(await asked({ Authorization: `Bearer ${token}`, ...elsewhere })).toBe(200);
});
