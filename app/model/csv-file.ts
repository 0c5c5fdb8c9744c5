/** Null is an empty cell. */
export type CsvCell = string | number | null;

/**
 * Rows as CSV (RFC 4180): a header first if the caller gives one, CRLF after each row, numbers with a point.
 * A text that a spreadsheet would run as a formula gets an apostrophe in front.
 *
 * @param dialect `spreadsheet` has semicolons and a byte order mark, as European spreadsheets expect
 */
export function csvFile(
  rows: readonly (readonly CsvCell[])[],
  dialect: 'standard' | 'spreadsheet' = 'standard',
): string {
  const [mark, separator] = dialect === 'spreadsheet' ? ['\uFEFF', ';'] : ['', ','];
  return mark + rows.map((row) => `${row.map(quoted).join(separator)}\r\n`).join('');
}

function quoted(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
