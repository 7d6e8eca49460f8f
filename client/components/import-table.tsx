import { type Column, DataTable } from './data-table.tsx';
import styles from './import-table.module.css';

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** What an import would do or what is wrong with it, row by row, in a frame that scrolls. */
export function ImportTable<Row>({ label, columns, rows, keyOf }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={styles.frame} tabIndex={0} aria-label={label}>
      <DataTable label={label} columns={columns} rows={rows} keyOf={keyOf} nameOf={keyOf} />
    </section>
  );
}
