import type { Column } from '../../../components/data-table.tsx';
import { ImportTable } from '../../../components/import-table.tsx';
import { useTexts } from '../../../i18n/index.ts';
import styles from './dialogs.module.css';
import { peopleTexts } from './i18n.ts';
import type { Import } from './queries.ts';

/** Who would be added, so that a column which was read as another is seen before it is written. */
export function Preview({ checked: { people, rows } }: { checked: Import }) {
  const t = useTexts(peopleTexts);
  const row = useRowColumn();
  return (
    <>
      <ImportTable
        label={t('import.preview')}
        rows={people}
        keyOf={({ row }) => String(row)}
        columns={[
          row,
          { key: 'name', title: t('name'), cell: ({ name }) => name },
          { key: 'email', title: t('invite.email'), cell: ({ email }) => email },
          {
            key: 'roles',
            title: t('roles'),
            cell: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(t('roles.and')),
          },
        ]}
      />
      {rows > people.length && (
        <p className={styles.hint}>{t('import.preview.first', { count: people.length })}</p>
      )}
    </>
  );
}

/** What is wrong, value by value. */
export function Faults({ faults }: { faults: Import['faults'] }) {
  const t = useTexts(peopleTexts);
  const row = useRowColumn();
  return (
    <ImportTable
      label={t('import.message')}
      rows={faults}
      keyOf={({ row, column, value }) => `${row}:${column}:${value}`}
      columns={[
        row,
        { key: 'column', title: t('import.column'), cell: ({ heading }) => heading },
        { key: 'value', title: t('import.value'), cell: ({ value }) => value },
        {
          key: 'message',
          title: t('import.message'),
          cell: ({ message }) => <span className={styles.error}>{message}</span>,
        },
      ]}
    />
  );
}

function useRowColumn(): Column<{ row: number }> {
  const t = useTexts(peopleTexts);
  return {
    key: 'row',
    title: t('import.row'),
    quiet: true,
    cell: ({ row }) => <span className={styles.short}>{t('import.row.number', { row })}</span>,
  };
}
