import TestSequencer from '@jest/test-sequencer';

/**
 * Begins with the tests in the browser and the faults, which take longest: one of them that began last would keep one
 * worker busy while the other has nothing left to do. A fresh clone has no durations of a run before to go by.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const isLong = ({ path }) => /\/test\/(browser|fault)\//.test(path);
    const usual = super.sort(tests);
    return [...usual.filter(isLong), ...usual.filter((test) => !isLong(test))];
  }
}
