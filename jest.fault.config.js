import usual from './jest.config.js';

/** The tests that kill and starve: long ones, one after the other. */
export default {
  ...usual,
  testMatch: ['<rootDir>/test/fault/**/*.test.js'],
  testPathIgnorePatterns: [],
  testTimeout: 600_000,
  maxWorkers: 1,
};
