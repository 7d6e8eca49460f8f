import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from '@jest/globals';

const folder = fileURLToPath(new URL('../../public/', import.meta.url));
const manifest = `${folder}.vite/manifest.json`;
/** What the search page may load before it shows results: bytes, compressed by gzip. */
const most = 250_000;

interface Chunk {
  file: string;
  imports?: string[];
}

let chunks: Record<string, Chunk>;

beforeAll(async () => {
  if (!existsSync(manifest)) throw new Error('The client is not built: node scripts/build.mjs');
  chunks = JSON.parse(readFileSync(manifest, 'utf8'));
});

/** Every script that these entries load at once, by file. */
function loadedBy(...entries: string[]): Map<string, number> {
  const loaded = new Map<string, number>();
  const visit = (name: string) => {
    const chunk = chunks[name];
    if (!chunk) throw new Error(`${name} is not in the build`);
    if (loaded.has(chunk.file)) return;
    loaded.set(chunk.file, gzipSync(readFileSync(folder + chunk.file)).length);
    for (const other of chunk.imports ?? []) visit(other);
  };
  for (const entry of entries) visit(entry);
  return loaded;
}

test('the search page loads at most 250 kB of compressed scripts before it shows results', () => {
  const loaded = loadedBy('index.html', 'pages/search-page.tsx');
  const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect({ total, fits: total <= most }).toEqual({ total, fits: true });
});

test('viewers, dialogs and validation stay out of it', () => {
  const loaded = [...loadedBy('index.html', 'pages/search-page.tsx').keys()].join(' ');
  expect(loaded).not.toMatch(/viewer|pdf|dialog|zod/);
});
