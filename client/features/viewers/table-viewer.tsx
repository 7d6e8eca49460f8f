import { useMemo } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { rowsOf } from './table-rows.ts';
import styles from './table-viewer.module.css';
import { WithText } from './text-viewer.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** More rows make a page slow, and nobody reads them here. */
const most = 1000;

/** CSV as a table; its first row is taken for the headings. */
export function TableViewer({ file }: ViewerProps) {
  return <WithText file={file}>{({ text }) => <Table text={text} />}</WithText>;
}

function Table({ text }: { text: string }) {
  const t = useTexts(viewerTexts);
  const rows = useMemo(() => rowsOf(text), [text]);
  const [head = [], ...body] = rows;
  const shown = body.slice(0, most);
  return (
    <>
      <p className={styles.note}>
        {body.length > most ? t('table.beginning', { shown: most }) : t('table.rows', { count: body.length })}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are told apart by their place
              <th key={column} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place
            <tr key={row}>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are told apart by their place
                <td key={column} className={isNumber(cell) ? styles.number : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const isNumber = (cell: string) => /^-?[\d,]+(\.\d+)?%?$/.test(cell);
