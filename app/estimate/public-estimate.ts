import { estimate } from '~/model/estimate/estimate';
import { forecast } from '~/model/estimate/forecast';
import { binOf } from '~/model/estimate/hazard';
import { mixed } from '~/model/estimate/mixture';
import {
  type Estimate,
  type Model,
  type ProcedureModel,
  procedureOf,
  type StaffSwitch,
  type Trust,
} from '~/model/estimate/model';
import type { WaitingFigures } from '~/model/estimate/public-figures';

/** A case of which only a little is known, as somebody who is not signed in describes it. */
export interface LooseSituation {
  readonly procedure: string;
  /** Null where it is not known: then only the time since the application is looked at. */
  readonly stage: string | null;
  /** Days since the application: at least and at most so many, where only its month is known. */
  readonly leastAge: number;
  readonly mostAge: number;
}

const FEWEST_LIKE_THIS = 10;
/** Lengths of time in the stage that stand for all that are possible, each for as many people. */
const PLACES_IN_STAGE = 5;

/**
 * The expected wait of somebody whose time in the stage is not known: over all times that people spend there, weighed by
 * how many do. Where the age is a span, the range holds for all of it. Rules of trust as in `estimate`.
 * @param waiting who waits in the procedure by age, if it is known
 */
export function looseEstimate(
  model: Model,
  asked: LooseSituation,
  waiting: readonly WaitingFigures[] | null,
  staff?: StaffSwitch,
): Estimate {
  const procedure = procedureOf(model, asked.procedure);
  const stage = asked.stage ?? procedure?.stages[0] ?? '';
  const places = procedure ? placesIn(procedure, asked) : [];
  const inStageDays = Math.min(places[Math.floor(places.length / 2)] ?? 0, asked.leastAge);
  const plain = estimate(model, { procedure: asked.procedure, stage, inStageDays, ageDays: asked.leastAge }, staff);
  if (!procedure || plain.trust === 'none') return plain;
  if (places.length === 0 || (asked.stage === null && isRare(asked.leastAge, waiting)))
    return { ...plain, low: null, median: null, high: null, trust: 'none', reasons: ['few-like-this'] };

  const told = agesOf(asked).map((ageDays) => rangeAt(model, procedure, asked, places, ageDays));
  const [low, high] = [told.map((one) => one.low), told.map((one) => one.high)];
  const median = told[Math.floor(told.length / 2)]?.median ?? null;
  const range = {
    low: low.some((days) => days === null) ? null : Math.min(...low.map(Number)),
    median,
    high: high.some((days) => days === null) ? null : Math.max(...high.map(Number)),
  };
  const unrest = plain.reasons.filter((reason) => reason !== 'beyond-horizon');
  const trust: Trust =
    range.median === null ? 'open' : range.high === null ? 'one-sided' : unrest.length > 0 ? 'unsettled' : 'ok';
  return {
    ...plain,
    ...range,
    within90: Math.min(...told.map((one) => one.within90)),
    trust,
    reasons: range.high === null ? ['beyond-horizon', ...unrest] : unrest,
  };
}

/** The range for one age: the stage's clock over all places in the stage, the age's clock once. */
function rangeAt(
  model: Model,
  known: ProcedureModel,
  asked: LooseSituation,
  places: readonly number[],
  ageDays: number,
) {
  const { stages } = known;
  const stage = asked.stage ?? stages[0] ?? '';
  const { stageWeight, lowShare, highShare } = known.byStage[stages.indexOf(asked.stage ?? '')] ?? known;
  const ahead = places.flatMap((days) => {
    const inStageDays = Math.min(days, ageDays);
    return forecast(model, { procedure: asked.procedure, stage, inStageDays, ageDays }) ?? [];
  });
  const weight = asked.stage === null ? 0 : stageWeight;
  const byStage = (days: number) => ahead.reduce((sum, one) => sum + one.byStage(days), 0) / ahead.length;
  const byAge = (days: number) => ahead[0]?.byAge(days) ?? 0;
  const within = (days: number) => mixed(weight, weight > 0 ? byStage(days) : 0, byAge(days));
  const first = (share: number) => firstDay(within, share, model.horizonDays);
  const start = first(lowShare);
  return {
    low: start === null ? null : Math.max(0, start - 1),
    median: first(0.5),
    high: first(1 - highShare),
    within90: within(90),
  };
}

const agesOf = ({ leastAge, mostAge }: LooseSituation): number[] =>
  leastAge === mostAge ? [leastAge] : [leastAge, Math.round((leastAge + mostAge) / 2), mostAge];

/** Times in the stage, ascending; each counts up to the age. Whoever is in the first stage is there since he applied. */
function placesIn(procedure: ProcedureModel, { stage, mostAge }: LooseSituation): number[] {
  if (stage === null) return [0];
  const index = procedure.stages.indexOf(stage);
  if (index <= 0) return [mostAge];
  const { bins } = procedure;
  const last = binOf(bins, mostAge);
  const people = (procedure.seen[index] ?? []).slice(0, last + 1);
  const total = people.reduce((sum, n) => sum + n, 0);
  if (total < FEWEST_LIKE_THIS) return [];
  const middle = (bin: number) => Math.min(mostAge, ((bins[bin] ?? 0) + (bins[bin + 1] ?? bins[bin] ?? 0)) / 2);
  return Array.from({ length: PLACES_IN_STAGE }, (_, place) => {
    let left = (total * (place + 0.5)) / PLACES_IN_STAGE;
    const bin = people.findIndex((n) => {
      left -= n;
      return left <= 0;
    });
    return middle(bin < 0 ? last : bin);
  });
}

/** Hardly anybody has waited so long, or nearly so long: what is known of others says nothing of him. */
function isRare(ageDays: number, waiting: readonly WaitingFigures[] | null): boolean {
  if (waiting === null) return false;
  const alike = waiting.filter(({ toDays }) => toDays === null || toDays > 0.75 * ageDays);
  return alike.reduce((sum, { people }) => sum + people, 0) < FEWEST_LIKE_THIS;
}

/** The first whole day by which a rising chance has reached `share`; null where that is beyond the horizon. */
function firstDay(within: (days: number) => number, share: number, horizonDays: number): number | null {
  if (within(horizonDays) < share) return null;
  let [before, reached] = [-1, horizonDays];
  while (reached - before > 1) {
    const middle = (before + reached) >> 1;
    if (within(middle) < share) before = middle;
    else reached = middle;
  }
  return reached;
}
