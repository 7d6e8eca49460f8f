import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/index.ts';
import { ColumnHeading, type Order } from './column-heading.tsx';
import styles from './data-table.module.css';
import { controls } from './i18n.ts';

export interface Column<Row> {
  key: string;
  title: string;
  /** The title is read out only: for actions. */
  quiet?: boolean;
  align?: 'end';
  /** CSS width; without one, what the content needs. */
  width?: string;
  cell: (row: Row) => ReactNode;
  /** Rows can be ordered by it: how they are now, and what asks for it, or for the other way round. */
  order?: Order;
}

interface Props<Row> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** How a row is called where it can be chosen. */
  nameOf: (row: Row) => string;
  chosen?: ReadonlySet<string>;
  onChoose?: (keys: ReadonlySet<string>) => void;
  isMuted?: (row: Row) => boolean;
}

/** A table that becomes a list of cards on phones. The first column is the name of the row. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, nameOf, chosen, onChoose, isMuted } = props;
  const t = useTexts(controls);
  const keys = rows.map(keyOf);
  const count = keys.filter((key) => chosen?.has(key)).length;

  function toggle(key: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    onChoose?.(next);
  }

  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {onChoose && (
              <th scope="col" className={styles.choose}>
                <Checkbox
                  aria-label={t('choose-all')}
                  checked={count > 0 && count === keys.length}
                  indeterminate={count > 0 && count < keys.length}
                  onChange={({ target }) => onChoose(new Set(target.checked ? keys : []))}
                />
              </th>
            )}
            {columns.map(({ key, title, quiet, align, width, order }) => (
              <th
                key={key}
                scope="col"
                style={width === undefined ? undefined : { width }}
                className={align && styles.end}
                aria-sort={order?.now}
              >
                {quiet ? (
                  <span className={styles.quiet}>{title}</span>
                ) : (
                  <ColumnHeading title={title} order={order} />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            return (
              <tr
                key={key}
                aria-selected={onChoose ? chosen?.has(key) === true : undefined}
                className={isMuted?.(row) ? styles.muted : undefined}
              >
                {onChoose && (
                  <td className={styles.choose}>
                    <Checkbox
                      aria-label={t('choose', { name: nameOf(row) })}
                      checked={chosen?.has(key) === true}
                      onChange={({ target }) => toggle(key, target.checked)}
                    />
                  </td>
                )}
                {columns.map((column, index) => {
                  const Cell = index === 0 ? 'th' : 'td';
                  return (
                    <Cell
                      key={column.key}
                      scope={index === 0 ? 'row' : undefined}
                      data-label={index === 0 || column.quiet ? undefined : column.title}
                      className={column.align && styles.end}
                    >
                      {column.cell(row)}
                    </Cell>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
