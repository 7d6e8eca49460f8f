/**
 * `npm run bench objects -- --size 1024 --runs 5`: uploads by form and by tus, downloads and bundles over loopback,
 * beside bare multer, @tus/server, res.sendFile and archiver on the same disk; and whether memory grows with the
 * size of a file, with `--large` one of 10 GiB. Uploads to the S3 server that S3_ENDPOINT names, if any, stand beside
 * `@aws-sdk/lib-storage` alone. Sizes in MiB, results as MiB/s: median, with the lowest and highest.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { readConfig } from '../../server/config.ts';
import { s3Server } from '../../server/engines.ts';
import { asStarted } from './http/server.ts';
import { memoryDuring } from './objects/memory.ts';
import { uploadsToS3 } from './objects/s3.ts';
import { mebibyte, send } from './objects/transfer.ts';
import { statOf } from './process-stat.ts';

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
    large: { type: 'boolean', default: false },
  },
});
const size = Number(options.size);
const runs = Number(options.runs);

const folder = await mkdtemp(join(options.folder, 'bench-objects-'));
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const children: ChildProcess[] = [];

type Headers = Readonly<Record<string, string | number>>;

/** What the two servers say once they are ready. */
interface Said {
  ready: { application: string };
  port: number;
}

function start(
  path: string,
  args: string[],
  env: Record<string, string> = {},
  execArgv: string[] = [],
): Promise<[ChildProcess, Said]> {
  const child = fork(path, args, {
    env: { PATH: '/usr/bin:/bin', ...env },
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve([child, message as Said]));
    child.once('exit', (code) => reject(new Error(`${path} ended with ${code}`)));
  });
}

const administrator = { email: 'bench@example.org', password: 'loopback and disk' };
const dataDir = join(folder, 'data');
const settings = {
  DATA_DIR: dataDir,
  PORT: '0',
  CONTENT_PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'false',
  ORGANISATION_QUOTA: '5TB',
  ADMIN_EMAIL: administrator.email,
  ADMIN_PASSWORD: administrator.password,
};
const [product, { ready }] = await start(script('../../server/main.js'), [], settings, asStarted);
const ours = ready.application.replace('localhost', '127.0.0.1');
const signIn = await fetch(`${ours}/api/auth/sign-in/email`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(administrator),
});
const [others, { port }] = await start(script('./objects/bare.js'), [join(folder, 'bare')]);
const bare = `http://127.0.0.1:${port}`;
const signed = {
  Cookie: signIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; '),
};

async function draft(): Promise<string> {
  const answer = await fetch(`${ours}/api/resources`, {
    method: 'POST',
    headers: { ...signed, 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'xr', title: 'bench' }),
  });
  const { id, ...rest } = (await answer.json()) as { id: string };
  if (answer.status !== 201) throw new Error(JSON.stringify(rest));
  return id;
}

function expectStatus(answer: { status: number; text: string }, status: number): void {
  if (answer.status !== status) throw new Error(`Expected ${status}: ${answer.status} ${answer.text}`);
}

async function sendForm(url: string, mib: number, headers: Headers): Promise<void> {
  const boundary = '----WebKitFormBoundaryZ3bK1nJtq8mWcX0L'; // as long as a browser's, which the search for it profits from
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.fbx"\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const length = mib * mebibyte + head.length + tail.length;
  const answer = await send(
    url,
    'POST',
    { ...headers, 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': length },
    mib,
    [head, tail],
  );
  expectStatus(answer, 201);
}

async function sendTus(base: string, path: string, mib: number, resource: string, headers: Headers) {
  const text = (value: string) => Buffer.from(value).toString('base64');
  const common = { ...headers, 'Tus-Resumable': '1.0.0' };
  const made = await send(`${base}${path}`, 'POST', {
    ...common,
    'Upload-Length': mib * mebibyte,
    'Upload-Metadata': `filename ${text('a.fbx')},resource ${text(resource)}`,
    'Content-Length': 0,
  });
  expectStatus(made, 201);
  const location = new URL(made.headers.get('location') ?? '', base);
  const answer = await send(
    location.href,
    'PATCH',
    {
      ...common,
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': 0,
      'Content-Length': mib * mebibyte,
    },
    mib,
  );
  expectStatus(answer, 204);
}

async function receive(url: string, headers: Headers): Promise<void> {
  const answer = await send(url, 'GET', headers);
  expectStatus(answer, 200);
  if (answer.received < size * mebibyte) throw new Error(`${url} sent ${answer.received} bytes`);
}

/** Answer times of `GET /api/me` while something else runs, in milliseconds. */
async function pulse(during: Promise<unknown>): Promise<{ p99: number; median: number }> {
  const workerData = { url: `${ours}/api/me`, cookie: signed.Cookie };
  const worker = new Worker(new URL('./objects/pulse.js', import.meta.url), { workerData });
  const told = new Promise<{ p99: number; median: number }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await during;
  worker.postMessage('over');
  return told;
}

/**
 * Removes the bytes that have come in, as those of the others are removed after each run: what fills the page cache
 * slows whoever writes next.
 */
async function clearObjects(): Promise<void> {
  const objects = join(dataDir, 'objects');
  for (const entry of await readdir(objects, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await rm(join(entry.parentPath, entry.name));
}

async function upload(way: 'form' | 'tus', mib: number): Promise<void> {
  const id = await draft();
  if (way === 'tus') return sendTus(ours, '/api/uploads', mib, id, signed);
  return sendForm(`${ours}/api/resources/${id}/files`, mib, signed);
}

/** How far memory grows over an upload of 10 GiB, after one of the usual size, which brings the heap to its height. */
async function uploadLarge(way: 'form' | 'tus'): Promise<void> {
  const large = 10 * 1024;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < (large + size + 2048) * mebibyte)
    return console.log(`10 GiB by ${way} is left out: the disk has no room for it`);
  await upload(way, size);
  await setTimeout(3_000);
  const { before, most } = await memoryDuring(product.pid, () => upload(way, large));
  console.log(`10 GiB by ${way}: memory ${before} → at most ${most} MiB`);
  await clearObjects();
}

const kinds = [
  'form',
  'bare form',
  'tus',
  'bare tus',
  'download',
  'bare download',
  'bundle',
  'bare bundle',
] as const;
const speeds = Object.fromEntries(kinds.map((kind) => [kind, [] as number[]])) as Record<
  (typeof kinds)[number],
  number[]
>;
/** Processor seconds of the server, threads included, for a GiB: what is left of a measurement on a busy machine. */
const efforts = Object.fromEntries(kinds.map((kind) => [kind, [] as number[]])) as typeof speeds;
async function time(kind: (typeof kinds)[number], what: () => Promise<void>): Promise<void> {
  const server = kind.startsWith('bare') ? others : product;
  const before = await statOf(server.pid);
  const from = performance.now();
  await what();
  speeds[kind].push(size / ((performance.now() - from) / 1000));
  efforts[kind].push(((await statOf(server.pid)).own - before.own) / (size / 1024));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

try {
  for (let run = 0; run < runs; run++) {
    const id = await draft();
    const file = `${ours}/api/resources/${id}/versions/draft`;
    await time('form', () => sendForm(`${ours}/api/resources/${id}/files`, size, signed));
    await time('bare form', () => sendForm(`${bare}/form`, size, {}));
    await time('download', () => receive(`${file}/files/a.fbx`, signed));
    await time('bare download', () => receive(`${bare}/file`, {}));
    await time('bundle', () => receive(`${file}/bundle.zip`, signed));
    await time('bare bundle', () => receive(`${bare}/zip`, {}));
    const other = await draft();
    await time('tus', () => sendTus(ours, '/api/uploads', size, other, signed));
    await time('bare tus', () => sendTus(bare, '/tus', size, other, {}));
    await Promise.all([send(bare, 'DELETE', {}), clearObjects()]);
  }
  const rows = kinds.map((kind) => {
    const sorted = speeds[kind].toSorted((a, b) => a - b);
    const round = (value = 0) => Math.round(value);
    return {
      kind,
      'MiB/s': round(median(sorted)),
      lowest: round(sorted[0]),
      highest: round(sorted.at(-1)),
      'CPU s/GiB': median(efforts[kind]).toFixed(2),
    };
  });
  console.table(rows);

  const { value, before, most } = await memoryDuring(product.pid, () =>
    pulse(Promise.all([upload('tus', size * 2), upload('form', size * 2)])),
  );
  console.log(
    `Two uploads of ${size * 2} MiB at a time: memory ${before} → at most ${most} MiB; GET /api/me p99 ${value.p99} ms, median ${value.median} ms`,
  );
  await clearObjects();
  if (options.large) for (const way of ['form', 'tus'] as const) await uploadLarge(way);

  const server = s3Server(readConfig());
  if (!server) console.log('Uploads to S3 are left out: S3_ENDPOINT names no server');
  else {
    const found = await uploadsToS3(server, size, runs);
    const alone = found['lib-storage']; // compared turn by turn, whatever else the machine was doing
    console.table(
      Object.entries(found).map(([way, sent]) => {
        const values = sent.map(({ speed }) => speed);
        return {
          'upload to S3': way,
          'MiB/s': Math.round(median(values)),
          lowest: Math.round(Math.min(...values)),
          highest: Math.round(Math.max(...values)),
          'CPU s/GiB': median(sent.map(({ effort }) => effort)).toFixed(2),
          '× lib-storage': median(values.map((value, run) => value / (alone[run]?.speed ?? 0))).toFixed(2),
        };
      }),
    );
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}
