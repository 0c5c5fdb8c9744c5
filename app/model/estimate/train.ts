import { type StatisticsTables, weeksBefore } from '../statistics';
import { forgetting, weightedCounts } from './counts';
import { warmUp } from './forecast';
import { halfLife, type Learned, learnProcedure } from './learn-procedure';
import type { Lessons } from './mixture';
import { type Model, type ProcedureModel, procedureOf } from './model';

export interface TrainOptions {
  readonly horizonDays?: number;
  readonly stepDays?: number;
  readonly lessons?: Lessons;
}

/**
 * Learns the two clocks of every procedure from counts of the weeks that had ended by `asOf` (ISO date). Procedures
 * lend each other what they know of stages with the same code and bins. Pure; does not change `tables`.
 */
export function train(tables: readonly StatisticsTables[], asOf: string, options: TrainOptions = {}): Model {
  const learned = tables.map((one): Learned => {
    const weeks = weeksBefore(one, asOf);
    return { tables: one, weeks, counts: weightedCounts(one, forgetting(weeks, halfLife(one, weeks))) };
  });
  const procedures: Record<string, ProcedureModel> = {};
  for (const one of learned) {
    const alike = learned.filter((other) => other.tables.bins.join() === one.tables.bins.join());
    procedures[one.tables.procedure] = learnProcedure(one, alike, asOf, options.lessons?.[one.tables.procedure]);
  }
  const { horizonDays = 730, stepDays = 1 } = options;
  const model: Model = { version: 1, asOf, horizonDays, stepDays, procedures };
  warmUp(model);
  return model;
}

/**
 * A newly trained model in which procedures whose newest counts were missing or refused keep what was last learned of
 * them, with its own date. Procedures that are not `missing` are never brought back.
 */
export function withLastGood(model: Model, last: Model | null, missing: readonly string[]): Model {
  const kept = missing.flatMap((name) => {
    const own = last && !Object.hasOwn(model.procedures, name) ? procedureOf(last, name) : undefined;
    return own ? [[name, own] as const] : [];
  });
  return { ...model, procedures: { ...model.procedures, ...Object.fromEntries(kept) } };
}
