import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { readTable, type TableTerm } from '../../../server/vocabularies/table.ts';

const folder = new URL('../../../server/vocabularies/data/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.csv'));

async function termsIn(file: string): Promise<TableTerm[]> {
  const rows = readTable(await readFile(new URL(file, folder), 'utf8'));
  return rows.flatMap(({ result }) => ('term' in result ? [result.term] : []));
}

describe('the shipped files', () => {
  test.each(files)('%s can be read whole, and every term has an English label', async (file) => {
    const rows = readTable(await readFile(new URL(file, folder), 'utf8'));
    expect(rows.filter(({ result }) => 'fault' in result)).toEqual([]);
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
