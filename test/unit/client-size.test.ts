import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { clientPages } from '../../server/pages/index.ts';
import { onTheWire } from '../wire.ts';
import { listen } from './http/listen.ts';

const manifest = fileURLToPath(new URL('../../public/.vite/manifest.json', import.meta.url));
/** What the search page may load before it shows results: bytes of scripts as they are sent. */
const most = 250_000;

interface Chunk {
  file: string;
  imports?: string[];
}

let chunks: Record<string, Chunk>;
let address: string;

beforeAll(async () => {
  if (!existsSync(manifest)) throw new Error('The client is not built: node scripts/build.mjs');
  chunks = JSON.parse(readFileSync(manifest, 'utf8'));
  address = await listen(clientPages(async () => ''));
});

/** Every script that these entries load at once. */
function loadedBy(...entries: string[]): string[] {
  const loaded = new Set<string>();
  const visit = (name: string) => {
    const chunk = chunks[name];
    if (!chunk) throw new Error(`${name} is not in the build`);
    if (loaded.has(chunk.file)) return;
    loaded.add(chunk.file);
    for (const other of chunk.imports ?? []) visit(other);
  };
  for (const entry of entries) visit(entry);
  return [...loaded];
}

test.each([
  ['over http', 'gzip, deflate'],
  ['over https', 'gzip, deflate, br, zstd'],
])('the search page loads at most 250 kB of scripts before it shows results, %s', async (_, accepted) => {
  const scripts = loadedBy('index.html', 'pages/search-page.tsx');
  const sent = await Promise.all(
    scripts.map((file) => onTheWire(`${address}/${file}`, { 'Accept-Encoding': accepted })),
  );
  expect(new Set(sent.map(({ headers }) => headers['content-type']))).toEqual(
    new Set(['text/javascript; charset=utf-8']),
  );
  const total = sent.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect({ total, fits: total <= most }).toEqual({ total, fits: true });
});

test('viewers, dialogs and validation stay out of it', () => {
  const loaded = loadedBy('index.html', 'pages/search-page.tsx').join(' ');
  expect(loaded).not.toMatch(/viewer|pdf|dialog|zod/);
});
