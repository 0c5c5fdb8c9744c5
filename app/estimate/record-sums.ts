import type { ComparisonRow, Outcomes, TrackRecordRow } from '~/model/estimate/public-figures';

/** People of 100; the three parts make 100. */
export interface OutcomeOf100 {
  readonly people: number;
  readonly right: number;
  readonly early: number;
  readonly late: number;
}

/** Fewer people than this say nothing. */
const FEWEST = 30;
const PROMISED = 80;
const ABOUT = 5;
const QUARTERS = 4;

export function sumOf(rows: readonly Outcomes[]): Outcomes {
  const sum = { n: 0, early: 0, covered: 0, late: 0 };
  for (const row of rows) for (const key of ['n', 'early', 'covered', 'late'] as const) sum[key] += row[key];
  return sum;
}

/** People whose range can't be judged yet. */
export const pendingOf = (rows: readonly TrackRecordRow[]): number =>
  rows.reduce((sum, { pending }) => sum + pending, 0);

/** Rounded as on the case's page, the rest shared out to the two sides; null where too few are known. */
export function outcomeOf({ n, early, covered }: Outcomes): OutcomeOf100 | null {
  if (n < FEWEST) return null;
  const right = Math.round((100 * covered) / n);
  const before = Math.min(100 - right, Math.round((100 * early) / n));
  return { people: Math.round(n), right, early: before, late: 100 - right - before };
}

/** A share of the decisions of some quarters; null where none of them has it. */
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

/** The quarters of decisions of about the past year. */
export const lastYear = (told: readonly ComparisonRow[]): readonly ComparisonRow[] => told.slice(-QUARTERS);

export function verdictOn({ right }: OutcomeOf100): 'good' | 'wide' | 'bad' {
  if (right < PROMISED - ABOUT) return 'bad';
  return right > PROMISED + ABOUT ? 'wide' : 'good';
}
