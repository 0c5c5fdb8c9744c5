import { forecast } from './forecast';
import { binOf } from './hazard';
import {
  type Estimate,
  type Model,
  type ProcedureModel,
  procedureOf,
  type Reason,
  type Situation,
  type StaffSwitch,
  type Trust,
} from './model';

const FEWEST_DECISIONS = 50;
const FEWEST_LIKE_THIS = 10;
const WORST_COVERAGE = 0.65;

/**
 * The expected wait of one case: the range that holds 8 of 10 like it, or the part of it that the counts support. Days
 * are counted from the day of the situation. Rounding never narrows the range.
 */
export function estimate(model: Model, situation: Situation, staff?: StaffSwitch): Estimate {
  const procedure = procedureOf(model, situation.procedure);
  const ahead = forecast(model, situation);
  const facts = {
    horizonDays: model.horizonDays,
    asOf: procedure?.asOf ?? model.asOf,
    decisionsBehind: Math.round(procedure?.decisionsBehind ?? 0),
    coverage: procedure?.coverage ?? null,
  };
  const noRange = { low: null, median: null, high: null, ...facts };
  if (!procedure || !ahead) {
    const reason: Reason = procedure ? 'unknown-stage' : 'unknown-procedure';
    return { ...noRange, within90: 0, trust: 'none', reasons: [reason] };
  }
  const within90 = ahead.within(90);
  const withheld = reasonsToWithhold(procedure, situation, staff);
  if (withheld.length > 0) return { ...noRange, within90, trust: 'none', reasons: withheld };

  const low = ahead.low();
  const median = ahead.quantile(0.5);
  const high = ahead.high();
  const unrest: Reason[] = staff ? [...procedure.unrest, 'staff'] : [...procedure.unrest];
  const open: Reason[] = high === null ? ['beyond-horizon'] : [];
  const trust: Trust = median === null ? 'open' : high === null ? 'one-sided' : unrest.length > 0 ? 'unsettled' : 'ok';
  return {
    ...facts,
    low: low === null ? null : Math.floor(low),
    median: median === null ? null : Math.round(median),
    high: high === null ? null : Math.ceil(high),
    within90,
    trust,
    reasons: [...open, ...unrest],
  };
}

/** Reasons to show no range at all. */
function reasonsToWithhold(procedure: ProcedureModel, situation: Situation, staff: StaffSwitch | undefined): Reason[] {
  const reasons: Reason[] = [];
  const stage = procedure.stages.indexOf(situation.stage);
  const seen = procedure.seen[stage]?.[binOf(procedure.bins, situation.inStageDays)] ?? 0;
  if (procedure.decisionsBehind < FEWEST_DECISIONS) reasons.push('few-decisions');
  if (seen < FEWEST_LIKE_THIS) reasons.push('few-like-this');
  if (procedure.recentCoverage && procedure.recentCoverage.share < WORST_COVERAGE) reasons.push('track-record');
  if (staff?.trust === 'none') reasons.push('staff');
  return reasons;
}
