import usual from './jest.config.js';

/** Every viewer and player in Chromium, down to the pixels. */
export default {
  ...usual,
  testMatch: ['<rootDir>/test/viewers/**/*.test.js'],
  testPathIgnorePatterns: [],
  testTimeout: 120_000,
};
