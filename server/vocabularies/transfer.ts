import { isDeepStrictEqual } from 'node:util';
import { assertCan, type Member } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import { announceTerms } from './changes.ts';
import type { ImportedRow } from './contract.ts';
import { TermModel } from './model.ts';
import { makesCircle } from './rules.ts';
import { findVocabulary } from './service.ts';
import { readTable, type TableTerm, writeTable } from './table.ts';

/** All terms of a vocabulary as CSV. @throws noSuchVocabulary */
export async function exportTerms(member: Member, key: string): Promise<string> {
  assertCan(member, 'read', 'vocabulary');
  await findVocabulary(key);
  return writeTable(
    await TermModel.find({ vocabulary: key, mergedInto: null }).sort({ position: 1, code: 1 }).lean(),
  );
}

/**
 * Compares a CSV with the vocabulary, and takes it over unless it is a dry run or a row is at fault. Terms that the
 * file does not name stay as they are.
 * @throws forbidden, noSuchVocabulary, unreadableCsv
 */
export async function importTerms(
  platform: Platform,
  member: Member,
  key: string,
  { csv, dryRun }: { csv: string; dryRun: boolean },
) {
  assertCan(member, 'import', 'vocabulary');
  const vocabulary = await findVocabulary(key);
  const stored = new Map((await TermModel.find({ vocabulary: key }).lean()).map((term) => [term.code, term]));
  const table = readTable(csv);
  const tree = new Map(
    [...stored.values()].map((term) => [term.code, { code: term.code, parent: term.parent }]),
  );
  for (const { result } of table) if ('term' in result) tree.set(result.term.code, result.term);
  const nodes = [...tree.values()];

  const seen = new Set<string>();
  const changed: TableTerm[] = [];
  const rows = table.map(({ line, raw, result }): ImportedRow => {
    const row = { line, code: raw.code ?? '', label: raw['zh-CN'] ?? '' };
    const fault = 'fault' in result ? result.fault : faultOf(result.term);
    if (fault !== undefined || 'fault' in result) return { ...row, change: 'fault', detail: fault ?? '' };
    seen.add(result.term.code);
    const before = stored.get(result.term.code);
    const fields = before ? differences(before, result.term) : [];
    if (!before || fields.length > 0) changed.push(result.term);
    return {
      ...row,
      change: !before ? 'new' : fields.length > 0 ? 'changed' : 'same',
      detail: fields.join(', '),
    };
  });

  const applied = !dryRun && rows.every((row) => row.change !== 'fault');
  if (applied && changed.length > 0) {
    await takeOver(key, changed);
    await announceTerms(platform, key);
  }
  return { applied, rows };

  function faultOf(term: TableTerm): string | undefined {
    if (seen.has(term.code)) return `code ${term.code}: twice in the file`;
    if (stored.get(term.code)?.mergedInto)
      return `code ${term.code}: merged into ${stored.get(term.code)?.mergedInto}`;
    if (vocabulary.closed && !stored.has(term.code))
      return `code ${term.code}: the codes of this vocabulary are fixed`;
    if (term.parent !== null && !tree.has(term.parent)) return `parent ${term.parent}: no such term`;
    if (makesCircle(nodes, term.code, term.parent)) return `parent ${term.parent}: stands below ${term.code}`;
    return undefined;
  }
}

const compared = ['parent', 'labels', 'synonyms', 'equivalents', 'formerCodes', 'retired'] as const;

function differences(before: TableTerm, after: TableTerm): string[] {
  return compared.filter((field) => !isDeepStrictEqual(before[field], after[field]));
}

/** Writes terms by code. Those that are there keep their place; new ones come behind the last. */
export async function takeOver(vocabulary: string, terms: readonly TableTerm[]): Promise<void> {
  const last = await TermModel.findOne({ vocabulary }, { position: 1 }).sort({ position: -1 }).lean();
  const first = last ? last.position + 1 : 0;
  await TermModel.bulkWrite(
    terms.map(({ code, ...term }, index) => ({
      updateOne: {
        filter: { vocabulary, code },
        update: {
          $set: term,
          $inc: { revision: 1 },
          $setOnInsert: { position: first + index, mergedInto: null },
        },
        upsert: true,
      },
    })),
  );
}
