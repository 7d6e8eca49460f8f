import { expect, test } from '@jest/globals';
import { reachedAfter, standingOf } from '../../../server/attempts/rules.ts';

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

test('SCORM 1.2 says completion and success in one word', () => {
  const core = { lesson_status: 'failed', score: { raw: '40' }, total_time: '0000:10:00' };
  expect(reachedAfter(undefined, { core }, 'a')).toMatchObject({
    openings: 1,
    completion: 'completed',
    success: 'failed',
    score: 40,
    seconds: 600,
  });
  const begun = reachedAfter(undefined, { core: { lesson_status: 'incomplete' } }, 'a');
  expect(begun).toMatchObject({ completion: 'incomplete', success: 'unknown', score: null, seconds: 0 });
});

test('SCORM 2004 and cmi5 may be passed before they are completed', () => {
  const cmi = { success_status: 'passed', completion_status: 'incomplete', total_time: 'PT2M' };
  expect(reachedAfter(undefined, cmi, 'a')).toMatchObject({
    completion: 'incomplete',
    success: 'passed',
    seconds: 120,
  });
});

test('whoever opens it again and starts over loses nothing of what was reached, and the time adds up', () => {
  const told = (success_status: string, completion_status: string, scaled: number, total_time: string) => ({
    success_status,
    completion_status,
    score: { scaled },
    total_time,
  });
  const first = reachedAfter(undefined, told('unknown', 'incomplete', 0.2, 'PT1M'), 'a');
  const passed = reachedAfter(first, told('passed', 'completed', 0.9, 'PT3M'), 'a');
  const again = reachedAfter(passed, told('failed', 'incomplete', 0.4, 'PT2M'), 'b');
  expect(again).toMatchObject({
    openings: 2,
    completion: 'completed',
    success: 'passed',
    score: 90,
    seconds: 300,
  });
});

test('a failure that is made good counts as passed', () => {
  const failed = reachedAfter(undefined, { success_status: 'failed', completion_status: 'completed' }, 'a');
  expect(reachedAfter(failed, { success_status: 'unknown' }, 'b').success).toBe('failed');
  expect(reachedAfter(failed, { success_status: 'passed' }, 'b').success).toBe('passed');
});
