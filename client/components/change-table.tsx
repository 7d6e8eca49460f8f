import type { ReactNode } from 'react';
import styles from './change-table.module.css';

export interface ChangeRow {
  /** Line of the file; the heading is line 1. */
  readonly line: number;
  readonly name: string;
  readonly change: 'new' | 'changed' | 'same' | 'fault';
  readonly detail: ReactNode;
}

interface Props {
  label: string;
  columns: { line: string; name: string; change: string; detail: string };
  changeName: (change: ChangeRow['change']) => string;
  rows: readonly ChangeRow[];
}

const order = { fault: 0, new: 1, changed: 2, same: 3 };
const most = 300;

/** What an import would do, row by row: faults first, what stays the same left out of long lists. */
export function ChangeTable({ label, columns, changeName, rows }: Props) {
  const shown = rows
    .filter(({ change }) => change !== 'same')
    .toSorted((a, b) => order[a.change] - order[b.change] || a.line - b.line)
    .slice(0, most);
  if (shown.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={styles.frame} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{columns.line}</th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.change}</th>
            <th scope="col">{columns.detail}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.line}:${row.name}:${row.change}`} className={styles[row.change]}>
              <td>{row.line}</td>
              <td>{row.name}</td>
              <td>{changeName(row.change)}</td>
              <td>{row.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How many rows there are of each change. */
export const countsOf = (rows: readonly Pick<ChangeRow, 'change'>[]) => ({
  new: rows.filter(({ change }) => change === 'new').length,
  changed: rows.filter(({ change }) => change === 'changed').length,
  same: rows.filter(({ change }) => change === 'same').length,
  fault: rows.filter(({ change }) => change === 'fault').length,
});
