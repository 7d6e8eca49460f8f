import type { OrganisationRole } from '../../access/index.ts';
import { BrokenCsv, readCsv, writeCsv } from '../../csv.ts';
import { line } from '../../http/contract.ts';
import type { Language } from '../../http/index.ts';
import { csvUnreadable } from '../problems.ts';
import { Email } from '../sign-in/contract.ts';
import type { NewMember } from './add.ts';
import type { importFaults } from './contract.ts';
import { readRoles, roleName } from './roles.ts';

/** Members as a table: one a row, with the columns name, email and roles. */

export type ImportFault = (typeof importFaults)[number];
export interface RowFault {
  /** As a spreadsheet counts: the heading is row 1. */
  row: number;
  column: 'name' | 'email' | 'roles' | '';
  /** The column as the file calls it. */
  heading: string;
  fault: ImportFault;
  value: string;
}
type HeadingOf = (column: RowFault['column']) => string;
export interface TableRow extends NewMember {
  row: number;
}

const mostRows = 5000;
const headings = {
  name: ['name', '姓名'],
  email: ['email', 'e-mail', '邮箱', '电子邮箱'],
  roles: ['roles', 'role', '角色'],
} as const;

/** Text of a file that a spreadsheet wrote: UTF-8, or what Chinese Windows writes (GB 18030, which contains GBK). */
export function decodeTable(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Reads the table, and tells every cell that is wrong and what the file calls its columns. @throws csvUnreadable when it is no such table at all */
export function readTable(text: string): { rows: TableRow[]; faults: RowFault[]; headingOf: HeadingOf } {
  const [heading, ...records] = rowsOf(text);
  if (!heading) throw csvUnreadable({ reason: 'empty' });
  const titles = heading.cells.map((title) => title.toLowerCase());
  const place = (names: readonly string[]) => titles.findIndex((title) => names.includes(title));
  const at = { name: place(headings.name), email: place(headings.email), roles: place(headings.roles) };
  if (Object.values(at).includes(-1)) throw csvUnreadable({ reason: 'columns' });

  const headingOf: HeadingOf = (column) => (column === '' ? '' : (heading.cells[at[column]] ?? ''));

  const rows: TableRow[] = [];
  const faults: RowFault[] = [];
  const seen = new Set<string>();
  for (const { row, cells } of records) {
    const cell = (column: keyof typeof at) => cells[at[column]] ?? '';
    const fault = (column: RowFault['column'], fault: ImportFault, value: string) =>
      faults.push({ row, column, heading: headingOf(column), fault, value: value.slice(0, 100) });

    if (cells.length > titles.length) fault('', 'cells', cells.slice(titles.length).join(','));
    const name = line(60, 1).safeParse(cell('name'));
    if (!name.success) fault('name', 'name', cell('name'));
    const email = Email.safeParse(cell('email'));
    if (!email.success) fault('email', 'email', cell('email'));
    else if (seen.has(email.data)) fault('email', 'twice', email.data);
    else seen.add(email.data);
    const { roles, unknown } = readRoles(cell('roles'));
    if (unknown.length > 0) fault('roles', 'roles-unknown', unknown.join(', '));
    else if (roles.length === 0) fault('roles', 'roles-missing', '');
    if (name.success && email.success) rows.push({ row, name: name.data, email: email.data, roles });
  }
  if (rows.length === 0 && faults.length === 0) throw csvUnreadable({ reason: 'empty' });
  if (rows.length > mostRows) throw csvUnreadable({ reason: 'rows' });
  return { rows, faults, headingOf };
}

function rowsOf(text: string) {
  try {
    return readCsv(text);
  } catch (error) {
    if (error instanceof BrokenCsv) throw csvUnreadable({ reason: 'broken', row: error.row });
    throw error;
  }
}

/** The headings and roles that are written; `readTable` takes those of both languages. */
const written: Record<Language, { columns: string[]; role: (role: OrganisationRole) => string }> = {
  'zh-CN': { columns: ['姓名', '邮箱', '角色'], role: roleName },
  en: { columns: ['name', 'email', 'roles'], role: (role) => role },
};

/** Writes the table. */
export function writeTable(
  members: readonly { name: string; email: string; roles: readonly OrganisationRole[] }[],
  language: Language,
): string {
  const { columns, role } = written[language];
  return writeCsv(
    columns,
    members.map(({ name, email, roles }) => [name, email, roles.map(role).join(';')]),
  );
}

const sentences: Record<ImportFault, Record<Language, string>> = {
  name: { 'zh-CN': '姓名须为 1 至 60 个可见字符', en: 'a name has 1 to 60 characters that can be seen' },
  email: { 'zh-CN': '不是有效的邮箱地址', en: 'not an e-mail address' },
  'roles-missing': { 'zh-CN': '请填写角色', en: 'name at least one role' },
  'roles-unknown': {
    'zh-CN': '没有这个角色，可用：教师、作者、审核人、单位管理员',
    en: 'no such role; there are teacher, author, reviewer and organisation-admin',
  },
  twice: { 'zh-CN': '该邮箱在文件中重复', en: 'the address is in the file twice' },
  taken: { 'zh-CN': '该邮箱已属于一位成员', en: 'the address belongs to a member already' },
  cells: {
    'zh-CN': '单元格多于列名，请检查分隔符和引号',
    en: 'more cells than columns; check separators and quotes',
  },
};

/** What is wrong with a cell, in words. */
export const sayFault = (fault: ImportFault, language: Language): string => sentences[fault][language];
