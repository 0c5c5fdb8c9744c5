import { binOf, cumulativeHazard, type HazardCurve, hazardCurve } from './hazard';
import type { ProcedureModel } from './model';

/**
 * The clock "time in this stage", a semi-Markov chain: a case leaves its stage by the stage's hazard, to the decision
 * or to another stage where it starts anew. Time ahead is a grid of `steps` steps of `stepDays`.
 */
export interface StageClock {
  readonly steps: number;
  readonly stepDays: number;
  readonly curves: readonly HazardCurve[];
  /** [stage]: chance of a decision within n + ½ steps after entering the stage, n from 0 to steps − 1. */
  readonly afterEntry: readonly Float64Array[];
  readonly destinations: ProcedureModel['destinations'];
  /** [stage][bin at the start of the forecast]: by how much time in that stage is stretched. */
  readonly pace: readonly (readonly number[])[];
}

/** Flows of one situation by step: decided (cumulative), and leaving for each other stage. */
export interface Flow {
  readonly decided: Float64Array;
  readonly towards: readonly { readonly stage: number; readonly leaving: Float64Array }[];
}

/** Destinations with a smaller share are dropped; the decision gets their share. */
const NEGLIGIBLE = 0.002;

export function stageClock(model: ProcedureModel, horizonDays: number, stepDays: number): StageClock {
  const steps = Math.round(horizonDays / stepDays);
  const curves = model.stageHazard.map((hazard) => hazardCurve(model.bins, hazard));
  const clock: StageClock = {
    steps,
    stepDays,
    curves,
    afterEntry: curves.map(() => new Float64Array(steps)),
    destinations: model.destinations,
    pace: model.stagePace.map((bins) => bins.map((pace) => pace ** model.queueTrust)),
  };
  const flows = curves.map((_, stage) => flowFrom(clock, stage, 0));
  const now = new Float64Array(curves.length);
  for (let n = 1; n <= steps; n++) {
    const before = now.slice();
    const settled = flows.map((flow) => (flow.decided[n] ?? 0) + decidedViaOtherStages(clock, flow, n, 2));
    // A case may pass several stages within one step, so the newest half step depends on itself. A few rounds converge.
    for (let round = 0; round < 4; round++) {
      flows.forEach((flow, stage) => {
        let sum = settled[stage] ?? 0;
        for (const { stage: to, leaving } of flow.towards) {
          sum += (leaving[1] ?? 0) * 0.5 * ((before[to] ?? 0) + (now[to] ?? 0));
        }
        now[stage] = Math.min(1, sum);
      });
    }
    clock.afterEntry.forEach((curve, stage) => {
      curve[n - 1] = 0.5 * ((before[stage] ?? 0) + (now[stage] ?? 0));
    });
  }
  return clock;
}

/** Flows out of `stage` for a case that has been in it for `inStageDays`. */
export function flowFrom(clock: StageClock, stage: number, inStageDays: number): Flow {
  const { steps, stepDays } = clock;
  const curve = clock.curves[stage] ?? hazardCurve([0], [0]);
  const shares = clock.destinations[stage] ?? [];
  const used = usedDestinations(shares);
  const decided = new Float64Array(steps + 1);
  const towards = used.map((to) => ({ stage: to, leaving: new Float64Array(steps + 1) }));
  const start = cumulativeHazard(curve, inStageDays);
  let staying = 1;
  const slow = clock.pace[stage]?.[binOf(curve.bins, inStageDays)] ?? 1;
  for (let k = 1; k <= steps; k++) {
    const still = Math.exp(start - cumulativeHazard(curve, inStageDays + (k * stepDays) / slow));
    const share = shares[binOf(curve.bins, inStageDays + ((k - 0.5) * stepDays) / slow)] ?? [];
    const leaving = staying - still;
    let elsewhere = 0;
    for (const { stage: to, leaving: flow } of towards) {
      const part = leaving * (share[to + 1] ?? 0);
      flow[k] = part;
      elsewhere += part;
    }
    decided[k] = (decided[k - 1] ?? 0) + leaving - elsewhere;
    staying = still;
  }
  return { decided, towards };
}

/** Chance of a decision within `n` whole steps. */
export function decidedWithin(clock: StageClock, flow: Flow, n: number): number {
  return Math.min(1, (flow.decided[n] ?? 0) + decidedViaOtherStages(clock, flow, n, 1));
}

/** Chance of a decision by way of another stage, for cases that leave in step `from` or later. */
function decidedViaOtherStages(clock: StageClock, flow: Flow, n: number, from: number): number {
  let sum = 0;
  for (const { stage, leaving } of flow.towards) {
    const after = clock.afterEntry[stage];
    if (!after) continue;
    for (let k = from; k <= n; k++) sum += (leaving[k] ?? 0) * (after[n - k] ?? 0);
  }
  return sum;
}

function usedDestinations(shares: readonly (readonly number[])[]): number[] {
  const stages = Array.from({ length: (shares[0]?.length ?? 1) - 1 }, (_, stage) => stage);
  return stages.filter((stage) => shares.some((share) => (share[stage + 1] ?? 0) > NEGLIGIBLE));
}
