import { useState } from 'react';
import { CsvPicker } from '../../components/csv-picker.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { say } from '../../components/say.ts';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './dialogs.module.css';
import { vocabularyTexts } from './i18n.ts';
import { ImportChanges } from './import-changes.tsx';
import { type ImportedRow, useImportTerms, type Vocabulary } from './queries.ts';

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
            <ImportChanges
              label={t('import.title', { vocabulary: vocabulary.labels['zh-CN'] })}
              rows={rows}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}

const countsOf = (rows: readonly ImportedRow[]) => ({
  new: rows.filter(({ change }) => change === 'new').length,
  changed: rows.filter(({ change }) => change === 'changed').length,
  same: rows.filter(({ change }) => change === 'same').length,
  fault: rows.filter(({ change }) => change === 'fault').length,
});
