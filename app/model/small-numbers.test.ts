import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAST_SHOWN, shownCount, shownTable } from './small-numbers';

test.each([
  [0, 0],
  [1, null],
  [4, null],
  [5, 5],
])('a count of %i is shown as %o', (count, shown) => {
  expect(shownCount(count)).toBe(shown);
});

test('a hidden cell takes the next smallest of its row with it', () => {
  expect(shownTable([[2, 9, 30, 0]])).toEqual([[null, null, 30, 0]]);
});

test('no hidden cell can be computed from a sum', () => {
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(fc.nat(20), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    );
  fc.assert(
    fc.property(table, (rows) => {
      const shown = shownTable(rows);
      const columns = shown[0]?.map((_, x) => shown.map((row) => row[x])) ?? [];
      for (const line of [...shown, ...columns]) {
        const hidden = line.filter((cell) => cell === null).length;
        const others = line.filter((cell) => cell !== null && cell !== undefined && cell > 0).length;
        expect(hidden === 1 && others > 0).toBe(false);
      }
      for (const cell of shown.flat()) expect(cell === null || cell === 0 || cell >= LEAST_SHOWN).toBe(true);
    }),
  );
});
