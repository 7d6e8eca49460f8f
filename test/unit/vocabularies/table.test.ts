import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { line } from '../../../server/http/contract.ts';
import { makesCircle } from '../../../server/vocabularies/rules.ts';
import { readTable, termOf, writeTable } from '../../../server/vocabularies/table.ts';

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((s) => `术${s.normalize('NFC').replaceAll('|', '').trim()}`)
  .filter((word) => line(120).safeParse(word).data === word);
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
        'term' in result ? termOf(result.term) : result,
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

test('a cell at fault is told by row, column and reason, and the other rows are still read', () => {
  const long = '长'.repeat(121);
  const rows = readTable(
    `code,zh-CN,synonyms,equivalents,retired\n460103,数控技术\n,没有代码\n无 代码,,词,a|b c,maybe\nx,${long},${'词|'.repeat(51)}\ny,Y,,,,多余\nz,\u200b\u00ad,词|锟\ufffd\n`,
  );
  expect(rows.map(({ row, result }) => [row, 'faults' in result ? result.faults : []])).toEqual([
    [2, []],
    [3, [{ column: 'code', fault: 'missing', value: '' }]],
    [
      4,
      [
        { column: 'code', fault: 'malformed', value: '无 代码' },
        { column: 'zh-CN', fault: 'missing', value: '' },
        { column: 'equivalents', fault: 'malformed', value: 'b c' },
        { column: 'retired', fault: 'malformed', value: 'maybe' },
      ],
    ],
    [
      5,
      [
        { column: 'zh-CN', fault: 'too-long', value: long, most: 120 },
        { column: 'synonyms', fault: 'too-many', value: '词|'.repeat(51), most: 50 },
      ],
    ],
    [6, [{ column: '', fault: 'cells', value: '多余' }]],
    [
      7,
      [
        { column: 'zh-CN', fault: 'missing', value: '\u200b\u00ad' },
        { column: 'synonyms', fault: 'unreadable', value: '锟\ufffd' },
      ],
    ],
  ]);
});

test('what a table does not tell stays as it was; an empty cell empties', () => {
  const before = {
    code: '460103',
    parent: '4601',
    labels: { 'zh-CN': '数控技术', en: 'CNC technology' },
    synonyms: ['数控'],
    equivalents: ['660103'],
    formerCodes: ['560103'],
    retired: true,
  };
  const after = (csv: string) => {
    const [row] = readTable(csv);
    return row && 'term' in row.result ? termOf(row.result.term, before) : row;
  };
  expect(after('code\n460103\n')).toEqual(before);
  expect(after('Code,EN,,\n460103,CNC,,\n')).toEqual({
    ...before,
    labels: { 'zh-CN': '数控技术', en: 'CNC' },
  });
  expect(after('code,synonyms,parent,retired\n460103,,\n')).toEqual({
    ...before,
    synonyms: [],
    parent: null,
  });
});

test.each([
  ['code,zh-CN,同义词,synonym\na,b,c,d\n', { reason: 'unknown-columns', columns: ['同义词', 'synonym'] }],
  ['code,,zh-CN\na,,b\n', { reason: 'unknown-columns', columns: ['#2'] }],
  ['code,en,EN\na,b,c\n', { reason: 'columns-twice', columns: ['en'] }],
  ['zh-CN\n数控\n', { reason: 'no-code' }],
  ['code,zh-CN\n', { reason: 'empty' }],
  ['code,zh-CN\n,\n', { reason: 'empty' }],
  ['code,zh-CN\r\na,b\r\n"open quote\r\nc,d\r\n', { reason: 'broken', row: 3 }],
])('a file that is no such table is refused as a whole, with what is wrong: %j', (csv, why) => {
  expect(() => readTable(csv)).toThrow(
    expect.objectContaining({ type: 'vocabularies/unreadable-csv', values: why }),
  );
});

const folder = new URL('../../../server/vocabularies/data/', import.meta.url);
const shipped = readdirSync(folder).filter((name) => name.endsWith('.csv'));

test.each(shipped)(
  'the shipped %s has no row at fault, no code twice, and every parent stands in it',
  (name) => {
    const rows = readTable(readFileSync(new URL(name, folder), 'utf8'));
    const read = rows.map(({ row, result }) => {
      if ('faults' in result) throw new Error(`row ${row}: ${JSON.stringify(result.faults)}`);
      return termOf(result.term);
    });
    const all = new Set(read.map((term) => term.code));
    expect(all.size).toBe(read.length);
    expect(read.filter((term) => term.parent !== null && !all.has(term.parent))).toEqual([]);
    expect(read.filter((term) => makesCircle(read, term.code, term.parent))).toEqual([]);
  },
);

test('the majors carry what the field notes have checked', () => {
  const rows = readTable(readFileSync(new URL('majors.csv', folder), 'utf8'));
  const labels = new Map(rows.map(({ code, label }) => [code, label]));
  expect(labels.get('460301')).toBe('机电一体化技术');
  expect(labels.get('460110')).toBe('智能焊接技术');
});
