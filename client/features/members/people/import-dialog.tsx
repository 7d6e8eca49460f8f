import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { CsvPicker } from '../../../components/csv-picker.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TextSkeleton } from '../../../components/skeletons.tsx';
import { useTexts } from '../../../i18n/index.ts';
import styles from './dialogs.module.css';
import { peopleTexts } from './i18n.ts';
import { Faults, Preview } from './import-tables.tsx';
import { type Import, useImportPeople } from './queries.ts';
import { saveCsv } from './save-csv.ts';

interface Props {
  organisation: { id: string; name: string };
  onEnd: () => void;
}

/** Many members from a CSV: every row is checked first; afterwards everybody's link is there to be saved. */
export function ImportDialog({ organisation, onEnd }: Props) {
  const t = useTexts(peopleTexts);
  const check = useImportPeople(organisation.id);
  const write = useImportPeople(organisation.id);
  const [file, setFile] = useState<{ csv: string; name: string }>();
  const checked = check.data;
  const people = checked && checked.faults.length === 0 ? checked.rows : 0;
  const failure = check.error ?? write.error;

  if (write.data && write.data.added.length > 0) return <Links added={write.data.added} onEnd={onEnd} />;
  return (
    <Dialog
      width={760}
      title={t('import.title', { organisation: organisation.name })}
      go={{
        words: !checked
          ? t('import.go.first')
          : people > 0
            ? t('import.go', { count: people })
            : t('import.none'),
        run: () => file && write.mutate({ csv: file.csv, dryRun: false }),
        isBusy: write.isPending,
        isDisabled: people === 0,
      }}
      onEnd={onEnd}
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t('import.hint')}</p>
        <div>
          <Button
            icon={<DownloadOutlined />}
            onClick={() => saveCsv(t('import.template.name'), [[t('name'), t('invite.email'), t('roles')]])}
          >
            {t('import.template')}
          </Button>
        </div>
        <CsvPicker
          picked={file?.name}
          onText={(csv, name) => {
            setFile({ csv, name });
            check.mutate({ csv, dryRun: true });
          }}
        />
        {failure && (
          <p role="alert" className={styles.error}>
            {failure.message}
          </p>
        )}
        {check.isPending && <TextSkeleton lines={2} />}
        {checked && !check.isPending && (
          <p role="status" className={checked.faults.length > 0 ? styles.error : undefined}>
            {checked.faults.length > 0
              ? t('import.faults', { count: new Set(checked.faults.map(({ row }) => row)).size })
              : t('import.ok', { count: checked.rows })}
          </p>
        )}
        {checked && checked.faults.length > 0 && <Faults faults={checked.faults} />}
        {checked && checked.people.length > 0 && <Preview checked={checked} />}
      </div>
    </Dialog>
  );
}

function Links({ added, onEnd }: { added: Import['added']; onEnd: () => void }) {
  const t = useTexts(peopleTexts);
  const save = () =>
    saveCsv(t('import.links.name'), [
      [t('name'), t('invite.email'), t('import.link')],
      ...added.map(({ name, email, link }) => [name, email, new URL(link.path, window.location.origin).href]),
    ]);
  return (
    <Dialog
      title={t('import.done', { count: added.length })}
      mask={{ closable: false }}
      onEnd={onEnd}
      foot={<Button onClick={onEnd}>{t('done')}</Button>}
    >
      <div className={styles.form}>
        <p>{t('import.links')}</p>
        <div>
          <Button type="primary" icon={<DownloadOutlined />} onClick={save}>
            {t('import.save')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
