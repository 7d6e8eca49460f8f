/** Hands a table to the browser as a CSV file: with a byte order mark, and so that no cell is taken for a formula. */
export async function saveCsv(name: string, rows: string[][]): Promise<void> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
  const csv = stringify(rows, { bom: true, escape_formulas: true });
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  anchor.download = `${name}.csv`;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}
