import { contrastOf, weightsOf } from './contrast';
import { countRollouts, type Design, drawRollout, exposureOf, LEAST_ROLLOUTS } from './design';
import { LEAST_WEEKS_BEFORE, type Refusal, refusalOf } from './estimate';
import type { Cells } from './two-way';

const WEEKS_BEFORE = [24, 16, 12, LEAST_WEEKS_BEFORE];
const STEPS = [2, 3, 4];
const TRIALS = 60;
/** Standard deviations between no effect and one that is found in 80 % of experiments, at a level of 5 %. */
const FOUND = 2.8;

export interface ChosenDesign {
  readonly design: Design;
  /** Smallest change that the design finds in four of five experiments: 0.04 is four percent. */
  readonly finds: number;
}

/**
 * The design that tells most. Each one is tried on the weeks that were already counted, in which nothing was switched: how far
 * its result lies from none there is its error.
 *
 * @param history contacts by procedure and week, at least as many weeks as the experiment and eight before it
 */
export function chooseDesign(
  history: Cells,
  wish: Pick<Design, 'kind' | 'procedures' | 'weeks' | 'washout'>,
  seed: string,
): ChosenDesign | Refusal {
  const counted = Math.min(...history.map((row) => row.length));
  // The more weeks are counted before, the less does a chance in them matter.
  const weeksBefore = WEEKS_BEFORE.find((before) => before + wish.weeks <= counted) ?? LEAST_WEEKS_BEFORE;
  const candidates = STEPS.map(
    (step): Design => ({ ...wish, weeksBefore, steps: wish.kind === 'wedge' ? step : wish.washout + step - 1 }),
  ).filter(
    (design) =>
      weeksBefore + design.weeks <= counted &&
      countRollouts(design) >= LEAST_ROLLOUTS &&
      (design.kind === 'wedge' || design.weeks % (2 * design.steps) === 0),
  );
  const tried = candidates.map((design) => ({ design, finds: FOUND * errorOf(history, design, seed) }));
  const [best] = tried.sort((a, b) => a.finds - b.finds);
  if (best) return refusalOf(lastWeeks(history, best.design), best.design) ?? best;
  const least: Design = { ...wish, weeksBefore, steps: 2 };
  return refusalOf(lastWeeks(history, least), least) ?? 'few-weeks';
}

function errorOf(history: Cells, design: Design, seed: string): number {
  const contacts = lastWeeks(history, design);
  const weights = weightsOf(contacts, design.weeksBefore);
  const logs = contacts.map((row) => row.map((count) => Math.log(count + 0.5)));
  const squares = Array.from({ length: TRIALS }, (_, at) => {
    const exposure = exposureOf(drawRollout(design, `${seed}/trial/${at}`), design.washout);
    return contrastOf(exposure, weights).effectIn(logs) ** 2;
  });
  return Math.sqrt(squares.reduce((all, each) => all + each, 0) / TRIALS);
}

const lastWeeks = (history: Cells, { weeksBefore, weeks }: Design): Cells =>
  history.map((row) => row.slice(-(weeksBefore + weeks)));
