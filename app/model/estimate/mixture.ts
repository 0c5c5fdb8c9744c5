import type { Coverage, StageCalibration, Tails } from './model';

/** How the two clocks are combined; see `ProcedureModel`. */
export interface Mixture {
  readonly stageWeight: number;
  readonly queueTrust: number;
}

/**
 * Combines the chances of both clocks: the chances of still waiting are averaged by weight on the scale of hazards.
 * Where the clocks disagree this is sharper than averaging the chances themselves.
 */
export function mixed(stageWeight: number, byStage: number, byAge: number): number {
  return 1 - (1 - byStage) ** stageWeight * (1 - byAge) ** (1 - stageWeight);
}

/** For a procedure without past forecasts to calibrate on. */
export const DEFAULT_MIXTURE: Mixture = { stageWeight: 0.5, queueTrust: 0.5 };

/** Share of cases that should come before, and after, the range. */
export const TENTH = 0.1;

/** What past forecasts teach about the estimate itself, by procedure; see `trackRecord`. */
export type Calibrations = Readonly<Record<string, Calibration>>;
export interface Calibration extends Mixture, Tails {
  readonly byStage: Readonly<Record<string, StageCalibration>>;
  readonly coverage: Coverage | null;
  readonly recentCoverage: Coverage | null;
}
