import type { Coverage } from './model';

/** How the forecast is put together; see `ProcedureModel`. */
export interface Mixture {
  readonly stageWeight: number;
  readonly queueTrust: number;
}

/** Shares of the forecast that are left out below and above the range so that 1 of 10 comes earlier, 1 later. */
export interface Tails {
  readonly lowShare: number;
  readonly highShare: number;
}

/**
 * One chance from those of both clocks: the chances of still waiting are averaged by weight on the scale of hazards. Where
 * the clocks disagree this is sharper than an average of the chances, which holds whatever either of them holds possible.
 */
export function mixed(stageWeight: number, byStage: number, byAge: number): number {
  return 1 - (1 - byStage) ** stageWeight * (1 - byAge) ** (1 - stageWeight);
}

/** The mixture of a procedure that has no past forecasts to learn from. */
export const UNTRIED: Mixture = { stageWeight: 0.5, queueTrust: 0.5 };

/** Share of cases that shall come before, and after, the range. */
export const TENTH = 0.1;

/** What the past says about the estimate itself, by procedure; see `trackRecord`. */
export type Lessons = Readonly<Record<string, Lesson>>;
export interface Lesson extends Mixture, Tails {
  readonly coverage: Coverage | null;
  readonly recentCoverage: Coverage | null;
}
