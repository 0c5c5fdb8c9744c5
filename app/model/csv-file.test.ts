import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvFile } from './csv-file';

test('a row holds its cells, with nothing for null', () => {
  expect(
    csvFile([
      ['week', 'count'],
      ['2026-W10', -1.5],
      ['', null],
    ]),
  ).toBe('week,count\r\n2026-W10,-1.5\r\n,\r\n');
});

test('the spreadsheet dialect has semicolons and a byte order mark', () => {
  expect(csvFile([['ዕለት', 'a;b']], 'spreadsheet')).toBe('\uFEFFዕለት;"a;b"\r\n');
});

test.each(['=1+1', '+31', '-2', '@sum', '\t=1', '\r=1'])('%j is not read as a formula', (text) => {
  expect(csvFile([[text]]).replaceAll('"', '')).toBe(`'${text}\r\n`);
});

test('every text round-trips', () => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', 'a', '=') }));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rows, (texts) => {
      const unguarded = read(csvFile(texts)).map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, '')));
      expect(unguarded).toEqual(texts.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, ''))));
    }),
  );
});

/** A minimal reader of comma-separated rows. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
