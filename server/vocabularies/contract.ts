import { z } from 'zod';
import { Csv, endpoint, Id, line, Paging, pageOf } from '../http/contract.ts';

/** Key of a vocabulary, as it stands in addresses. */
export const VocabularyKey = z.string().regex(/^[a-z][a-z-]{1,40}$/, { error: 'vocabulary' });

/** Code of a term: stable, unique in its vocabulary, stored with the resources. */
export const TermCode = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._+-]{0,63}$/u, { error: 'code' });

/**
 * A name as names are compared: width, capital letters and white space make no difference. Client and server find
 * terms by the same.
 */
export const foldName = (text: string): string =>
  text.normalize('NFKC').toLocaleLowerCase('zh-CN').replace(/\s+/gu, '');

const Labels = z.strictObject({ 'zh-CN': line(120, 1), en: line(160).default('') });

export const Vocabulary = z.object({
  key: VocabularyKey,
  labels: z.object({ 'zh-CN': z.string(), en: z.string() }),
  /** Whether terms stand below terms. */
  hierarchical: z.boolean(),
  /** A closed vocabulary keeps its codes: labels and synonyms may change, terms neither come nor go. */
  closed: z.boolean(),
  terms: z.number().int(),
  can: z.array(z.enum(['edit', 'import'])),
});

export const Term = z.object({
  id: Id,
  vocabulary: VocabularyKey,
  code: TermCode,
  labels: z.object({ 'zh-CN': z.string(), en: z.string() }),
  synonyms: z.array(z.string()),
  /** How its Chinese label and synonyms are typed in pinyin: in full and by initials. */
  spellings: z.array(z.string()),
  /** Code of the term above it. */
  parent: TermCode.nullable(),
  position: z.number().int(),
  /** The same thing on other levels of education, by code. */
  equivalents: z.array(z.string()),
  /** Codes that it had in earlier editions of the list. */
  formerCodes: z.array(z.string()),
  /** Retired terms stay where they are used and are no longer offered. */
  retired: z.boolean(),
  /** Code of the term that took its place. */
  mergedInto: TermCode.nullable(),
  revision: z.number().int(),
  can: z.array(z.enum(['edit'])),
});
export type Term = z.infer<typeof Term>;

const changeable = {
  labels: Labels,
  synonyms: z.array(line(120, 1)).max(50),
  parent: TermCode.nullable(),
  position: z.number().int().min(0).max(1_000_000),
  equivalents: z.array(TermCode).max(20),
  formerCodes: z.array(TermCode).max(20),
  retired: z.boolean(),
};

const inVocabulary = z.object({ key: VocabularyKey });
const oneTerm = z.object({ key: VocabularyKey, id: Id });

export const listVocabularies = endpoint({
  method: 'get',
  path: '/api/vocabularies',
  summary: { 'zh-CN': '列出全部词表及其术语数。', en: 'All vocabularies, with the number of their terms.' },
  asks: 'anyone',
  answers: { 200: z.object({ items: z.array(Vocabulary) }) },
});

export const listTerms = endpoint({
  method: 'get',
  path: '/api/vocabularies/{key}/terms',
  summary: {
    'zh-CN': '按词表顺序列出术语；带 `q` 时只列出代码、名称、同义词或其拼音、首字母相符的。',
    en: 'Terms in the order of the list, those that match `q` in code, label or synonym, also by pinyin or initials.',
  },
  asks: { action: 'read', subject: 'vocabulary' },
  params: inVocabulary,
  query: Paging.extend({
    limit: z.coerce.number().int().min(1).max(2000).default(100),
    q: line(100).optional(),
    parent: TermCode.optional(),
    retired: z.enum(['true', 'false']).optional(),
  }),
  answers: { 200: pageOf(Term) },
  problems: ['vocabularies/no-such-vocabulary'],
});

export const getTerm = endpoint({
  method: 'get',
  path: '/api/vocabularies/{key}/terms/{id}',
  summary: { 'zh-CN': '返回一个术语。', en: 'One term.' },
  asks: { action: 'read', subject: 'vocabulary' },
  params: oneTerm,
  answers: { 200: Term },
});

export const addTerm = endpoint({
  method: 'post',
  path: '/api/vocabularies/{key}/terms',
  summary: { 'zh-CN': '添加一个术语。', en: 'Adds a term.' },
  asks: { action: 'edit', subject: 'vocabulary' },
  params: inVocabulary,
  body: z
    .strictObject({ code: TermCode, labels: Labels })
    .extend(z.strictObject(changeable).partial().omit({ labels: true }).shape),
  answers: { 201: Term },
  problems: ['vocabularies/code-taken', 'vocabularies/no-such-parent', 'vocabularies/closed'],
});

export const editTerm = endpoint({
  method: 'patch',
  path: '/api/vocabularies/{key}/terms/{id}',
  summary: { 'zh-CN': '修改一个术语，其代码不变。', en: 'Changes a term; its code stays.' },
  asks: { action: 'edit', subject: 'vocabulary' },
  params: oneTerm,
  body: z.strictObject(changeable).partial(),
  answers: { 200: Term },
  problems: ['vocabularies/no-such-parent', 'vocabularies/circle', 'http/changed-meanwhile'],
});

export const mergeTerm = endpoint({
  method: 'post',
  path: '/api/vocabularies/{key}/terms/{id}/merge',
  summary: {
    'zh-CN': '把一个术语合并到另一个：其资源和下级术语随之转移，其名称成为同义词。',
    en: 'Merges a term into another: its resources and the terms below it move, its labels become synonyms.',
  },
  asks: { action: 'edit', subject: 'vocabulary' },
  params: oneTerm,
  body: z.strictObject({ into: TermCode }),
  answers: { 200: Term },
  problems: ['vocabularies/cannot-merge', 'vocabularies/closed'],
});

export const exportTerms = endpoint({
  method: 'get',
  path: '/api/vocabularies/{key}/terms.csv',
  summary: {
    'zh-CN': '以 CSV 导出全部术语（UTF-8 带字节顺序标记，便于电子表格正确显示中文）。',
    en: 'All terms as CSV (UTF-8 with byte order mark, so that spreadsheets read the Chinese).',
  },
  asks: { action: 'read', subject: 'vocabulary' },
  params: inVocabulary,
  answers: { 200: Csv },
  answerHeaders: { 200: { 'Content-Disposition': 'always' } },
});

/** The columns of the CSV, `code` first. An import may leave out any other: what it does not tell stays as it is. */
export const termColumns = [
  'code',
  'parent',
  'zh-CN',
  'en',
  'synonyms',
  'equivalents',
  'formerCodes',
  'retired',
] as const;
export type TermColumn = (typeof termColumns)[number];

/** What can be wrong with a row of the CSV. */
export const importFaults = [
  'missing',
  'malformed',
  /** It has characters that nobody can see, or that broke on their way. */
  'unreadable',
  'too-long',
  'too-many',
  /** There are more cells than columns. */
  'cells',
  /** The code stands in the file before. */
  'twice',
  /** The term was merged into another: `into`. */
  'merged',
  /** A closed vocabulary takes no new codes. */
  'closed',
  'no-such-term',
  /** The term above stands below. */
  'circle',
] as const;

export const ImportFault = z.object({
  /** Empty when it is about the row. */
  column: z.enum([...termColumns, '']),
  fault: z.enum(importFaults),
  /** What is at fault: a code, a word, a cell. */
  value: z.string(),
  /** How many characters or words there may be. */
  most: z.number().int().optional(),
  /** Code of the term that took the place of a merged one. */
  into: z.string().optional(),
});
export type ImportFault = z.infer<typeof ImportFault>;

/** What an import does to one row of the table. */
export const ImportedRow = z.object({
  /** As a spreadsheet counts: the heading is row 1. */
  row: z.number().int(),
  code: z.string(),
  label: z.string(),
  change: z.enum(['new', 'changed', 'same', 'fault']),
  /** Of a term that changes: the cells as `terms.csv` has them now, and as it will. */
  cells: z.array(z.object({ column: z.enum(termColumns), before: z.string(), after: z.string() })),
  faults: z.array(ImportFault),
});
export type ImportedRow = z.infer<typeof ImportedRow>;

export const importTerms = endpoint({
  method: 'post',
  path: '/api/vocabularies/{key}/import',
  summary: {
    'zh-CN':
      '导入 CSV，列名与 `terms.csv` 相同，至少要有 `code`：全部导入，有一行出错则都不导入；缺少的列保持不变。`dryRun` 只返回结果不导入。',
    en: 'Takes over a CSV with columns of `terms.csv`, `code` at least: all rows or, with one at fault, none. Columns that it lacks stay as they are. `dryRun` only tells.',
  },
  asks: { action: 'import', subject: 'vocabulary' },
  params: inVocabulary,
  body: z.strictObject({ csv: z.string().min(1).max(900_000), dryRun: z.boolean() }),
  answers: { 200: z.object({ applied: z.boolean(), rows: z.array(ImportedRow) }) },
  problems: ['vocabularies/unreadable-csv'],
});
