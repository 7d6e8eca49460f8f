import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makesCircle, matches, mergedSynonyms, withDescendants } from '../../../server/vocabularies/rules.ts';

/** A random forest: each term stands below one that came before it, or on top. */
const forest = fc
  .array(fc.option(fc.nat(), { nil: undefined }), { minLength: 1, maxLength: 30 })
  .map((parents) =>
    parents.map((parent, index) => ({
      code: `t${index}`,
      parent: parent === undefined || index === 0 ? null : `t${parent % index}`,
    })),
  );

test('a term may stand below another exactly when that one is not below it', () =>
  fc.assert(
    fc.property(forest, fc.nat(), fc.nat(), (terms, a, b) => {
      const code = `t${a % terms.length}`;
      const parent = `t${b % terms.length}`;
      expect(makesCircle(terms, code, parent)).toBe(withDescendants(terms, code).includes(parent));
    }),
  ));

test('a filter on a term means the term and everything below it', () => {
  const terms = [
    { code: '46', parent: null },
    { code: '4601', parent: '46' },
    { code: '460103', parent: '4601' },
    { code: '66', parent: null },
  ];
  expect(withDescendants(terms, '46').sort()).toEqual(['46', '4601', '460103']);
  expect(withDescendants(terms, 'unknown')).toEqual(['unknown']);
});

test('a term on top never makes a circle', () => {
  expect(makesCircle([{ code: 'a', parent: null }], 'a', null)).toBe(false);
});

const term = (label: string, synonyms: string[] = []) => ({
  code: label,
  labels: { 'zh-CN': label, en: '' },
  synonyms,
  formerCodes: ['560103'],
});

test('whatever led to a merged term leads to the one that took its place', () => {
  expect(mergedSynonyms(term('数控技术', ['CNC']), term('数控', ['CNC', '数控加工']))).toEqual([
    'CNC',
    '数控',
    '数控加工',
  ]);
});

test('a list is filtered by any part of code, label, synonym and former code', () => {
  const cnc = term('数控技术', ['CNC 加工']);
  for (const typed of ['控技', 'cnc', '加工', '5601']) expect(matches(cnc, typed)).toBe(true);
  expect(matches(cnc, '焊接')).toBe(false);
});
