import type { ListHabit, Row, RowHabit } from './habits';

/** Row habits that any backend with JSON can have. */

/** @param names the optional fields, whose "none" may take any form */
export const noneInAnotherForm = (...names: readonly string[]): readonly RowHabit[] => [
  { name: 'none is null', change: replacing(names, () => null) },
  { name: 'none is a space', change: replacing(names, () => ' ') },
  {
    name: 'none is absent',
    change: (row) =>
      without(
        row,
        names.filter((name) => isNone(row[name]) && name in row),
      ),
  },
];

/** @param names the fields with a number */
export const numberAsText = (...names: readonly string[]): RowHabit => ({
  name: 'a number is a text',
  change: (row) => mapped(row, names, (value) => (typeof value === 'number' ? String(value) : undefined)),
});

/** @param isOne whether the item is a row of that kind */
export const twice = (isOne: (row: Row) => boolean): ListHabit => ({
  name: 'a row comes twice',
  replace: (row) => (isOne(row) ? [row, row] : null),
});

/** @param isOne whether the item is a row of that kind */
export const besideAnOddRow = (isOne: (row: Row) => boolean): ListHabit => ({
  name: 'an odd row stands beside it',
  replace: (row) => (isOne(row) ? [row, { url: null, naam: 7 }] : null),
});

/** Changes these fields; null when none of them changes. `change` returns undefined for a value that it leaves. */
export function mapped(row: Row, names: readonly string[], change: (value: unknown) => unknown): Row | null {
  const changes = names.flatMap((name) => {
    const value = name in row ? change(row[name]) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return changes.length > 0 ? { ...row, ...Object.fromEntries(changes) } : null;
}

const replacing = (names: readonly string[], none: () => unknown) => (row: Row) =>
  mapped(row, names, (value) => (isNone(value) ? none() : undefined));

const isNone = (value: unknown) => value === '' || value === null;

function without(row: Row, names: readonly string[]): Row | null {
  if (names.length === 0) return null;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}
