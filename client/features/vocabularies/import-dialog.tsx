import { Modal } from 'antd';
import { useState } from 'react';
import { ChangeTable, countsOf } from '../../components/change-table.tsx';
import { CsvPicker } from '../../components/csv-picker.tsx';
import { say } from '../../components/say.ts';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './dialogs.module.css';
import { vocabularyTexts } from './i18n.ts';
import { type ImportedRow, useImportTerms, type Vocabulary } from './queries.ts';

type Column = ImportedRow['cells'][number]['column'];
const lists: readonly Column[] = ['synonyms', 'equivalents', 'formerCodes'];

/** A CSV is compared first and written only when somebody has seen what it changes. */
export function ImportDialog({ vocabulary, onEnd }: { vocabulary: Vocabulary; onEnd: () => void }) {
  const t = useTexts(vocabularyTexts);
  const words = useTexts(shell);
  const language = useLanguage();
  const compare = useImportTerms(vocabulary.key);
  const write = useImportTerms(vocabulary.key);
  const [file, setFile] = useState<{ csv: string; name: string }>();
  const rows = compare.data?.rows;
  const counts = rows && countsOf(rows);
  const changes = counts ? counts.new + counts.changed : 0;
  const failure = compare.error ?? write.error;

  return (
    <Modal
      open
      width={820}
      title={t('import.title', { vocabulary: vocabulary.labels[language] || vocabulary.labels['zh-CN'] })}
      okText={changes > 0 ? t('import.go', { count: changes }) : t('import.nothing')}
      cancelText={words('cancel')}
      okButtonProps={{
        disabled: changes === 0 || (counts?.fault ?? 0) > 0,
        loading: write.isPending,
      }}
      onCancel={onEnd}
      onOk={() =>
        file &&
        write.mutate(
          { csv: file.csv, dryRun: false },
          {
            onSuccess: () => {
              say(t('import.done', { count: changes }));
              onEnd();
            },
          },
        )
      }
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
            <ChangeTable
              label={t('import.title', { vocabulary: vocabulary.labels['zh-CN'] })}
              columns={{
                line: t('import.line'),
                name: t('code'),
                change: t('import.change'),
                detail: t('import.detail'),
              }}
              changeName={(change) => t(`change.${change}`)}
              rows={rows.map((row) => ({
                line: row.line,
                name: row.label ? `${row.code} ${row.label}` : row.code,
                change: row.change,
                detail: <Findings row={row} />,
              }))}
            />
          </>
        )}
      </div>
    </Modal>
  );
}

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
  return lines.map((line) => (
    <span key={line} className={styles.finding}>
      {line}
    </span>
  ));
}
