import { assertCan, type Member } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import { announceTerms } from './changes.ts';
import { type ImportedRow, type ImportFault, termColumns } from './contract.ts';
import { TermModel } from './model.ts';
import { makesCircle, type Node } from './rules.ts';
import { findVocabulary, positionAfterAll } from './service.ts';
import { cellsOf, readTable, type TableTerm, termOf, writeTable } from './table.ts';

/** All terms of a vocabulary as CSV. @throws noSuchVocabulary */
export async function exportTerms(member: Member, key: string): Promise<string> {
  assertCan(member, 'read', 'vocabulary');
  await findVocabulary(key);
  return writeTable(
    await TermModel.find({ vocabulary: key, mergedInto: null }).sort({ position: 1, code: 1 }).lean(),
  );
}

/**
 * Compares a CSV with the vocabulary, and takes it over unless it is a dry run or a row is at fault. Terms and columns
 * that the file does not name stay as they are.
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
  const table = readTable(csv).map(({ result, ...read }) => {
    const before = stored.get(read.code);
    const term = 'term' in result ? termOf(result.term, before) : undefined;
    return { ...read, before, term, faults: 'faults' in result ? result.faults : [] };
  });
  const tree = new Map<string, Node>(stored);
  for (const { term } of table) if (term) tree.set(term.code, term);
  const nodes = [...tree.values()];

  const seen = new Set<string>();
  const changed: TableTerm[] = [];
  const rows = table.map(({ before, term, faults, ...read }): ImportedRow => {
    const row = { ...read, label: read.label || (before?.labels['zh-CN'] ?? '') };
    const all = term ? faultsOf(term) : faults;
    if (!term || all.length > 0) return { ...row, change: 'fault', cells: [], faults: all };
    seen.add(read.code);
    const cells = before ? differences(before, term) : [];
    if (!before || cells.length > 0) changed.push(term);
    return { ...row, change: !before ? 'new' : cells.length > 0 ? 'changed' : 'same', cells, faults: [] };
  });

  const applied = !dryRun && rows.every((row) => row.change !== 'fault');
  if (applied && changed.length > 0) {
    await takeOver(key, changed);
    await announceTerms(
      platform,
      key,
      changed.map(({ code }) => code),
    );
  }
  return { applied, rows };

  /** What is wrong with a row that can be read. */
  function faultsOf({ code, labels, parent }: TableTerm): ImportFault[] {
    const faults: ImportFault[] = [];
    const into = stored.get(code)?.mergedInto;
    if (seen.has(code)) faults.push({ column: 'code', fault: 'twice', value: code });
    if (into) faults.push({ column: 'code', fault: 'merged', value: code, into });
    if (vocabulary.closed && !stored.has(code)) faults.push({ column: 'code', fault: 'closed', value: code });
    if (labels['zh-CN'] === '') faults.push({ column: 'zh-CN', fault: 'missing', value: '' });
    if (parent === null) return faults;
    const aboveInto = stored.get(parent)?.mergedInto;
    if (aboveInto) faults.push({ column: 'parent', fault: 'merged', value: parent, into: aboveInto });
    else if (!tree.has(parent)) faults.push({ column: 'parent', fault: 'no-such-term', value: parent });
    else if (makesCircle(nodes, code, parent))
      faults.push({ column: 'parent', fault: 'circle', value: parent });
    return faults;
  }
}

function differences(before: TableTerm, after: TableTerm): ImportedRow['cells'] {
  const [was, will] = [cellsOf(before), cellsOf(after)];
  return termColumns
    .filter((column) => was[column] !== will[column])
    .map((column) => ({ column, before: was[column], after: will[column] }));
}

/** Writes terms by code. Those that are there keep their place; new ones come behind the last. */
export async function takeOver(vocabulary: string, terms: readonly TableTerm[]): Promise<void> {
  const first = await positionAfterAll(vocabulary);
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
