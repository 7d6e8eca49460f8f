/** Tests run compiled, from dist/, so that worker threads and child processes load the very same files. */
export default {
  rootDir: 'dist',
  testMatch: ['<rootDir>/test/**/*.test.js'],
  // Killing processes in the middle of their work takes long; `npm run test:fault` does it at length.
  testPathIgnorePatterns: ['/test/fault/(?!.*\\.quick\\.)'],
  transform: {},
  testTimeout: 60_000,
  maxWorkers: 2,
};
