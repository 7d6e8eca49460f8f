import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { type BrokenCsv, readCsv, writeCsv } from '../../server/csv.ts';

const brokenRow = (text: string): number | undefined => {
  try {
    readCsv(text);
  } catch (error) {
    return (error as BrokenCsv).row;
  }
  return undefined;
};

const broken = {
  'a quote that nothing closes': ['a,b', '', '"two\nlines",2', '3,"open', '4,5', '6,7', ''],
  'a quote that the next one closes, rows below': ['a,b', '', '1,2', '3,"open', '4,5', '6,"seven"', ''],
  'a quote in the middle of a cell': ['a,b', '', '1,2', '3,fo"ur', '5,6'],
  'a quote that ends before its cell': ['a,b', '', '1,2', '3,"fo"ur', '5,6'],
};
test.each(Object.entries(broken))(
  '%s is told by the row where its record begins, however lines end',
  (_, rows) => {
    for (const end of ['\n', '\r\n']) expect([end, brokenRow(rows.join(end))]).toEqual([end, 4]);
  },
);

test('rows are numbered as the spreadsheet shows them: empty ones count, lines within a cell do not', () => {
  for (const end of ['\n', '\r\n'])
    expect(readCsv(['a,b', '', '"one', 'two",2', ' , ', '3 ,4', ''].join(end))).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 3, cells: [`one${end}two`, '2'] },
      { row: 5, cells: ['3', '4'] },
    ]);
});

test('what is written reads back as it was, and no cell begins as a formula does', () => {
  const cell = fc.stringMatching(/^[=+@＝＋＠－a-z张伟,;"-]{1,10}$/);
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1 });
  fc.assert(
    fc.property(rows, (rows) => {
      const written = writeCsv(['one', 'two'], rows);
      const raw: string[][] = parse(written, { bom: true });
      expect(raw.flat().filter((cell) => /^[=+@＝＋＠－-]/.test(cell))).toEqual([]);
      expect(readCsv(written).map(({ cells }) => cells)).toEqual([['one', 'two'], ...rows]);
    }),
  );
});
