import { type StatisticsTables, weeksBefore } from '../statistics';
import { decayWeights, weightedCounts } from './counts';
import { warmUp } from './forecast';
import { halfLifeWeeks, learnProcedure, type TrainingCounts } from './learn-procedure';
import type { Calibrations } from './mixture';
import { type Model, type ProcedureModel, procedureOf } from './model';

export interface TrainOptions {
  readonly horizonDays?: number;
  readonly stepDays?: number;
  readonly calibrations?: Calibrations;
}

/**
 * Learns every procedure from the weeks that had ended by `asOf` (ISO date). Procedures with the same bins share what
 * they know of stages with the same code. Pure; does not change `tables`.
 */
export function train(tables: readonly StatisticsTables[], asOf: string, options: TrainOptions = {}): Model {
  const counted = tables.map((one): TrainingCounts => {
    const weeks = weeksBefore(one, asOf);
    return { tables: one, weeks, counts: weightedCounts(one, decayWeights(weeks, halfLifeWeeks(one, weeks))) };
  });
  const procedures: Record<string, ProcedureModel> = {};
  for (const one of counted) {
    const alike = counted.filter((other) => other.tables.bins.join() === one.tables.bins.join());
    procedures[one.tables.procedure] = learnProcedure(one, alike, asOf, options.calibrations?.[one.tables.procedure]);
  }
  const { horizonDays = 730, stepDays = 1 } = options;
  const model: Model = { version: 1, asOf, horizonDays, stepDays, procedures };
  warmUp(model);
  return model;
}

/**
 * Adds the last good model of each `missing` procedure (its newest counts were absent or refused), with its own date. A
 * procedure that is neither trained nor `missing` stays away.
 */
export function withLastGood(model: Model, last: Model | null, missing: readonly string[]): Model {
  const restored = missing.flatMap((name) => {
    const own = last && !Object.hasOwn(model.procedures, name) ? procedureOf(last, name) : undefined;
    return own ? [[name, own] as const] : [];
  });
  return { ...model, procedures: { ...model.procedures, ...Object.fromEntries(restored) } };
}
