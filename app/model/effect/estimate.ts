import { contrastOf, meanOf, weightsOf } from './contrast';
import { countRollouts, type Design, drawRollout, exposureOf, LEAST_ROLLOUTS } from './design';
import { type Cells, sumOf } from './two-way';

/** The procedures of a wedge that are needed before chance alone is ruled out. */
const LEAST_PROCEDURES = 5;
export const LEAST_WEEKS_BEFORE = 8;
/** Contacts a week and procedure. The logarithm of smaller counts jumps too much. */
const LEAST_CONTACTS = 20;
/** Results that chance brings this often are no claim, and intervals leave out this much. */
const LEVEL = 0.05;
/** Effects that are tried: steps of the logarithm, and how far from the middle. */
const STEP = 0.001;
const WIDEST = 0.7;

export type Refusal = 'few-procedures' | 'few-rollouts' | 'few-weeks' | 'few-contacts' | 'too-noisy';

export interface Ends {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface EffectEstimate {
  /** Lasting change of contacts: −0.05 is five percent fewer. */
  readonly change: Ends;
  /** Contacts avoided in the weeks that were not left out; negative where there were more. */
  readonly avoided: Ends;
  /** Contacts more in the first weeks with the feature, which are left out. Negative where there were fewer. */
  readonly firstWeeks: number;
  /** Avoided in all weeks, what the first weeks brought taken off. */
  readonly net: Ends;
  /** Probability of a result at least as far from none, had the draw of the rollout been the only cause. */
  readonly chance: number;
  readonly isClaim: boolean;
}

/**
 * What a feature did to contacts, judged by the draw itself: the rollouts that could have been drawn show how far from none a
 * result comes by chance. That needs no assumption about how contacts vary from week to week. Effects of procedures and of weeks
 * (holidays, full lines, which make people call again) are taken out first.
 *
 * @param contacts by procedure and week, in the order of the design
 * @param misplaced part of contacts that may be noted under another procedure, or come in under another one instead
 */
export function estimateEffect(
  contacts: Cells,
  design: Design,
  { seed, misplaced, draws = 999 }: { readonly seed: string; readonly misplaced: number; readonly draws?: number },
): EffectEstimate | Refusal {
  const refusal = refusalOf(contacts, design);
  if (refusal) return refusal;
  const weights = weightsOf(contacts, design.weeksBefore);
  const logs = contacts.map((row) => row.map((count) => Math.log(count + 0.5)));
  const real = contrastOf(exposureOf(drawRollout(design, seed), design.washout), weights);
  const exposed = real.exposure.map((row) => row.map((cell) => cell ?? 0));
  const level = real.withoutFirstWeeks(logs, logs);
  const slope = real.withoutFirstWeeks(exposed, logs);
  const middle = real.effectIn(logs);
  const untreated = level.map((row, p) => row.map((value, t) => value - middle * (slope[p]?.[t] ?? 0)));
  const drawn = Array.from({ length: draws }, (_, at) => {
    const other = contrastOf(exposureOf(drawRollout(design, `${seed}/${at}`), design.washout), weights);
    return { level: other.effectIn(level), slope: other.effectIn(slope), first: other.firstWeeksIn(untreated) };
  });
  /** How often chance brings a result as far from this effect as the real one. */
  const chanceOf = (effect: number): number => {
    const far = Math.abs(middle - effect) - 1e-12;
    return (1 + drawn.filter((one) => Math.abs(one.level - one.slope * effect) >= far).length) / (draws + 1);
  };
  const endOf = (direction: 1 | -1): number | null => {
    for (let step = 1; step * STEP < WIDEST; step += 1) {
      const effect = middle + direction * step * STEP;
      if (chanceOf(effect) <= LEVEL) return effect;
    }
    return null;
  };
  const [low, high] = [endOf(-1), endOf(1)];
  if (low === null || high === null) return 'too-noisy';
  const seen = (cell: 1 | null) => sumOf(contacts, (count, p, t) => (real.exposure[p]?.[t] === cell ? count : 0));
  const avoidedAt = (effect: number) => seen(1) * Math.expm1(-effect);
  const first = real.firstWeeksIn(logs);
  const margin = quantile(
    drawn.map((one) => Math.abs(one.first)),
    1 - LEVEL,
  );
  const moreAt = (effect: number) => -seen(null) * Math.expm1(-effect);
  const more = widened({ low: moreAt(first - margin), middle: moreAt(first), high: moreAt(first + margin) }, misplaced);
  const avoided = widened({ low: avoidedAt(high), middle: avoidedAt(middle), high: avoidedAt(low) }, misplaced);
  const chance = chanceOf(0);
  return {
    change: { low: Math.expm1(low), middle: Math.expm1(middle), high: Math.expm1(high) },
    avoided,
    firstWeeks: more.middle,
    // Worst with worst and best with best: wider than needed, and never too narrow.
    net: {
      low: avoided.low - more.high,
      middle: avoided.middle - more.middle,
      high: avoided.high - more.low,
    },
    chance,
    isClaim: chance <= LEVEL,
  };
}

/** Why the data or the design allow no estimate; null where they do. */
export function refusalOf(contacts: Cells, design: Design): Refusal | null {
  if (design.procedures.length < LEAST_PROCEDURES) return 'few-procedures';
  if (countRollouts(design) < LEAST_ROLLOUTS) return 'few-rollouts';
  const weeks = design.weeksBefore + design.weeks;
  if (design.weeksBefore < LEAST_WEEKS_BEFORE || contacts.some((row) => row.length < weeks)) return 'few-weeks';
  return contacts.some((row) => meanOf(row.slice(0, design.weeksBefore)) < LEAST_CONTACTS) ? 'few-contacts' : null;
}

/**
 * Where a part of the contacts is noted under another procedure, the procedures differ less than they should: there may be more
 * avoided. Where avoided contacts come in elsewhere instead, there are fewer. An interval has to hold in both cases.
 */
const widened = ({ low, middle, high }: Ends, misplaced: number): Ends => ({
  low: low > 0 ? low * (1 - misplaced) : low / (1 - misplaced),
  middle,
  high: high > 0 ? high / (1 - misplaced) : high * (1 - misplaced),
});

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(part * values.length) - 1] ?? 0;
