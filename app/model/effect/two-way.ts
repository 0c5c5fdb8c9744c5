/** A number for each procedure and week. */
export type Cells = readonly (readonly number[])[];
type Kept = readonly (readonly boolean[])[];

/**
 * Prepares to take the effects of procedures and weeks out of cells, by least squares with a weight for each procedure, over
 * the kept cells. Cells that are not kept get what their procedure and week predict taken away too.
 */
export function twoWay(kept: Kept, weights: readonly number[]): (cells: Cells) => number[][] {
  const weeks = kept[0]?.length ?? 0;
  const sizes = kept.map((row) => row.filter(Boolean).length);
  // The equations of the weeks after the procedures were eliminated. A small ridge fixes the level, which is free.
  const matrix = Array.from({ length: weeks }, () => new Array<number>(weeks).fill(0));
  kept.forEach((row, p) => {
    const weight = weights[p] ?? 0;
    for (let s = 0; s < weeks; s += 1) {
      const line = matrix[s];
      if (!row[s] || !line) continue;
      line[s] = (line[s] ?? 0) + weight;
      for (let t = 0; t < weeks; t += 1) if (row[t]) line[t] = (line[t] ?? 0) - weight / (sizes[p] ?? 1);
    }
  });
  const ridge = 1e-9 * weights.reduce((all, weight) => all + weight, 0);
  matrix.forEach((line, s) => {
    line[s] = (line[s] ?? 0) + ridge;
  });
  const lower = cholesky(matrix);
  return (cells) => {
    const means = cells.map((row, p) => sumKept(row, kept[p]) / (sizes[p] || 1));
    const right = Array.from({ length: weeks }, (_, t) =>
      cells.reduce(
        (all, row, p) => (kept[p]?.[t] ? all + (weights[p] ?? 0) * ((row[t] ?? 0) - (means[p] ?? 0)) : all),
        0,
      ),
    );
    const ofWeek = solve(lower, right);
    return cells.map((row, p) => {
      const level = (means[p] ?? 0) - sumKept(ofWeek, kept[p]) / (sizes[p] || 1);
      return row.map((value, t) => value - level - (ofWeek[t] ?? 0));
    });
  };
}

/** The sum over all cells of what is computed from each. */
export function sumOf<T>(
  cells: readonly (readonly T[])[],
  of: (cell: T, procedure: number, week: number) => number,
): number {
  let all = 0;
  for (let p = 0; p < cells.length; p += 1) {
    const row = cells[p] ?? [];
    for (let t = 0; t < row.length; t += 1) all += of(row[t] as T, p, t);
  }
  return all;
}

const sumKept = (row: readonly number[], kept: readonly boolean[] | undefined): number => {
  let all = 0;
  for (let t = 0; t < row.length; t += 1) if (kept?.[t]) all += row[t] ?? 0;
  return all;
};

/** The lower triangle whose product with its transpose is the matrix. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  matrix.forEach((line, i) => {
    const row: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? row : (lower[j] ?? []);
      let rest = line[j] ?? 0;
      for (let k = 0; k < j; k += 1) rest -= (row[k] ?? 0) * (other[k] ?? 0);
      row.push(j === i ? Math.sqrt(Math.max(rest, 1e-12)) : rest / (other[j] ?? 1));
    }
    lower.push(row);
  });
  return lower;
}

function solve(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const half: number[] = [];
  right.forEach((value, i) => {
    let rest = value;
    for (let k = 0; k < i; k += 1) rest -= (lower[i]?.[k] ?? 0) * (half[k] ?? 0);
    half.push(rest / (lower[i]?.[i] ?? 1));
  });
  const answer = new Array<number>(right.length).fill(0);
  for (let i = right.length - 1; i >= 0; i -= 1) {
    let rest = half[i] ?? 0;
    for (let k = i + 1; k < right.length; k += 1) rest -= (lower[k]?.[i] ?? 0) * (answer[k] ?? 0);
    answer[i] = rest / (lower[i]?.[i] ?? 1);
  }
  return answer;
}
