import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Standing } from '../../../server/cmi5/satisfaction.ts';
import { after, objectionTo, type Session } from '../../../server/cmi5/session-rules.ts';
import { Statement } from '../../../server/cmi5/statement.ts';
import { categories, extensions, type Verb, verbs } from '../../../server/cmi5/vocabulary.ts';

const unit = 'https://example.org/unit';
const session: Session = {
  id: 'a session',
  registration: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  actor: { objectType: 'Agent', account: { homePage: 'https://example.org', name: 'w' } },
  unit,
  activityId: 'urn:uuid:1b4e28ba-2fa1-81d2-883f-0016d3cca427',
  mode: 'Normal',
  masteryScore: 0.8,
  said: [],
};
const begun: Session = { ...session, said: ['initialized'] };

interface Wish {
  result?: Statement['result'];
  category?: string[];
  extension?: Record<string, unknown>;
  timestamp?: string;
}

const proper: Partial<Record<Verb, NonNullable<Statement['result']>>> = {
  completed: { completion: true, duration: 'PT1M' },
  passed: { success: true, duration: 'PT1M' },
  failed: { success: false, duration: 'PT1M' },
  terminated: { duration: 'PT1M' },
};

function statement(verb: Verb, wish: Wish = {}): Statement {
  const isDecisive = ['completed', 'passed', 'failed'].includes(verb);
  const category = wish.category ?? [categories.cmi5, ...(isDecisive ? [categories.moveOn] : [])];
  return Statement.parse({
    actor: session.actor,
    verb: { id: verbs[verb] },
    object: { id: session.activityId },
    result: 'result' in wish ? wish.result : proper[verb],
    context: {
      registration: session.registration,
      contextActivities: { category: category.map((id) => ({ id })), grouping: { id: unit } },
      extensions: { [extensions.session]: session.id, ...wish.extension },
    },
    timestamp: wish.timestamp ?? '2026-03-01T08:00:00Z',
  });
}

const objection = (verb: Verb, wish?: Wish, at: Session = begun, standing?: Standing) =>
  objectionTo(statement(verb, wish), at, standing)?.split(':')[0];

test('a session that goes by the book meets no objection', () => {
  let at = session;
  let standing: Standing | undefined;
  for (const verb of ['initialized', 'failed', 'completed', 'terminated'] as const) {
    const one = statement(verb);
    expect(objectionTo(one, at, standing)).toBeUndefined();
    ({ session: at, standing } = after(one, at, standing));
  }
  expect(standing).toMatchObject({ unit, completed: expect.any(String), failed: expect.any(String) });
  expect(at.terminatedAt).toBe('2026-03-01T08:00:00Z');
});

test('"initialized" comes first and "terminated" last, whatever else is said (section 9.3)', () => {
  expect(objection('completed', {}, session)).toBe('9.3');
  expect(objection('completed', { category: [] }, session)).toBe('9.3');
  const over: Session = {
    ...begun,
    said: ['initialized', 'terminated'],
    terminatedAt: '2026-03-01T09:00:00Z',
  };
  expect(objection('completed', { timestamp: '2026-03-01T09:00:01Z' }, over)).toBe('9.3.8');
  expect(objection('completed', { timestamp: '2026-03-01T08:59:59Z' }, over)).toBeUndefined();
});

test('verbs of the platform, and a second judgement, are not for units to say', () => {
  for (const verb of ['launched', 'abandoned', 'satisfied'] as const) expect(objection(verb)).toBe('9.3');
  const passed: Session = { ...begun, said: ['initialized', 'passed'] };
  expect(objection('failed', {}, passed)).toBe('9.3');
  expect(objection('passed', {}, passed)).toBe('9.3');
  const standing = { unit, passed: 'then', completed: 'then' };
  expect(objection('completed', {}, begun, standing)).toBe('9.3.3');
  expect(objection('failed', {}, begun, standing)).toBe('9.3.4');
});

test('nothing is judged in other launch modes than Normal (section 10.2.2)', () => {
  for (const mode of ['Browse', 'Review'] as const) {
    expect(objection('completed', {}, { ...begun, mode })).toBe('10.2.2');
    expect(objection('terminated', {}, { ...begun, mode })).toBeUndefined();
  }
});

test('scores go with "passed" and "failed", and with masteryScore (sections 9.3.4, 9.3.5 and 9.5.1)', () => {
  const scored = (success: boolean, score: object): Wish => ({
    result: { success, duration: 'PT1M', score },
  });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (scaled) => {
      expect(objection('passed', scored(true, { scaled }))).toBe(scaled >= 0.8 ? undefined : '9.3.4');
      expect(objection('failed', scored(false, { scaled }))).toBe(scaled >= 0.8 ? '9.3.5' : undefined);
    }),
  );
  expect(objection('passed', scored(true, { raw: 9 }))).toBe('9.5.1');
  expect(objection('passed', scored(true, { raw: 9, min: 0, max: 10 }))).toBeUndefined();
  expect(objection('failed', scored(false, { scaled: -0.5 }))).toBe('9.5.1');
  const completed = { completion: true, duration: 'PT1M', score: { scaled: 1 } };
  expect(objection('completed', { result: completed })).toBe('9.5.1');
  const told = { ...scored(true, { scaled: 0.9 }), extension: { [extensions.masteryScore]: 0.1 } };
  expect(objection('passed', told)).toBe('9.6.3.2');
});

test('success, completion, duration and category go with the verb (sections 9.5 and 9.6)', () => {
  expect(objection('passed', { result: { success: false, duration: 'PT1M' } })).toBe('9.5.2');
  expect(objection('passed', { result: { success: true, completion: true, duration: 'PT1M' } })).toBe(
    '9.5.3',
  );
  expect(objection('completed', { result: { completion: true } })).toBe('9.5.4');
  expect(objection('terminated', { result: {} })).toBe('9.5.4');
  expect(objection('completed', { category: [categories.cmi5] })).toBe('9.6.2.2');
  expect(objection('terminated', { category: [categories.cmi5, categories.moveOn] })).toBe('9.6.2.2');
  const progress = { ...proper.terminated, extensions: { [extensions.progress]: 120 } };
  expect(objection('terminated', { result: progress })).toBe('9.5.5.1');
});

test('a statement is of this session, by this learner', () => {
  expect(objection('terminated', { extension: { [extensions.session]: 'another' } })).toBe('9.6.3.1');
  expect(objection('terminated', {}, { ...begun, registration: 'another' })).toBe('9.6.1');
  expect(objection('terminated', {}, { ...begun, unit: 'https://example.org/other' })).toBe('9.6.2.3');
  const other = { account: { homePage: 'https://example.org', name: 'x' } };
  expect(objection('terminated', {}, { ...begun, actor: other })).toBe('9.2');
});

test('what a unit adds of its own is taken, and judges nothing', () => {
  const own = statement('completed', { category: [], result: { completion: true } });
  expect(objectionTo(own, begun, undefined)).toBeUndefined();
  expect(after(own, begun)).toEqual({ session: begun, standing: { unit } });
});
