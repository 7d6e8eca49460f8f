import { readFile } from 'node:fs/promises';
import { TermModel, VocabularyModel } from './model.ts';
import { readTable } from './table.ts';
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

/** Adds the shipped vocabularies that are not there yet; what curators have changed stays as it is. */
export async function seedVocabularies(): Promise<void> {
  for (const [position, vocabulary] of shipped.entries()) {
    const { upsertedCount } = await VocabularyModel.updateOne(
      { key: vocabulary.key },
      { $setOnInsert: { ...vocabulary, position } },
      { upsert: true },
    );
    // A start that was interrupted between the two writes leaves a vocabulary without terms: it is filled again.
    if (upsertedCount === 0 && (await TermModel.exists({ vocabulary: vocabulary.key }))) continue;
    const csv = await readFile(new URL(`./data/${vocabulary.key}.csv`, import.meta.url), 'utf8');
    const terms = readTable(csv).map(({ line, result }) => {
      if ('fault' in result) throw new Error(`data/${vocabulary.key}.csv, line ${line}: ${result.fault}`);
      return result.term;
    });
    await takeOver(vocabulary.key, terms);
  }
}
