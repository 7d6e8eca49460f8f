/** Hands a table to the browser as a CSV file, with the byte order mark by which spreadsheets know UTF-8. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => `${row.map(cell).join(',')}\n`);
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(new Blob([`\uFEFF${lines.join('')}`], { type: 'text/csv' }));
  anchor.download = `${name}.csv`;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}
