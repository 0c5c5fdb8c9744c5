/** Everything learned from the counts. Plain JSON, so that several portals can share one trained model. */
export interface Model {
  readonly version: 1;
  /** ISO Monday. Only weeks that had ended by then were used. */
  readonly asOf: string;
  /** An estimate never looks further ahead than this. */
  readonly horizonDays: number;
  /** Step of the time grid; `horizonDays` is a multiple of it. */
  readonly stepDays: number;
  readonly procedures: Readonly<Record<string, ProcedureModel>>;
}

export interface ProcedureModel {
  /** ISO Monday of this procedure's counts. Earlier than the model's when its newest counts were refused. */
  readonly asOf: string;
  readonly stages: readonly string[];
  /** Lower edges in days, both for time in stage and for age. */
  readonly bins: readonly number[];
  /** [stage][bin]: chance per day of leaving the stage. */
  readonly stageHazard: readonly (readonly number[])[];
  /** [stage][bin][to]: shares by destination; index 0 is the decision, index i + 1 is stage i. */
  readonly destinations: readonly (readonly (readonly number[])[])[];
  /** [stage][bin]: number of cases seen waiting there, recent weeks weighing more. */
  readonly seen: readonly (readonly number[])[];
  /** [bin of age]: chance per day of a decision. */
  readonly ageHazard: readonly number[];
  /** [stage][bin] and [bin of age]: by how much the queue stretches a wait; see `queuePace`. */
  readonly stagePace: readonly (readonly number[])[];
  readonly agePace: readonly number[];
  /** How far the pace is followed: it is raised to this power, from 0 (not at all) to 1. */
  readonly queueTrust: number;
  /** Weight of the clock "time in stage", 0 to 1; the clock "time since application" has the rest. */
  readonly stageWeight: number;
  /** Shares of the forecast below and above the range, calibrated so that 1 of 10 comes earlier and 1 of 10 later. */
  readonly lowShare: number;
  readonly highShare: number;
  /** [stage]: the same three values for cases in that stage. */
  readonly byStage: readonly StageCalibration[];
  /** Decisions that the estimate rests on, recent weeks weighing more. */
  readonly decisionsBehind: number;
  readonly unrest: readonly Unrest[];
  /** Share of the past year's ranges that were right; null when none has been resolved. */
  readonly coverage: Coverage | null;
  /** The same over the last 26 weeks. Below 65 % no range is shown. */
  readonly recentCoverage: Coverage | null;
}

/** `share` of `n` people got their decision within the range. */
export interface Coverage {
  readonly share: number;
  readonly n: number;
}

/** Shares of the forecast left out below and above the range. */
export interface Tails {
  readonly lowShare: number;
  readonly highShare: number;
}

/** Calibration of one stage: cases in an early stage come late more often than those nearly done. */
export interface StageCalibration extends Tails {
  readonly stageWeight: number;
}

/** Signs in the counts that the office is changing, so that the past predicts less than usual. */
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

/** A case as the estimate knows it. Days are counted to the day of the estimate. */
export interface Situation {
  readonly procedure: string;
  readonly stage: string;
  readonly inStageDays: number;
  readonly ageDays: number;
}

/** Staff may withdraw a procedure's range or mark it. Their text is stored elsewhere. */
export interface StaffSwitch {
  readonly trust: 'unsettled' | 'none';
}

export interface Estimate {
  /** Whole days from the day of the estimate; null where open. 1 of 10 is decided before `low`. */
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

/** The procedure's model, or undefined; a name like `constructor` finds nothing. */
export function procedureOf(model: Model, name: string): ProcedureModel | undefined {
  return Object.hasOwn(model.procedures, name) ? model.procedures[name] : undefined;
}
