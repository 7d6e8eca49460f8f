/**
 * `npm run bench http`: one server process on the embedded engines with 100,000 published resources, asked by a teacher
 * who has signed in for lists and searches of 20 items; in the same table a bare Express route that answers the same
 * JSON, and GET /healthz; then the time from start to ready, and the memory of the whole at rest. Wanted on two quiet
 * cores, which the load generator shares: 500 lists and searches a second with p99 ≤ 100 ms, ≤ 5 s, ≤ 400 MiB.
 * Elsewhere compare with bare Express, and look at the processor time a request takes, all threads together. Options:
 * `--resources N`, `--seconds N` a row, `--connections N`; `--data DIR` keeps what was filled there for the next run;
 * `--profile DIR` writes the server's processor profiles there, one a thread.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { requestOf } from '../../server/http/contract.ts';
import { signIn } from '../../server/members/contract.ts';
import { account, fill, isFilled } from './http/fill.ts';
import { asStarted, type Server, serve } from './http/server.ts';
import { queries } from './search-corpus.ts';

const { values } = parseArgs({
  options: {
    resources: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '16' },
    data: { type: 'string' },
    profile: { type: 'string' },
  },
});
const count = Number(values.resources);
const seconds = Number(values.seconds);
const connections = Number(values.connections);
/** Seconds of processor time within five that are as good as none; a profiler keeps every thread a little busy. */
const resting = values.profile ? 1.5 : 0.25;

const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'bench-http-')));
const env = {
  PORT: '0',
  CONTENT_PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'false',
  ADMIN_EMAIL: 'administrator@example.org',
  ADMIN_PASSWORD: account.password,
};
const main = '../../../server/main.js';

if (!isFilled(dataDir, count)) {
  const first = await serve(main, env);
  await first.stop();
  console.log(`Filling with ${count} resources`);
  await fill(dataDir, count, console.log);
}
const profiling = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
const server = await serve(main, env, [], [...asStarted, ...profiling]);
const rested = await atRest(server);
const cookie = await signedIn(server.address);

const rows: Record<string, Record<string, number>> = {};
let bareRate: number | undefined;
const list = '/api/resources?limit=20&state=published';
// Drawn by frequency, more than are asked: nobody's query is asked again because the list has come to its end.
const words = queries(30_000).map((q) => `/api/search?limit=20&q=${encodeURIComponent(q)}`);
const example = join(dataDir, 'answer.json');
await writeFile(example, await (await fetch(server.address + list, { headers: { cookie } })).text());
const bare = await serve('./bare-express.js', {}, [example]);

await measure('bare Express, the same JSON', bare, ['/']);
await measure('GET /healthz', server, ['/healthz']);
await measure('list', server, [list]);
await measure('search, browsing', server, ['/api/search?limit=20']);
// First while Node.js still compiles what it runs and most lists of the index have not been read, then as later on.
await measure('search, 1–4 words, right after the start', server, words.slice(0, 15_000));
await measure('search, 1–4 words, drawn on', server, words.slice(15_000));
await bare.stop();
const after = await atRest(server);
console.table({
  ...rows,
  'start to ready': { ms: server.readyAfter },
  'memory at rest': { MiB: rested.memory },
  'memory at rest after all this': { MiB: after.memory },
});
await server.stop();
if (values.data === undefined) await rm(dataDir, { recursive: true });
process.exit(0);

/**
 * Waits until what the start or the load has left to do is done (the index is compared with the resources), and then
 * half a minute more: memory that is not needed any more is given back when nothing happens.
 */
async function atRest(asked: Server): Promise<{ memory: number }> {
  let quiet = 0;
  for (let before = await asked.used(); ; ) {
    await setTimeout(5000);
    const now = await asked.used();
    quiet = now.seconds - before.seconds < resting ? quiet + 1 : 0;
    if (quiet > 6) return now;
    before = now;
  }
}

async function signedIn(address: string): Promise<string> {
  const [path, init] = requestOf(signIn, { body: account });
  const answer = await fetch(address + path, init);
  if (!answer.ok) throw new Error(`Sign-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

/**
 * Adds a row, after a while of warming up. The first row is what the others are compared with. Of several paths the
 * next one is drawn when it is asked for: a client that writes all its requests beforehand answers nobody meanwhile.
 */
async function measure(what: string, asked: Server, paths: readonly string[]): Promise<void> {
  const headers = { accept: 'application/json', cookie };
  let drawn = 0;
  const next: autocannon.Request['setupRequest'] = (request) => ({
    ...request,
    path: paths[drawn++ % paths.length] ?? '/',
  });
  const request = { path: paths[0] ?? '/', headers, ...(paths.length > 1 && { setupRequest: next }) };
  const load = { url: asked.address, connections, requests: [request] };
  await autocannon({ ...load, duration: Math.min(3, seconds) });
  const before = await asked.used();
  const { latency, requests: answered, ...result } = await autocannon({ ...load, duration: seconds });
  const used = (await asked.used()).seconds - before.seconds;
  bareRate ??= answered.average;
  rows[what] = {
    'requests/s': Math.round(answered.average),
    'of bare Express, %': Math.round((answered.average / bareRate) * 100),
    'p50 ms': latency.p50,
    'p97.5 ms': latency.p97_5,
    'p99 ms': latency.p99,
    'server CPU ms/request': Math.round((used / answered.total) * 1e5) / 100,
    'not 200': result.non2xx,
    errors: result.errors,
    ...(drawn > 0 && {
      'different ones, %': Math.round((new Set(paths.slice(0, drawn)).size / drawn) * 100),
    }),
  };
}
