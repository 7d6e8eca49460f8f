import { readdir, readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { TermModel, VocabularyModel } from '../../../server/vocabularies/model.ts';
import { seedVocabularies } from '../../../server/vocabularies/shipped.ts';
import { readTable, type TableTerm, termOf } from '../../../server/vocabularies/table.ts';
import { openDocuments } from '../open-documents.ts';

const folder = new URL('../../../server/vocabularies/data/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.csv'));

async function termsIn(file: string): Promise<TableTerm[]> {
  const rows = readTable(await readFile(new URL(file, folder), 'utf8'));
  return rows.flatMap(({ result }) => ('term' in result ? [termOf(result.term)] : []));
}

describe('the shipped files', () => {
  test.each(files)('%s can be read whole, and every term has an English label', async (file) => {
    const rows = readTable(await readFile(new URL(file, folder), 'utf8'));
    expect(rows.filter(({ result }) => 'faults' in result)).toEqual([]);
    const terms = await termsIn(file);
    expect(terms.filter(({ labels }) => labels.en === '').map(({ code }) => code)).toEqual([]);
  });

  test('every certificate is found by how teachers shorten it', async () => {
    const terms = await termsIn('certificates.csv');
    expect(terms.filter(({ synonyms }) => synonyms.length === 0).map(({ code }) => code)).toEqual([]);
  });

  test('a former code leads to one major, and an equivalent says so of the other', async () => {
    const terms = await termsIn('majors.csv');
    const former = terms.flatMap(({ formerCodes }) => formerCodes);
    expect(former.filter((code, at) => former.indexOf(code) !== at)).toEqual([]);
    const byCode = new Map(terms.map((term) => [term.code, term]));
    const oneSided = terms.flatMap(({ code, equivalents }) =>
      equivalents
        .filter((other) => !byCode.get(other)?.equivalents.includes(code))
        .map((other) => [code, other]),
    );
    expect(oneSided).toEqual([]);
  });
});

describe('another edition of the shipped files', () => {
  openDocuments();
  const term = (code: string) => TermModel.findOne({ vocabulary: 'majors', code }).lean();

  beforeEach(async () => {
    await TermModel.deleteMany({});
    await VocabularyModel.deleteMany({});
    await seedVocabularies();
  });

  async function asOfAnOlderEdition(): Promise<void> {
    await VocabularyModel.updateOne({ key: 'majors' }, { $set: { edition: 'older' } });
    await TermModel.deleteOne({ vocabulary: 'majors', code: '460705' });
    await TermModel.updateOne(
      { vocabulary: 'majors', code: '460103' },
      { $set: { 'labels.en': '', synonyms: [], formerCodes: [] } },
    );
  }

  test('brings its new terms and fills what is empty', async () => {
    const shipped = await term('460103');
    await asOfAnOlderEdition();
    await seedVocabularies();
    expect(await term('460103')).toMatchObject({
      labels: shipped?.labels,
      synonyms: shipped?.synonyms,
      formerCodes: ['560103'],
      revision: (shipped?.revision ?? 0) + 1,
    });
    expect(await term('460705')).toMatchObject({ parent: '4607', formerCodes: ['560704', '560706'] });
  });

  test('leaves what curators have written', async () => {
    await asOfAnOlderEdition();
    const own = { 'labels.en': 'Numerical control', synonyms: ['数控'], retired: true, position: 3 };
    await TermModel.updateOne({ vocabulary: 'majors', code: '460103' }, { $set: own });
    await seedVocabularies();
    expect(await term('460103')).toMatchObject({
      labels: { 'zh-CN': '数控技术', en: 'Numerical control' },
      synonyms: ['数控'],
      formerCodes: ['560103'],
      retired: true,
      position: 3,
    });
  });

  test('is taken up once: what a curator empties afterwards stays empty', async () => {
    await TermModel.updateOne({ vocabulary: 'majors', code: '460103' }, { $set: { synonyms: [] } });
    await seedVocabularies();
    expect((await term('460103'))?.synonyms).toEqual([]);
  });
});
