import { estimate } from '~/model/estimate/estimate';
import { forecast } from '~/model/estimate/forecast';
import { binOf } from '~/model/estimate/hazard';
import { mixed } from '~/model/estimate/mixture';
import {
  type Estimate,
  type Model,
  type ProcedureModel,
  procedureOf,
  type Reason,
  type StaffSwitch,
  type Trust,
} from '~/model/estimate/model';
import type { WaitingFigures } from '~/model/estimate/public-figures';

/** A case as a visitor without a session can describe it. */
export interface RoughSituation {
  readonly procedure: string;
  /** Null when unknown: only the time since the application counts then. */
  readonly stage: string | null;
  /** Days since the application, a span when only its month is known. */
  readonly leastAge: number;
  readonly mostAge: number;
}

const FEWEST_LIKE_THIS = 10;
/** Sampled times in the stage, each representing the same number of people. */
const SAMPLES_IN_STAGE = 5;

/**
 * The expected wait when the time in the stage is unknown: averaged over the times that people spend there. For a span
 * of ages, the range covers all of it. Rules of trust as in `estimate`.
 * @param waiting people waiting in the procedure by age, if known
 */
export function roughEstimate(
  model: Model,
  situation: RoughSituation,
  waiting: readonly WaitingFigures[] | null,
  staff?: StaffSwitch,
): Estimate {
  const procedure = procedureOf(model, situation.procedure);
  const stage = situation.stage ?? procedure?.stages[0] ?? '';
  const places = procedure ? timesInStage(procedure, situation) : [];
  const inStageDays = Math.min(places[Math.floor(places.length / 2)] ?? 0, situation.leastAge);
  const plain = estimate(
    model,
    { procedure: situation.procedure, stage, inStageDays, ageDays: situation.leastAge },
    staff,
  );
  if (!procedure || (plain.trust === 'none' && !isOnlyOfOnePlace(plain, places, situation))) return plain;
  if (places.length === 0 || (situation.stage === null && isRare(situation.leastAge, waiting)))
    return { ...plain, low: null, median: null, high: null, trust: 'none', reasons: ['few-like-this'] };

  const ranges = sampleAges(situation).map((ageDays) => rangeAt(model, procedure, situation, places, ageDays));
  const [low, high] = [ranges.map((one) => one.low), ranges.map((one) => one.high)];
  const median = ranges[Math.floor(ranges.length / 2)]?.median ?? null;
  const range = {
    low: low.some((days) => days === null) ? null : Math.min(...low.map(Number)),
    median,
    high: high.some((days) => days === null) ? null : Math.max(...high.map(Number)),
  };
  const unrest: Reason[] = staff ? [...procedure.unrest, 'staff'] : [...procedure.unrest];
  const trust: Trust =
    range.median === null ? 'open' : range.high === null ? 'one-sided' : unrest.length > 0 ? 'unsettled' : 'ok';
  return {
    ...plain,
    ...range,
    within90: Math.min(...ranges.map((one) => one.within90)),
    trust,
    reasons: range.high === null ? ['beyond-horizon', ...unrest] : unrest,
  };
}

/** Too few people at one time in the stage are no reason for an average over many, or for the time since the application. */
const isOnlyOfOnePlace = (plain: Estimate, places: readonly number[], { stage }: RoughSituation): boolean =>
  (stage === null || places.length > 1) && plain.reasons.every((reason) => reason === 'few-like-this');

/** The range at one age: the stage clock averaged over `places`, the age clock once. */
function rangeAt(
  model: Model,
  known: ProcedureModel,
  situation: RoughSituation,
  places: readonly number[],
  ageDays: number,
) {
  const { stages } = known;
  const stage = situation.stage ?? stages[0] ?? '';
  const { stageWeight, lowShare, highShare } = known.byStage[stages.indexOf(situation.stage ?? '')] ?? known;
  const ahead = places.flatMap((days) => {
    const inStageDays = Math.min(days, ageDays);
    return forecast(model, { procedure: situation.procedure, stage, inStageDays, ageDays }) ?? [];
  });
  const weight = situation.stage === null ? 0 : stageWeight;
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

const sampleAges = ({ leastAge, mostAge }: RoughSituation): number[] =>
  leastAge === mostAge ? [leastAge] : [leastAge, Math.round((leastAge + mostAge) / 2), mostAge];

/** Times in the stage in days, ascending and at most the age. In the first stage it is the age itself. */
function timesInStage(procedure: ProcedureModel, { stage, mostAge }: RoughSituation): number[] {
  if (stage === null) return [0];
  const index = procedure.stages.indexOf(stage);
  if (index <= 0) return [mostAge];
  const { bins } = procedure;
  const last = binOf(bins, mostAge);
  const people = (procedure.seen[index] ?? []).slice(0, last + 1);
  const total = people.reduce((sum, n) => sum + n, 0);
  if (total < FEWEST_LIKE_THIS) return [];
  const middle = (bin: number) => Math.min(mostAge, ((bins[bin] ?? 0) + (bins[bin + 1] ?? bins[bin] ?? 0)) / 2);
  return Array.from({ length: SAMPLES_IN_STAGE }, (_, place) => {
    let left = (total * (place + 0.5)) / SAMPLES_IN_STAGE;
    const bin = people.findIndex((n) => {
      left -= n;
      return left <= 0;
    });
    return middle(bin < 0 ? last : bin);
  });
}

/** Too few people have waited about this long to say anything. */
function isRare(ageDays: number, waiting: readonly WaitingFigures[] | null): boolean {
  if (waiting === null) return false;
  const alike = waiting.filter(({ toDays }) => toDays === null || toDays > 0.75 * ageDays);
  return alike.reduce((sum, { people }) => sum + people, 0) < FEWEST_LIKE_THIS;
}

/** First whole day on which a rising chance reaches `share`; null beyond the horizon. */
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
