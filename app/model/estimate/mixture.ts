import type { Coverage, StageLesson, Tails } from './model';

/** How the forecast is put together; see `ProcedureModel`. */
export interface Mixture {
  readonly stageWeight: number;
  readonly queueTrust: number;
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
  readonly byStage: Readonly<Record<string, StageLesson>>;
  readonly coverage: Coverage | null;
  readonly recentCoverage: Coverage | null;
}
