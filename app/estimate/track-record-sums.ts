import type { ComparisonRow, Outcomes, TrackRecordRow } from '~/model/estimate/public-figures';

/** Out of 100 people; the three parts add up to 100. */
export interface OutcomeOf100 {
  readonly people: number;
  readonly right: number;
  readonly early: number;
  readonly late: number;
}

/** Fewest people for a statement. */
const FEWEST = 30;
const PROMISED = 80;
const ABOUT = 5;
const QUARTERS = 4;

export function sumOf(rows: readonly Outcomes[]): Outcomes {
  const sum = { n: 0, early: 0, covered: 0, late: 0 };
  for (const row of rows) for (const key of ['n', 'early', 'covered', 'late'] as const) sum[key] += row[key];
  return sum;
}

/** People whose range has not ended yet. */
export const pendingOf = (rows: readonly TrackRecordRow[]): number =>
  rows.reduce((sum, { pending }) => sum + pending, 0);

/** Rounded as on the case page, the remainder split over both sides; null with too few people. */
export function outcomeOf({ n, early, covered }: Outcomes): OutcomeOf100 | null {
  if (n < FEWEST) return null;
  const right = Math.round((100 * covered) / n);
  const before = Math.min(100 - right, Math.round((100 * early) / n));
  return { people: Math.round(n), right, early: before, late: 100 - right - before };
}

/** Share of the decisions over some quarters, out of 100; null when unknown in all of them. */
export function peopleOf100(rows: readonly ComparisonRow[], of: 'withinTerm' | 'withinPast80'): number | null {
  let [decisions, within] = [0, 0];
  for (const row of rows) {
    const share = row[of];
    if (share === null) continue;
    decisions += row.decisions;
    within += share * row.decisions;
  }
  return decisions === 0 ? null : Math.round((100 * within) / decisions);
}

/** The quarters of about the past year. */
export const lastYear = (rows: readonly ComparisonRow[]): readonly ComparisonRow[] => rows.slice(-QUARTERS);

export function verdictOn({ right }: OutcomeOf100): 'good' | 'wide' | 'bad' {
  if (right < PROMISED - ABOUT) return 'bad';
  return right > PROMISED + ABOUT ? 'wide' : 'good';
}
