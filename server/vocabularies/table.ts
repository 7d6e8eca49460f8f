import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { TermCode } from './contract.ts';
import type { StoredTerm } from './model.ts';
import { unreadableCsv } from './problems.ts';

/** A vocabulary as a table: one term a row, lists separated by `|`. The shipped data files have the same form. */

const columns = [
  'code',
  'parent',
  'zh-CN',
  'en',
  'synonyms',
  'equivalents',
  'formerCodes',
  'retired',
] as const;

const list = z.string().transform((text) =>
  text
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);

const Row = z.object({
  code: TermCode,
  parent: z.union([z.literal('').transform(() => null), TermCode]),
  'zh-CN': z.string().min(1).max(120),
  en: z.string().max(160),
  synonyms: list.pipe(z.array(z.string().max(120)).max(50)),
  equivalents: list.pipe(z.array(TermCode).max(20)),
  formerCodes: list.pipe(z.array(TermCode).max(20)),
  retired: z.enum(['', 'true', 'false']).transform((text) => text === 'true'),
});

export type TableTerm = Omit<StoredTerm, 'vocabulary' | 'position' | 'mergedInto' | 'revision'>;

export interface TableRow {
  /** Line in the file; the heading is line 1. */
  line: number;
  raw: Record<string, string>;
  /** The term, or what is wrong with the row. */
  result: { term: TableTerm } | { fault: string };
}

/** Reads a table. Rows at fault are told one by one. @throws unreadableCsv when it is no table of this form at all */
export function readTable(csv: string): TableRow[] {
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(csv, {
      bom: true,
      columns: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
    });
  } catch (error) {
    throw unreadableCsv({ reason: error instanceof Error ? error.message : String(error) });
  }
  const missing = ['code', 'zh-CN'].filter((column) => records[0] && !(column in records[0].record));
  if (records.length === 0 || missing.length > 0)
    throw unreadableCsv({ reason: `${missing.join(', ') || 'code'}?` });
  return records.map(({ record, info }) => {
    const given = Object.fromEntries(
      columns.map((column) => [column, (record[column] ?? '').replace(/^'(?=[=+@-])/, '')]),
    );
    const parsed = Row.safeParse(given);
    if (!parsed.success) {
      const fault = parsed.error.issues
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ');
      return { line: info.lines, raw: given, result: { fault } };
    }
    const { 'zh-CN': chinese, en, ...term } = parsed.data;
    return {
      line: info.lines,
      raw: given,
      result: { term: { ...term, labels: { 'zh-CN': chinese, en } } },
    };
  });
}

/** Spreadsheets run what looks like a formula: such cells get an apostrophe in front, and lose it when read. */
const harmless = (cell: string) => (/^[=+@\t\r-]/.test(cell) ? `'${cell}` : cell);

/** Writes a table that `readTable` reads and that spreadsheets open with the right characters. */
export function writeTable(terms: readonly TableTerm[]): string {
  const rows = terms.map((term) =>
    [
      term.code,
      term.parent ?? '',
      term.labels['zh-CN'],
      term.labels.en,
      term.synonyms.join('|'),
      term.equivalents.join('|'),
      term.formerCodes.join('|'),
      String(term.retired),
    ].map(harmless),
  );
  return stringify(rows, { header: true, columns: [...columns], bom: true });
}
