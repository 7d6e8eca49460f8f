import { jest } from '@jest/globals';

/**
 * Chromium without a graphics card, on a machine that others use too, now and then leaves a test waiting for a frame.
 * A test in the browser gets one more try; what failed is printed, and `.ci/run` names each that needed it.
 */
jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
