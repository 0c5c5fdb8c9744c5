/** The expected wait of one case as a page shows it: dates are words already. */
export type WaitView =
  | { readonly trust: 'decided' }
  | {
      readonly trust: 'ok' | 'unsettled';
      readonly low: string;
      readonly median: string;
      readonly high: string;
      readonly picture: Picture;
      readonly basis: Basis;
      readonly paused: boolean;
    }
  | { readonly trust: 'one-sided'; readonly low: string; readonly basis: Basis; readonly paused: boolean }
  | { readonly trust: 'open'; readonly horizon: string; readonly basis: Basis; readonly paused: boolean }
  | { readonly trust: 'none'; readonly basis: Basis; readonly paused: boolean };

export interface Basis {
  readonly decisions: string;
  readonly asOf: string;
  /** Of 100 people, for how many the range was right in the past year; null where that is not known. */
  readonly rightOf100: string | null;
}

/** Places on a line from today (0) to its end (100). */
export interface Picture {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Null where there is no legal last day, or it lies outside the line. */
  readonly legal: number | null;
}
