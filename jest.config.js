/** Tests run compiled, from dist/, so that worker threads and child processes load the very same files. */
export default {
  rootDir: 'dist',
  testMatch: ['<rootDir>/test/**/*.test.js'],
  transform: {},
  testTimeout: 60_000,
  maxWorkers: 2,
};
