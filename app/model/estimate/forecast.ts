import { binOf, cumulativeHazard, type HazardCurve, hazardCurve } from './hazard';
import { mixed } from './mixture';
import { type Model, type ProcedureModel, procedureOf, type Situation } from './model';
import { decidedWithin, flowFrom, type StageClock, stageClock } from './stage-clock';

/** Distribution of one case's remaining wait, in days from now up to the model's horizon. */
export interface Forecast {
  /** Chance of a decision within `days`; constant beyond the horizon. */
  within(days: number): number;
  /** The same by each clock alone. */
  byStage(days: number): number;
  byAge(days: number): number;
  /** Days after which the chance reaches `share`, unrounded; null beyond the horizon. */
  quantile(share: number): number | null;
  /** Ends of the range that holds 8 of 10, as quantiles. */
  low(): number | null;
  high(): number | null;
}

interface Clocks {
  readonly stage: StageClock;
  readonly age: HazardCurve;
}

/** Costly to derive, so cached as long as the procedure's model lives. */
const clocksOf = new WeakMap<ProcedureModel, Clocks>();

/** Fills the cache, so that the first estimate is as fast as the next. */
export function warmUp(model: Model): void {
  for (const procedure of Object.values(model.procedures)) clocks(model, procedure);
}

/** The forecast of a case by both clocks; null for an unknown procedure or stage. */
export function forecast(model: Model, situation: Situation): Forecast | null {
  const procedure = procedureOf(model, situation.procedure);
  const stage = procedure?.stages.indexOf(situation.stage) ?? -1;
  if (!procedure || stage < 0) return null;
  const { stage: stageClock, age } = clocks(model, procedure);
  const flow = flowFrom(stageClock, stage, Math.max(0, situation.inStageDays));
  const ageDays = Math.max(0, situation.ageDays);
  const waited = cumulativeHazard(age, ageDays);
  const { stageWeight: weight, lowShare, highShare } = procedure.byStage[stage] ?? procedure;
  const slow = (procedure.agePace[binOf(procedure.bins, ageDays)] ?? 1) ** procedure.queueTrust;

  const known = new Float64Array(stageClock.steps + 1).fill(Number.NaN);
  const stageAt = (n: number): number => {
    if (n <= 0) return 0;
    const cached = known[n] ?? Number.NaN;
    if (!Number.isNaN(cached)) return cached;
    const chance = decidedWithin(stageClock, flow, n);
    known[n] = chance;
    return chance;
  };
  const steps = (days: number): number => Math.min(stageClock.steps, Math.max(0, days / model.stepDays));
  const byStage = (days: number): number => {
    const at = steps(days);
    const n = Math.floor(at);
    const low = stageAt(n);
    return at === n ? low : low + (at - n) * (stageAt(n + 1) - low);
  };
  const byAge = (days: number): number =>
    -Math.expm1(waited - cumulativeHazard(age, ageDays + (steps(days) * model.stepDays) / slow));
  const within = (days: number): number => mixed(weight, byStage(days), byAge(days));
  const quantile = (share: number) => firstReached(within, share, stageClock.steps, model.stepDays);
  return {
    within,
    byStage,
    byAge,
    quantile,
    low: () => quantile(lowShare),
    high: () => quantile(1 - highShare),
  };
}

/** First moment at which a rising chance reaches `share`, interpolated between steps of the grid. */
function firstReached(within: (days: number) => number, share: number, steps: number, stepDays: number): number | null {
  if (within(steps * stepDays) < share) return null;
  let low = 0;
  let high = steps;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (within(middle * stepDays) < share) low = middle;
    else high = middle;
  }
  const before = within(low * stepDays);
  const after = within(high * stepDays);
  const part = after > before ? Math.max(0, (share - before) / (after - before)) : 0;
  return (low + part) * stepDays;
}

function clocks(model: Model, procedure: ProcedureModel): Clocks {
  const cached = clocksOf.get(procedure);
  if (cached) return cached;
  const made = {
    stage: stageClock(procedure, model.horizonDays, model.stepDays),
    age: hazardCurve(procedure.bins, procedure.ageHazard),
  };
  clocksOf.set(procedure, made);
  return made;
}
