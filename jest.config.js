import { existsSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { fileURLToPath } from 'node:url';

// Tests sync thousands of small files. In memory that takes a sixth less time; only where there is plenty of it.
const [memory, plenty] = ['/dev/shm', 8 * 2 ** 30];
const roomIn = (folder) => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};
// biome-ignore lint/style/noProcessEnv: no setting of the product
if (existsSync(memory) && roomIn(memory) > plenty && freemem() > plenty) process.env.TMPDIR ??= memory;

/** Tests run compiled, from dist/, so that worker threads and child processes load the very same files. */
export default {
  rootDir: 'dist',
  testMatch: ['<rootDir>/test/**/*.test.js'],
  testPathIgnorePatterns: [
    // Killing processes in the middle of their work takes long; `npm run test:fault` does it at length.
    '/test/fault/(?!.*\\.quick\\.)',
    // So does looking at every page and viewer in Chromium, beyond the main job; `npm run test:browser` does it.
    '/test/browser/(?!main-job)',
    '/test/viewers/',
  ],
  transform: {},
  testTimeout: 60_000,
  testSequencer: fileURLToPath(new URL('./test/longest-first.mjs', import.meta.url)),
  maxWorkers: 2,
};
