import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** Tables as spreadsheets write and open them (RFC 4180). */

export interface CsvRow {
  /** As a spreadsheet counts: the heading is row 1, and a cell of several lines makes no row of its own. */
  row: number;
  /** Without white space around them. */
  cells: string[];
}

/** A text whose quotes do not match. */
export class BrokenCsv extends Error {
  /** Where the record begins that is not whole: what stands in it swallows the rows below. */
  readonly row: number;

  constructor(row: number, cause: CsvError) {
    super(`Row ${row} is not valid CSV`, { cause });
    this.name = 'BrokenCsv';
    this.row = row;
  }
}

/** Rows that hold something; cells are separated by what the first line shows. @throws BrokenCsv */
export function readCsv(text: string): CsvRow[] {
  return recordsOf(text)
    .map((cells, at) => ({ row: at + 1, cells: cells.map((cell) => bare(cell.trim())) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function recordsOf(text: string): string[][] {
  try {
    // Empty lines stay, so that a record's place is the number that the spreadsheet shows.
    return parse(text, {
      bom: true,
      delimiter: [',', '\t', ';'].find((sign) => text.split('\n', 1)[0]?.includes(sign)) ?? ',',
      relax_column_count: true,
      trim: true,
    });
  } catch (error) {
    // The library's own count of lines is where it gave up, and takes CRLF for two.
    if (error instanceof CsvError) throw new BrokenCsv(Number(error.records) + 1, error);
    throw error;
  }
}

/** Spreadsheets run what looks like a formula: such cells get an apostrophe in front, and lose it when read. */
const bare = (cell: string) => cell.replace(/^'(?=[=+@＝＋＠－-])/, '');

/** A table that `readCsv` reads and that spreadsheets open with the right characters. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([columns, ...rows], { bom: true, escape_formulas: true });
}
