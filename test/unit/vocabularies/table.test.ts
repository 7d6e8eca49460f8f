import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makesCircle } from '../../../server/vocabularies/rules.ts';
import { readTable, writeTable } from '../../../server/vocabularies/table.ts';

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((s) => `术${s.replaceAll('|', '').trim()}`);
const codes = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const terms = fc.uniqueArray(
  fc.record({
    code: codes,
    parent: fc.option(codes),
    labels: fc.record({ 'zh-CN': words, en: fc.constantFrom('', '=SUM(A1)', '-1', 'Welding, "MAG"') }),
    synonyms: fc.array(words, { maxLength: 3 }),
    equivalents: fc.array(codes, { maxLength: 2 }),
    formerCodes: fc.array(codes, { maxLength: 2 }),
    retired: fc.boolean(),
  }),
  { selector: (term) => term.code, minLength: 1, maxLength: 20 },
);

test('a table that was written reads back as the same terms', () =>
  fc.assert(
    fc.property(terms, (written) => {
      const read = readTable(writeTable(written)).map(({ result }) =>
        'term' in result ? result.term : result,
      );
      expect(read).toEqual(written);
    }),
  ));

test('no cell that is written can run as a formula in a spreadsheet', () => {
  const dangerous = { 'zh-CN': '=cmd()', en: '@SUM(1)' };
  const csv = writeTable([
    {
      code: 'a',
      parent: null,
      labels: dangerous,
      synonyms: ['+1'],
      equivalents: [],
      formerCodes: [],
      retired: false,
    },
  ]);
  expect(csv).not.toMatch(/(^|,)"?[=@+]/m);
});

test('a row at fault is told by its line, and the others are still read', () => {
  const rows = readTable('code,zh-CN\n460103,数控技术\n,没有代码\n460104,机械制造\n');
  expect(rows.map(({ line, result }) => [line, 'fault' in result])).toEqual([
    [2, false],
    [3, true],
    [4, false],
  ]);
});

test('a file without the columns of the table is refused as a whole', () => {
  expect(() => readTable('名称\n数控')).toThrow(/zh-CN/);
  expect(() => readTable('code,zh-CN\n"open quote')).toThrow(/CSV/);
});

const folder = new URL('../../../server/vocabularies/data/', import.meta.url);
const shipped = readdirSync(folder).filter((name) => name.endsWith('.csv'));

test.each(shipped)(
  'the shipped %s has no row at fault, no code twice, and every parent stands in it',
  (name) => {
    const rows = readTable(readFileSync(new URL(name, folder), 'utf8'));
    const read = rows.map(({ line, result }) => {
      if ('fault' in result) throw new Error(`line ${line}: ${result.fault}`);
      return result.term;
    });
    const all = new Set(read.map((term) => term.code));
    expect(all.size).toBe(read.length);
    expect(read.filter((term) => term.parent !== null && !all.has(term.parent))).toEqual([]);
    expect(read.filter((term) => makesCircle(read, term.code, term.parent))).toEqual([]);
  },
);

test('the majors carry what the field notes have checked', () => {
  const rows = readTable(readFileSync(new URL('majors.csv', folder), 'utf8'));
  const labels = new Map(rows.map(({ raw }) => [raw.code, raw['zh-CN']]));
  expect(labels.get('460301')).toBe('机电一体化技术');
  expect(labels.get('460110')).toBe('智能焊接技术');
});
