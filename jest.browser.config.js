import usual from './jest.config.js';

/** What `npm test` leaves out in Chromium: every page for every role, and every viewer and player, down to the pixels. */
export default {
  ...usual,
  testMatch: ['<rootDir>/test/{browser,viewers}/**/*.test.js'],
  testPathIgnorePatterns: ['/test/browser/main-job'],
  testTimeout: 120_000,
  setupFilesAfterEnv: ['<rootDir>/test/second-try.js'],
};
