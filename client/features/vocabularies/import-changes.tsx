import { ImportTable } from '../../components/import-table.tsx';
import { useTexts } from '../../i18n/index.ts';
import styles from './dialogs.module.css';
import { vocabularyTexts } from './i18n.ts';
import type { ImportedRow } from './queries.ts';

type Column = ImportedRow['cells'][number]['column'];
const lists: readonly Column[] = ['synonyms', 'equivalents', 'formerCodes'];
const order = { fault: 0, new: 1, changed: 2, same: 3 };
const most = 300;

/** What would become of each row: faults first, what stays the same left out of long lists. */
export function ImportChanges({ label, rows }: { label: string; rows: readonly ImportedRow[] }) {
  const t = useTexts(vocabularyTexts);
  const shown = rows
    .filter(({ change }) => change !== 'same')
    .toSorted((a, b) => order[a.change] - order[b.change] || a.row - b.row)
    .slice(0, most);
  if (shown.length === 0) return null;
  return (
    <ImportTable
      label={label}
      rows={shown}
      keyOf={({ row }) => String(row)}
      columns={[
        {
          key: 'row',
          title: t('import.row'),
          quiet: true,
          cell: ({ row }) => <span className={styles.short}>{t('import.row.number', { row })}</span>,
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
