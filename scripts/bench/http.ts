/**
 * `npm run bench http -- --resources 100000 --seconds 10 --connections 16`: one server process on the embedded engines,
 * asked by a signed-in member for lists and searches of 20 items; beside it, in the same table, a bare Express route
 * that answers the same JSON, and GET /healthz. Also the time from start to ready, and the memory at rest.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { requestOf } from '../../server/http/contract.ts';
import { signIn } from '../../server/members/contract.ts';
import { fill } from './http/fill.ts';
import { serve } from './http/server.ts';
import { queries } from './search-corpus.ts';

const { values } = parseArgs({
  options: {
    resources: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '16' },
  },
});
const [count, seconds, connections] = [values.resources, values.seconds, values.connections].map(Number) as [
  number,
  number,
  number,
];

const account = { email: 'bench@example.org', password: 'measure twice, cut once' };
const dataDir = await mkdtemp(join(tmpdir(), 'bench-http-'));
const env = {
  PORT: '0',
  CONTENT_PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'false',
  ADMIN_EMAIL: account.email,
  ADMIN_PASSWORD: account.password,
};
const main = '../../../server/main.js';

const first = await serve(main, env);
await first.stop();
console.log(`Filling with ${count} resources`);
await fill(dataDir, count, console.log);
const server = await serve(main, env);
const cookie = await signedIn(server.address);

const rows: Record<string, Record<string, number>> = {};
const words = queries(2000);
const list = '/api/resources?limit=20&state=published';
await measure('list', server.address, [list]);
await measure('search, browsing', server.address, ['/api/search?limit=20']);
await measure(
  'search, 1–4 words',
  server.address,
  words.map((q) => `/api/search?limit=20&q=${encodeURIComponent(q)}`),
);
await measure('GET /healthz', server.address, ['/healthz']);

const example = join(dataDir, 'answer.json');
await writeFile(example, await (await fetch(server.address + list, { headers: { cookie } })).text());
const bare = await serve('./bare-express.js', {}, [example]);
await measure('bare Express, the same JSON', bare.address, ['/']);
await bare.stop();
console.table(rows);

await setTimeout(10_000);
const figures = await (await fetch(`${server.address}/metrics`)).text();
const memory = Number(/^process_resident_memory_bytes (\d+)/m.exec(figures)?.[1] ?? 0);
console.log(`start to ready ${server.readyAfter} ms; memory at rest ${Math.round(memory / 1024 ** 2)} MiB`);
await server.stop();
await rm(dataDir, { recursive: true });
process.exit(0);

async function signedIn(address: string): Promise<string> {
  const [path, init] = requestOf(signIn, { body: account });
  const answer = await fetch(address + path, init);
  if (!answer.ok) throw new Error(`Sign-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

async function measure(what: string, url: string, paths: readonly string[]): Promise<void> {
  const headers = { accept: 'application/json', cookie };
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: paths.map((path) => ({ path, headers })),
  });
  rows[what] = {
    'requests/s': Math.round(result.requests.average),
    'p50 ms': result.latency.p50,
    'p97.5 ms': result.latency.p97_5,
    'p99 ms': result.latency.p99,
    'not 200': result.non2xx,
    errors: result.errors,
  };
}
