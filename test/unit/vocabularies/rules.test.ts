import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  codeFinder,
  makesCircle,
  matches,
  mergedSynonyms,
  withDescendants,
} from '../../../server/vocabularies/rules.ts';

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

test('a list is filtered by any part of code, label, synonym and former code, also in pinyin and by initials', () => {
  const cnc = term('数控技术', ['CNC 加工']);
  for (const typed of ['控技', 'cnc', '加工', '5601', 'shukong', 'ShuKong JiShu', 'skjs', 'cncjiagong'])
    expect({ typed, matches: matches(cnc, typed) }).toEqual({ typed, matches: true });
  for (const typed of ['焊接', 'hanjie']) expect(matches(cnc, typed)).toBe(false);
});

describe('the code that a text stands for', () => {
  const standing = (code: string, label: string, more: { en?: string; synonyms?: string[] } = {}) => ({
    code,
    labels: { 'zh-CN': label, en: more.en ?? '' },
    synonyms: more.synonyms ?? [],
    retired: false,
    mergedInto: null,
  });
  const plc = standing('plc', 'PLC 应用技术', { en: 'PLC technology', synonyms: ['可编程控制器', '电气'] });
  const motors = standing('motors', '电机与电气控制', { synonyms: ['电气'] });
  const codeOf = codeFinder([
    plc,
    motors,
    standing('turning-1', '车削'),
    standing('turning-2', '车削'),
    { ...standing('old', '旧课', { synonyms: ['电拖'] }), retired: true },
    { ...standing('first', '一'), retired: true, mergedInto: 'second' },
    { ...standing('second', '二'), retired: true, mergedInto: 'plc' },
  ]);

  test('is found by label in either language, by synonym and by code, whatever the width, case and spaces', () => {
    for (const text of ['plc', 'PLC', 'PLC应用技术', 'ＰＬＣ 应用 技术', 'plc TECHNOLOGY', '可编程控制器'])
      expect(codeOf(text)).toBe('plc');
  });

  test('is none when several terms go by the text, or no term on offer', () => {
    for (const text of ['电气', '车削', '旧课', '电拖', '一', '机床', ''])
      expect(codeOf(text)).toBeUndefined();
  });

  test('is, for a merged code, the one at the end of the merges; a retired one stays itself', () => {
    expect(codeOf('first')).toBe('plc');
    expect(codeOf('old')).toBe('old');
  });

  test('is that of a label before that of a synonym', () => {
    const find = codeFinder([plc, standing('controllers', '可编程控制器')]);
    expect(find('可编程控制器')).toBe('controllers');
  });
});
