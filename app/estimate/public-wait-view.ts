import type { Loaded } from '~/model/loaded';
import type { StaffReason } from './switch-reason';

/** The public page of the expected wait. Dates, numbers and durations are words already. */
export interface PublicWaitView {
  /** What the form holds. */
  readonly form: {
    readonly procedure: string;
    readonly month: string;
    readonly day: string;
    readonly stage: string;
    readonly procedures: readonly string[];
    readonly months: readonly { readonly value: string; readonly name: string }[];
    readonly days: readonly { readonly value: string; readonly name: string }[];
    readonly stages: readonly string[];
  };
  readonly fault: 'procedure' | 'month' | 'day' | 'future' | null;
  /** The procedure that was asked about has no such stage: it was left out. */
  readonly stageUnknown: boolean;
  /** Null while nothing was asked. */
  readonly answer: Answer | null;
  /** For whoever applies today, for each procedure; only where nothing was asked. */
  readonly overview: readonly { readonly procedure: string; readonly told: Told }[];
}

export interface Answer {
  readonly procedure: string;
  readonly stage: string | null;
  /** The day, or the month, of the application. */
  readonly applied: string;
  readonly exact: boolean;
  readonly told: Told;
  readonly reason: StaffReason | null;
  readonly basis: { readonly decisions: string; readonly asOf: string; readonly rightOf100: string | null };
  /** Null while the past is still being computed. */
  readonly figures: FiguresView | null;
}

export type Told =
  | { readonly trust: 'ok' | 'unsettled'; readonly low: string; readonly high: string }
  | { readonly trust: 'one-sided'; readonly low: string }
  | { readonly trust: 'open'; readonly horizon: string }
  | { readonly trust: 'none' };

export interface FiguresView {
  readonly cohort: { readonly month: string; readonly of100: string } | null;
  readonly trend: TrendView | null;
  readonly flow: FlowView | null;
}

/** How the wait of a new applicant moved. Points of the picture lie between 0 and 1, oldest and shortest first. */
export interface TrendView {
  readonly points: readonly {
    readonly low: number | null;
    readonly median: number | null;
    /** Null where the end is not known: the band then runs to the picture's edge. */
    readonly high: number | null;
  }[];
  readonly first: { readonly month: string; readonly said: Said };
  readonly last: { readonly month: string; readonly said: Said };
  readonly moved: 'longer' | 'shorter' | 'same' | null;
  /** What the picture's upper edge stands for. */
  readonly most: string;
  readonly rows: readonly {
    readonly month: string;
    readonly low: string | null;
    readonly median: string | null;
    readonly high: string | null;
  }[];
}

/** A range, or as much of it as can be said; null where nothing. */
export type Said = { readonly low: string; readonly high: string | null } | null;

/** Applications and decisions. */
export interface FlowView {
  readonly points: readonly { readonly received: number; readonly decided: number }[];
  readonly first: string;
  readonly last: string;
  readonly most: string;
  /** On average a week, in the last three whole months. */
  readonly received: string;
  readonly decided: string;
  readonly open: string;
  readonly grows: 'grows' | 'shrinks' | 'same';
  readonly rows: readonly {
    readonly month: string;
    readonly weeks: string;
    readonly received: string;
    readonly decided: string;
    readonly open: string;
  }[];
}

export type LoadedWait = Loaded<PublicWaitView>;
