import { expect, test } from '@jest/globals';
import { standingOf } from '../../../server/attempts/rules.ts';

test('SCORM 1.2 says in one word whether it was passed, and its points', () => {
  expect(standingOf({ core: { lesson_status: 'passed', score: { raw: '86' } } })).toEqual({
    progress: 'passed',
    score: 86,
  });
  expect(standingOf({ core: { lesson_status: 'not attempted', score: { raw: '' } } })).toEqual({
    progress: 'not-started',
    score: null,
  });
});

test('SCORM 2004 says success and completion apart; a share counts as points out of 100', () => {
  const cmi = { completion_status: 'completed', success_status: 'unknown', score: { scaled: '0.9' } };
  expect(standingOf(cmi)).toEqual({ progress: 'completed', score: 90 });
  expect(standingOf({ ...cmi, success_status: 'failed' }).progress).toBe('failed');
});

test('what a package has left unsaid, or said wrongly, counts as nothing', () => {
  expect(standingOf({})).toEqual({ progress: 'not-started', score: null });
  expect(standingOf({ core: 'nonsense', score: 'x' })).toEqual({ progress: 'not-started', score: null });
});
