import { z } from 'zod';
import { BrokenCsv, readCsv, writeCsv } from '../csv.ts';
import { isBlank, line } from '../http/contract.ts';
import { type ImportFault, TermCode, type TermColumn, termColumns } from './contract.ts';
import type { StoredTerm } from './model.ts';
import { unreadableCsv } from './problems.ts';

/** A vocabulary as a table: one term a row, lists separated by `|`. The shipped data files have the same form. */

const wordsIn = (cell: string): string[] =>
  cell
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '');
const list = z.string().transform(wordsIn);

const Row = z
  .object({
    code: TermCode,
    parent: z
      .string()
      .transform((cell) => (cell === '' ? null : cell))
      .pipe(TermCode.nullable()),
    'zh-CN': line(120, 1),
    en: line(160),
    synonyms: list.pipe(z.array(line(120, 1)).max(50)),
    equivalents: list.pipe(z.array(TermCode).max(20)),
    formerCodes: list.pipe(z.array(TermCode).max(20)),
    retired: z.enum(['', 'true', 'false']).transform((cell) => cell === 'true'),
  } satisfies Record<TermColumn, z.ZodType>)
  .partial()
  .required({ code: true });

/** What a row tells of its term; a column that the table lacks, or a cell that the row lacks, is missing here. */
export type GivenTerm = z.output<typeof Row>;
export type TableTerm = Omit<StoredTerm, 'vocabulary' | 'position' | 'mergedInto' | 'revision'>;

export interface TableRow {
  /** As a spreadsheet counts: the heading is row 1. */
  row: number;
  /** As the row has them, good or not. */
  code: string;
  label: string;
  result: { term: GivenTerm } | { faults: ImportFault[] };
}

/** Reads a table. Rows at fault are told one by one. @throws unreadableCsv when it is no table of this form at all */
export function readTable(csv: string): TableRow[] {
  const [heading, ...rows] = rowsIn(csv);
  const columns = columnsIn(heading?.cells ?? []);
  if (rows.length === 0) throw unreadableCsv({ reason: 'empty' });
  return rows.map(({ row, cells }) => {
    const given: Partial<Record<TermColumn, string>> = Object.fromEntries(
      columns.slice(0, cells.length).map((column, at) => [column, cells[at] ?? '']),
    );
    const read = { row, code: given.code ?? '', label: given['zh-CN'] ?? '' };
    const surplus = cells.slice(columns.length).filter((cell) => cell !== '');
    const parsed = Row.safeParse({ code: '', ...given });
    const faults: ImportFault[] = [
      ...(surplus.length > 0 ? [{ column: '', fault: 'cells', value: surplus.join(',') } as const] : []),
      ...(parsed.error?.issues.map((issue) => faultOf(issue, given)) ?? []),
    ];
    return { ...read, result: parsed.success && faults.length === 0 ? { term: parsed.data } : { faults } };
  });
}

function rowsIn(csv: string) {
  try {
    return readCsv(csv);
  } catch (error) {
    if (error instanceof BrokenCsv) throw unreadableCsv({ reason: 'broken', row: error.row });
    throw error;
  }
}

/** Spreadsheets leave columns without a name at the end; anything else that is no column is a mistake. */
function columnsIn(heading: readonly string[]): TermColumn[] {
  const titles = heading.slice(0, heading.findLastIndex((title) => title !== '') + 1);
  const columns = titles.map((title) =>
    termColumns.find((column) => column.toLowerCase() === title.toLowerCase()),
  );
  const unknown = titles
    .map((title, at) => title || `#${at + 1}`)
    .filter((_, at) => columns[at] === undefined);
  if (unknown.length > 0) throw unreadableCsv({ reason: 'unknown-columns', columns: unknown });
  const known = columns.filter((column) => column !== undefined);
  const twice = known.filter((column, at) => known.indexOf(column) !== at);
  if (twice.length > 0) throw unreadableCsv({ reason: 'columns-twice', columns: twice });
  if (!known.includes('code')) throw unreadableCsv({ reason: 'no-code' });
  return known;
}

function faultOf(issue: z.core.$ZodIssue, given: Partial<Record<TermColumn, string>>): ImportFault {
  const [first, place] = issue.path;
  const column = termColumns.find((one) => one === first) ?? '';
  const cell = (column && given[column]) ?? '';
  const value = typeof place === 'number' ? (wordsIn(cell)[place] ?? '') : cell;
  if (issue.code === 'too_big')
    return {
      column,
      fault: issue.origin === 'array' ? 'too-many' : 'too-long',
      value,
      most: Number(issue.maximum),
    };
  if (isBlank(value)) return { column, fault: 'missing', value };
  return { column, fault: issue.code === 'custom' ? 'unreadable' : 'malformed', value };
}

/** The term as it will be: what the row does not tell is as before, in a new term empty. */
export const termOf = (given: GivenTerm, before?: TableTerm): TableTerm => ({
  code: given.code,
  parent: given.parent === undefined ? (before?.parent ?? null) : given.parent,
  labels: {
    'zh-CN': given['zh-CN'] ?? before?.labels['zh-CN'] ?? '',
    en: given.en ?? before?.labels.en ?? '',
  },
  synonyms: given.synonyms ?? before?.synonyms ?? [],
  equivalents: given.equivalents ?? before?.equivalents ?? [],
  formerCodes: given.formerCodes ?? before?.formerCodes ?? [],
  retired: given.retired ?? before?.retired ?? false,
});

/** A term as its row has it. */
export const cellsOf = (term: TableTerm): Record<TermColumn, string> => ({
  code: term.code,
  parent: term.parent ?? '',
  'zh-CN': term.labels['zh-CN'],
  en: term.labels.en,
  synonyms: term.synonyms.join('|'),
  equivalents: term.equivalents.join('|'),
  formerCodes: term.formerCodes.join('|'),
  retired: String(term.retired),
});

/** Writes a table that `readTable` reads. */
export function writeTable(terms: readonly TableTerm[]): string {
  const rows = terms.map((term) => {
    const cells = cellsOf(term);
    return termColumns.map((column) => cells[column]);
  });
  return writeCsv(termColumns, rows);
}
