import { expect, test } from '@jest/globals';
import { readinessOf } from '../../../server/operations/readiness.ts';

const up = async () => {};
const down = async () => {
  throw new Error('no answer');
};
const engines = (checks: {
  documents?: () => Promise<void>;
  objects?: () => Promise<void>;
  search?: () => Promise<void>;
}) =>
  (['documents', 'objects', 'search'] as const).map((keeps) => ({
    keeps,
    name: 'x',
    check: checks[keeps] ?? up,
  }));

test('all engines answer: ready', async () => {
  expect(await readinessOf(engines({}))).toMatchObject({ status: 'ready' });
});

test('without search the product still serves', async () => {
  const readiness = await readinessOf(engines({ search: down }));
  expect(readiness.status).toBe('degraded');
  expect(readiness.engines.map(({ state }) => state)).toEqual(['ready', 'ready', 'unavailable']);
});

test.each(['documents', 'objects'] as const)('without %s it does not', async (keeps) => {
  expect(await readinessOf(engines({ [keeps]: down }))).toMatchObject({ status: 'unavailable' });
});

test('an engine that never answers counts as unavailable after two seconds', async () => {
  const silent = () => new Promise<void>(() => {});
  expect(await readinessOf(engines({ objects: silent }))).toMatchObject({ status: 'unavailable' });
});
