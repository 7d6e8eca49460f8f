import { useState } from 'react';
import { CsvPicker } from '../../components/csv-picker.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ImportTable } from '../../components/import-table.tsx';
import { say } from '../../components/say.ts';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './dialogs.module.css';
import { vocabularyTexts } from './i18n.ts';
import { type ImportedRow, useImportTerms, type Vocabulary } from './queries.ts';

type Column = ImportedRow['cells'][number]['column'];
const lists: readonly Column[] = ['synonyms', 'equivalents', 'formerCodes'];

/** A CSV is compared first and written only when somebody has seen what it changes. */
export function ImportDialog({ vocabulary, onEnd }: { vocabulary: Vocabulary; onEnd: () => void }) {
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const compare = useImportTerms(vocabulary.key);
  const write = useImportTerms(vocabulary.key);
  const [file, setFile] = useState<{ csv: string; name: string }>();
  const rows = compare.data?.rows;
  const counts = rows && countsOf(rows);
  const changes = counts ? counts.new + counts.changed : 0;
  const failure = compare.error ?? write.error;

  return (
    <Dialog
      width={820}
      title={t('import.title', { vocabulary: vocabulary.labels[language] || vocabulary.labels['zh-CN'] })}
      go={{
        words: changes > 0 ? t('import.go', { count: changes }) : t('import.nothing'),
        run: () =>
          file &&
          write.mutate(
            { csv: file.csv, dryRun: false },
            {
              onSuccess: () => {
                say(t('import.done', { count: changes }));
                onEnd();
              },
            },
          ),
        isBusy: write.isPending,
        isDisabled: changes === 0 || (counts?.fault ?? 0) > 0,
      }}
      onEnd={onEnd}
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t('import.hint')}</p>
        <CsvPicker
          picked={file?.name}
          onText={(csv, name) => {
            setFile({ csv, name });
            compare.mutate({ csv, dryRun: true });
          }}
        />
        {failure && (
          <p role="alert" className={styles.error}>
            {failure.message}
          </p>
        )}
        {compare.isPending && <TextSkeleton lines={3} />}
        {rows && counts && !compare.isPending && (
          <>
            <p role="status">
              {(['fault', 'new', 'changed', 'same'] as const)
                .filter((change) => counts[change] > 0)
                .map((change) => t(`import.${change}`, { count: counts[change] }))
                .join(' · ')}
            </p>
            {counts.fault > 0 && <p className={styles.error}>{t('import.faulty')}</p>}
            <Changes label={t('import.title', { vocabulary: vocabulary.labels['zh-CN'] })} rows={rows} />
          </>
        )}
      </div>
    </Dialog>
  );
}

const order = { fault: 0, new: 1, changed: 2, same: 3 };
const most = 300;

/** What would become of each row: faults first, what stays the same left out of long lists. */
function Changes({ label, rows }: { label: string; rows: readonly ImportedRow[] }) {
  const t = useTexts(vocabularyTexts);
  const shown = rows
    .filter(({ change }) => change !== 'same')
    .toSorted((a, b) => order[a.change] - order[b.change] || a.line - b.line)
    .slice(0, most);
  if (shown.length === 0) return null;
  return (
    <ImportTable
      label={label}
      rows={shown}
      keyOf={({ line }) => String(line)}
      columns={[
        {
          key: 'line',
          title: t('import.line'),
          quiet: true,
          cell: ({ line }) => <span className={styles.short}>{t('import.line.number', { line })}</span>,
        },
        { key: 'code', title: t('code'), cell: ({ code, label }) => (label ? `${code} ${label}` : code) },
        {
          key: 'change',
          title: t('import.change'),
          cell: ({ change }) => (
            <span className={`${styles.short} ${styles[change]}`}>{t(`change.${change}`)}</span>
          ),
        },
        { key: 'detail', title: t('import.detail'), cell: (row) => <Findings row={row} /> },
      ]}
    />
  );
}

const countsOf = (rows: readonly ImportedRow[]) => ({
  new: rows.filter(({ change }) => change === 'new').length,
  changed: rows.filter(({ change }) => change === 'changed').length,
  same: rows.filter(({ change }) => change === 'same').length,
  fault: rows.filter(({ change }) => change === 'fault').length,
});

/** What is wrong with a row, or what changes in it: old and new. */
function Findings({ row }: { row: ImportedRow }) {
  const t = useTexts(vocabularyTexts);
  const nameOf = (column: Column) => t(`column.${column}`);
  const shown = (column: Column, cell: string) => {
    if (cell === '') return t('import.empty');
    if (column === 'retired') return t(cell === 'true' ? 'import.yes' : 'import.no');
    return lists.includes(column) ? cell.replaceAll('|', t('import.between')) : cell;
  };
  const lines =
    row.faults.length > 0
      ? row.faults.map(({ column, fault, value, most = 0, into = '' }) =>
          t(fault === 'malformed' && column === 'retired' ? 'fault.malformed.retired' : `fault.${fault}`, {
            column: column === '' ? '' : nameOf(column),
            value,
            most,
            into,
          }),
        )
      : row.cells.map(({ column, before, after }) =>
          t('import.cell', {
            column: nameOf(column),
            before: shown(column, before),
            after: shown(column, after),
          }),
        );
  return (
    <div className={row.faults.length > 0 ? styles.error : undefined}>
      {lines.map((line) => (
        <span key={line} className={styles.finding}>
          {line}
        </span>
      ))}
    </div>
  );
}
