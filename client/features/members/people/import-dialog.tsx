import { DownloadOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { CsvPicker } from '../../../components/csv-picker.tsx';
import { TextSkeleton } from '../../../components/skeletons.tsx';
import { shell, useTexts } from '../../../i18n/index.ts';
import styles from './dialogs.module.css';
import { peopleTexts } from './i18n.ts';
import { type Import, useImportPeople } from './queries.ts';

interface Props {
  organisation: { id: string; name: string };
  onEnd: () => void;
}

/** Many members from a CSV: every row is checked first; afterwards everybody's link is there to be saved. */
export function ImportDialog({ organisation, onEnd }: Props) {
  const t = useTexts(peopleTexts);
  const words = useTexts(shell);
  const check = useImportPeople(organisation.id);
  const write = useImportPeople(organisation.id);
  const [file, setFile] = useState<{ csv: string; name: string }>();
  const checked = check.data;
  const people = checked && checked.faults.length === 0 ? checked.rows : 0;
  const failure = check.error ?? write.error;

  if (write.data && write.data.added.length > 0) return <Links added={write.data.added} onEnd={onEnd} />;
  return (
    <Modal
      open
      width={760}
      title={t('import.title', { organisation: organisation.name })}
      okText={people > 0 ? t('import.go', { count: people }) : t('import.none')}
      cancelText={words('cancel')}
      okButtonProps={{ disabled: people === 0, loading: write.isPending }}
      onCancel={onEnd}
      onOk={() => file && write.mutate({ csv: file.csv, dryRun: false })}
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t('import.hint')}</p>
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
    </Modal>
  );
}

/** Who would be added, so that a column which was read as another is seen before it is written. */
function Preview({ checked: { people, rows } }: { checked: Import }) {
  const t = useTexts(peopleTexts);
  return (
    <>
      <Rows label={t('import.preview')} columns={[t('import.row'), t('name'), t('invite.email'), t('roles')]}>
        {people.map(({ row, name, email, roles }) => (
          <tr key={row}>
            <td>{row}</td>
            <td>{name}</td>
            <td>{email}</td>
            <td>{roles.map((role) => t(`role.${role}`)).join(t('roles.and'))}</td>
          </tr>
        ))}
      </Rows>
      {rows > people.length && (
        <p className={styles.hint}>{t('import.preview.first', { count: people.length })}</p>
      )}
    </>
  );
}

function Faults({ faults }: { faults: Import['faults'] }) {
  const t = useTexts(peopleTexts);
  return (
    <Rows
      label={t('import.message')}
      columns={(['row', 'column', 'value', 'message'] as const).map((name) => t(`import.${name}`))}
    >
      {faults.map(({ row, column, value, message }) => (
        <tr key={`${row}:${column}:${value}`}>
          <td>{row}</td>
          <td>{column}</td>
          <td>{value}</td>
          <td className={styles.error}>{message}</td>
        </tr>
      ))}
    </Rows>
  );
}

/** Rows of a table in a frame that scrolls. */
function Rows({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly string[];
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={styles.rows} tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

function Links({ added, onEnd }: { added: Import['added']; onEnd: () => void }) {
  const t = useTexts(peopleTexts);
  function save() {
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const lines = added.map(({ name, email, link }) =>
      [name, email, new URL(link.path, window.location.origin).href].map(cell).join(','),
    );
    const csv = new Blob([`\uFEFFname,email,link\n${lines.join('\n')}\n`], { type: 'text/csv' });
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(csv);
    anchor.download = 'links.csv';
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  }
  return (
    <Modal
      open
      title={t('import.done', { count: added.length })}
      mask={{ closable: false }}
      onCancel={onEnd}
      footer={<Button onClick={onEnd}>{t('done')}</Button>}
    >
      <div className={styles.form}>
        <p>{t('import.links')}</p>
        <div>
          <Button type="primary" icon={<DownloadOutlined />} onClick={save}>
            {t('import.save')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
