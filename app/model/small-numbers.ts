/** Counts under it are not shown: they could tell of one call. */
export const LEAST_SHOWN = 5;

/** Null: more than none and fewer than `LEAST_SHOWN`, or kept back so that no such number can be computed from the rest. */
export type ShownCount = number | null;

export const shownCount = (count: number): ShownCount => (count > 0 && count < LEAST_SHOWN ? null : count);

/**
 * The cells of a table of counts whose sums are shown too. A row or column with one hidden cell would give it away, so it
 * hides its next smallest one as well. All rows have the same length.
 */
export function shownTable(rows: readonly (readonly number[])[]): ShownCount[][] {
  const shown = rows.map((row) => row.map(shownCount));
  const width = rows[0]?.length ?? 0;
  const lines: Cell[][] = [
    ...rows.map((row, y) => row.map((_, x): Cell => [y, x])),
    ...Array.from({ length: width }, (_, x) => rows.map((_row, y): Cell => [y, x])),
  ];
  let changed = true;
  while (changed) {
    changed = false;
    for (const line of lines) {
      if (line.filter(([y, x]) => shown[y]?.[x] === null).length !== 1) continue;
      const next = line
        .filter(([y, x]) => (shown[y]?.[x] ?? 0) > 0)
        .sort(([y, x], [v, u]) => (rows[y]?.[x] ?? 0) - (rows[v]?.[u] ?? 0))[0];
      const row = next && shown[next[0]];
      if (!next || !row) continue;
      row[next[1]] = null;
      changed = true;
    }
  }
  return shown;
}

type Cell = readonly [row: number, column: number];
