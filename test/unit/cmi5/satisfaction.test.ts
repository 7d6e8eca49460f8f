import { expect, test } from '@jest/globals';
import { standingOf } from '../../../server/attempts/rules.ts';
import {
  cmiOf,
  isUnitSatisfied,
  launchModeFor,
  type Standing,
  satisfiedIn,
} from '../../../server/cmi5/satisfaction.ts';
import { moveOns, readCourse } from '../../../server/cmi5/structure.ts';
import { courseXml, units } from '../../http/pack-cmi5.ts';

const now = '2026-03-01T08:00:00Z';
const standing = (more: Partial<Standing> = {}, unit: string = units.theory): Standing => ({ unit, ...more });

test('moveOn says by which statements a unit is satisfied (cmi5, section 13.1.4)', () => {
  const byStatements = {
    none: {},
    completed: { completed: now },
    passed: { passed: now },
    both: { completed: now, passed: now },
    failed: { failed: now },
  };
  const table = Object.fromEntries(
    moveOns.map((moveOn) => [
      moveOn,
      Object.entries(byStatements)
        .filter(([, facts]) => isUnitSatisfied(moveOn, facts))
        .map(([name]) => name),
    ]),
  );
  expect(table).toEqual({
    NotApplicable: ['none', 'completed', 'passed', 'both', 'failed'],
    Passed: ['passed', 'both'],
    Completed: ['completed', 'both'],
    CompletedAndPassed: ['both'],
    CompletedOrPassed: ['completed', 'passed', 'both'],
  });
});

test('a block is satisfied by all of its units, the course by everything in it (section 9.3.9)', () => {
  const course = readCourse(courseXml());
  expect([...satisfiedIn(course, [])]).toEqual([units.elsewhere]);
  const lesson = standing({ completed: now });
  expect([...satisfiedIn(course, [lesson])].sort()).toEqual([units.elsewhere, units.theory]);
  const exam = standing({ completed: now, passed: now }, units.exam);
  expect(satisfiedIn(course, [lesson, exam])).toEqual(
    new Set([units.theory, units.exam, 'https://example.org/lathe/block', units.elsewhere, course.id]),
  );
});

test('what is done is opened for review; what was failed, or is not begun, to be learnt', () => {
  const modeOf = (moveOn: (typeof moveOns)[number], facts: Partial<Standing> = {}) =>
    launchModeFor({ moveOn }, standing(facts));
  expect(launchModeFor({ moveOn: 'NotApplicable' })).toBe('Normal');
  expect(modeOf('Completed', { completed: now })).toBe('Review');
  expect(modeOf('CompletedAndPassed', { completed: now })).toBe('Normal');
  expect(modeOf('CompletedOrPassed', { completed: now, failed: now })).toBe('Normal');
  expect(modeOf('Passed', { passed: now, failed: now })).toBe('Review');
});

test('a standing reads like that of a SCORM package', () => {
  expect(standingOf(cmiOf(standing()))).toEqual({ progress: 'incomplete', score: null });
  expect(standingOf(cmiOf(standing({ completed: now })))).toEqual({ progress: 'completed', score: null });
  expect(standingOf(cmiOf(standing({ completed: now, failed: now, score: 0.4 })))).toEqual({
    progress: 'failed',
    score: 40,
  });
  expect(standingOf(cmiOf(standing({ failed: now, passed: now, score: 0.9 })))).toEqual({
    progress: 'passed',
    score: 90,
  });
});
