import { fileURLToPath } from 'node:url';

/** Tests run compiled, from dist/, so that worker threads and child processes load the very same files. */
export default {
  rootDir: 'dist',
  testMatch: ['<rootDir>/test/**/*.test.js'],
  testPathIgnorePatterns: [
    // Killing processes in the middle of their work takes long; `npm run test:fault` does it at length.
    '/test/fault/(?!.*\\.quick\\.)',
    // Looking into what players and viewers draw takes long; `npm run test:viewers` does it.
    '/test/viewers/',
  ],
  transform: {},
  testTimeout: 60_000,
  testSequencer: fileURLToPath(new URL('./test/longest-first.mjs', import.meta.url)),
  maxWorkers: 2,
};
