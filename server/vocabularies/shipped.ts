import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { TermModel, VocabularyModel } from './model.ts';
import { fillings } from './rules.ts';
import { readTable, type TableTerm, termOf } from './table.ts';
import { takeOver } from './transfer.ts';

/** The vocabularies that come with the product. Their terms stand in `data/<key>.csv`. */
const shipped = [
  { key: 'majors', labels: { 'zh-CN': '专业', en: 'Majors' }, hierarchical: true, closed: false },
  { key: 'courses', labels: { 'zh-CN': '课程', en: 'Courses' }, hierarchical: true, closed: false },
  { key: 'levels', labels: { 'zh-CN': '层级', en: 'Levels' }, hierarchical: false, closed: true },
  {
    key: 'material-types',
    labels: { 'zh-CN': '素材类型', en: 'Material types' },
    hierarchical: false,
    closed: false,
  },
  { key: 'licences', labels: { 'zh-CN': '许可协议', en: 'Licences' }, hierarchical: false, closed: true },
  { key: 'jobs', labels: { 'zh-CN': '岗位', en: 'Job posts' }, hierarchical: true, closed: false },
  {
    key: 'certificates',
    labels: { 'zh-CN': '1+X 证书', en: '1+X certificates' },
    hierarchical: true,
    closed: false,
  },
  {
    key: 'course-structure',
    labels: { 'zh-CN': '课程结构', en: 'Course structure' },
    hierarchical: true,
    closed: false,
  },
  // Words that search takes for each other: a term with its synonyms is one such set.
  { key: 'synonyms', labels: { 'zh-CN': '同义词', en: 'Synonyms' }, hierarchical: false, closed: false },
] as const;

/**
 * Brings in what is shipped: at the first start all of it, and once after every update that brings another edition of
 * a file, its new terms and what is still empty. What curators have written stays as it is.
 */
export async function seedVocabularies(): Promise<void> {
  for (const [position, vocabulary] of shipped.entries()) {
    const { key } = vocabulary;
    const csv = await readFile(new URL(`./data/${key}.csv`, import.meta.url), 'utf8');
    const edition = createHash('sha256').update(csv).digest('hex');
    const stored = await VocabularyModel.findOneAndUpdate(
      { key },
      { $setOnInsert: { ...vocabulary, position } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    if (stored?.edition === edition) continue;
    await complete(key, termsIn(csv, key));
    // Last, so that a start that was interrupted before does it all again.
    await VocabularyModel.updateOne({ key }, { $set: { edition } });
  }
}

function termsIn(csv: string, key: string): TableTerm[] {
  return readTable(csv).map(({ row, result }) => {
    if ('faults' in result) throw new Error(`data/${key}.csv, row ${row}: ${JSON.stringify(result.faults)}`);
    return termOf(result.term);
  });
}

/** Adds the terms that the vocabulary lacks, and fills the fields that are empty in those it has. */
async function complete(vocabulary: string, terms: readonly TableTerm[]): Promise<void> {
  const stored = new Map((await TermModel.find({ vocabulary }).lean()).map((term) => [term.code, term]));
  const missing = terms.filter(({ code }) => !stored.has(code));
  if (missing.length > 0) await takeOver(vocabulary, missing);
  const updates = terms.flatMap((term) => {
    const before = stored.get(term.code);
    const filled = before && fillings(before, term);
    if (!filled || Object.keys(filled).length === 0) return [];
    // With the revision, so that what a curator writes at this moment is not written over.
    const filter = { vocabulary, code: term.code, revision: before.revision };
    return [{ updateOne: { filter, update: { $set: filled, $inc: { revision: 1 } } } }];
  });
  if (updates.length > 0) await TermModel.bulkWrite(updates);
}
