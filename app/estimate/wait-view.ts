import type { Cause, Change } from '~/model/estimate/change';

/** The expected wait of one case as a page shows it: dates are words already. */
export type WaitView =
  | { readonly trust: 'decided' }
  | (Known & {
      readonly trust: 'ok' | 'unsettled';
      readonly low: string;
      readonly median: string;
      readonly high: string;
      readonly picture: Picture;
    })
  | (Known & { readonly trust: 'one-sided'; readonly low: string })
  | (Known & { readonly trust: 'open'; readonly horizon: string })
  | (Known & { readonly trust: 'none' });

/** What is told beside the range, whatever there is of it. */
interface Known {
  readonly basis: Basis;
  readonly paused: boolean;
  /** Month of application of those who now get a decision; null where that can't be said. */
  readonly cohort: string | null;
  /** Why staff marked or withdrew the ranges of this procedure. */
  readonly switched: 'new-law' | 'decision-stop' | 'other' | null;
  readonly change: ChangeView | null;
  /** What the person was told before, the latest first. */
  readonly history: readonly { readonly on: string; readonly low: string | null; readonly high: string | null }[];
}

export interface Basis {
  readonly decisions: string;
  readonly asOf: string;
  /** Of 100 people, for how many the range was right in the past year; null where that is not known. */
  readonly rightOf100: string | null;
}

export interface ChangeView {
  readonly since: string;
  readonly moved: Change['moved'];
  readonly days: number;
  readonly causes: readonly Cause[];
}

/** Places on a line from today (0) to its end (100). */
export interface Picture {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Null where there is no legal last day, or it lies outside the line. */
  readonly legal: number | null;
}
