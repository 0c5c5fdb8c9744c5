/** What was learned from the counts. Plain JSON, so that instances can share one trained model. */
export interface Model {
  readonly version: 1;
  /** ISO Monday: only counts of weeks that had ended by then were used. */
  readonly asOf: string;
  /** No estimate looks further ahead than this. */
  readonly horizonDays: number;
  /** Grid of the time ahead; `horizonDays` is a multiple of it. */
  readonly stepDays: number;
  readonly procedures: Readonly<Record<string, ProcedureModel>>;
}

export interface ProcedureModel {
  /** ISO Monday of its own counts: earlier than the model's where the newest ones of this procedure were refused. */
  readonly asOf: string;
  readonly stages: readonly string[];
  /** Lower edges in days of time in stage and of age. */
  readonly bins: readonly number[];
  /** [stage][bin]: chance per day of leaving the stage. */
  readonly stageHazard: readonly (readonly number[])[];
  /** [stage][bin][to]: where a case goes that leaves; index 0 is the decision, index i + 1 is stage i. */
  readonly destinations: readonly (readonly (readonly number[])[])[];
  /** [stage][bin]: about how many cases, forgetting old ones, were seen waiting there. */
  readonly seen: readonly (readonly number[])[];
  /** [bin of age]: chance per day of a decision. */
  readonly ageHazard: readonly number[];
  /** [stage][bin] and [bin of age]: how many times longer the queue, as far as it is one, makes a wait. */
  readonly stagePace: readonly (readonly number[])[];
  readonly agePace: readonly number[];
  /** How far the pace is followed, from 0 (not at all) to 1: pace is raised to this power. */
  readonly queueTrust: number;
  /** Weight of the clock "time in stage"; the clock "time since application" has the rest. From 0 to 1. */
  readonly stageWeight: number;
  /** Shares of the forecast below and above the range, so set that by the past 1 of 10 comes earlier and 1 later. */
  readonly lowShare: number;
  readonly highShare: number;
  /** [stage]: the same three for people in that stage. */
  readonly byStage: readonly StageLesson[];
  /** Decisions that carry the estimate, forgetting old ones. */
  readonly decisionsBehind: number;
  readonly unrest: readonly Unrest[];
  /** How the ranges of the past year came out; null where none has been resolved. */
  readonly coverage: Coverage | null;
  /** The same over the last 26 weeks that are resolved: below 65 % no range is shown. */
  readonly recentCoverage: Coverage | null;
}

/** `share` of `n` people whose wait ended within the range. */
export interface Coverage {
  readonly share: number;
  readonly n: number;
}

/** Shares of the forecast that are left out below and above the range so that 1 of 10 comes earlier, 1 later. */
export interface Tails {
  readonly lowShare: number;
  readonly highShare: number;
}

/** What the past says of people in one stage: those who begin come late more often than those who are nearly through. */
export interface StageLesson extends Tails {
  readonly stageWeight: number;
}

/** Signs in the counts that the past tells less than usual of the future. */
export const UNREST = [
  'fewer-decisions',
  'more-decisions',
  'inflow-up',
  'inflow-down',
  'stock-up',
  'stock-down',
] as const;
export type Unrest = (typeof UNREST)[number];
export const isUnrest = (reason: string): reason is Unrest => (UNREST as readonly string[]).includes(reason);

export type Trust = 'ok' | 'one-sided' | 'open' | 'unsettled' | 'none';

export type Reason =
  | Unrest
  | 'unknown-procedure'
  | 'unknown-stage'
  | 'few-decisions'
  | 'few-like-this'
  | 'track-record'
  | 'beyond-horizon'
  | 'staff';

/** A case as the estimate knows it. Days are counted to the day on which the question is asked. */
export interface Situation {
  readonly procedure: string;
  readonly stage: string;
  readonly inStageDays: number;
  readonly ageDays: number;
}

/** Staff may withdraw a procedure's range or mark it, with a text of their own that is kept elsewhere. */
export interface StaffSwitch {
  readonly trust: 'unsettled' | 'none';
}

export interface Estimate {
  /** Whole days from the day on which the question is asked; null where it is open. 1 of 10 is decided before `low`. */
  readonly low: number | null;
  readonly median: number | null;
  /** 9 of 10 are decided by then. */
  readonly high: number | null;
  /** Chance of a decision within 90 days, 0 to 1. */
  readonly within90: number;
  readonly trust: Trust;
  readonly reasons: readonly Reason[];
  readonly horizonDays: number;
  /** ISO Monday of the counts. */
  readonly asOf: string;
  readonly decisionsBehind: number;
  readonly coverage: Coverage | null;
}

/** The model of a procedure that was counted; undefined for any other name, `constructor` included. */
export function procedureOf(model: Model, name: string): ProcedureModel | undefined {
  return Object.hasOwn(model.procedures, name) ? model.procedures[name] : undefined;
}
