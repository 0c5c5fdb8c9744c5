import { drawOrder, randomFrom } from '../draw';

/** What an experiment fixes before it begins. Weeks are counted from the first week of the panel. */
export interface Design {
  /**
   * `wedge`: procedures get the feature one group after another and keep it. `switch-back`: each procedure has it on and off
   * in turn, for features whose effect ends with them.
   */
  readonly kind: 'wedge' | 'switch-back';
  readonly procedures: readonly string[];
  /** Weeks counted before the experiment, all without the feature. */
  readonly weeksBefore: number;
  readonly weeks: number;
  /** Wedge: number of groups. The last one gets the feature when the experiment is over. Switch-back: weeks of a block. */
  readonly steps: number;
  /** Weeks left out after each switch, for the surge of first use and for what is carried over. */
  readonly washout: number;
}

/** For each procedure and week, whether the feature is on. */
export type Rollout = readonly (readonly boolean[])[];

/** The rollout that a seed draws. The same design and seed give the same rollout. */
export const drawRollout = (design: Design, seed: string): Rollout =>
  design.kind === 'wedge' ? drawWedge(design, seed) : drawSwitchBack(design, seed);

function drawWedge({ procedures, weeksBefore, weeks, steps }: Design, seed: string): Rollout {
  const order = drawOrder(procedures, seed);
  return procedures.map((procedure) => {
    const group = Math.floor((order.indexOf(procedure) * steps) / procedures.length);
    const start = weeksBefore + startOf(group, steps, weeks);
    return Array.from({ length: weeksBefore + weeks }, (_, week) => week >= start);
  });
}

/** Weeks after the experiment's begin. The last group starts at its end. */
const startOf = (group: number, steps: number, weeks: number): number => Math.round((group * weeks) / (steps - 1));

/** Of two blocks one after the other, chance says which has the feature, so that both have the same part of any trend. */
function drawSwitchBack({ procedures, weeksBefore, weeks, steps }: Design, seed: string): Rollout {
  const random = randomFrom(seed);
  return procedures.map(() => {
    const first = Array.from({ length: Math.ceil(weeks / (2 * steps)) }, () => random() < 0.5);
    return Array.from({ length: weeksBefore + weeks }, (_, at) => {
      const block = Math.floor((at - weeksBefore) / steps);
      return at >= weeksBefore && (block % 2 === 0) === first[Math.floor(block / 2)];
    });
  });
}

/** With fewer rollouts to choose from, chance alone explains any result. */
export const LEAST_ROLLOUTS = 60;

/** How many rollouts the seed chooses from, up to a million. */
export function countRollouts({ kind, procedures, weeks, steps }: Design): number {
  if (kind === 'switch-back') return Math.min(1e6, 2 ** (procedures.length * Math.ceil(weeks / (2 * steps))));
  const sizes = new Array<number>(steps).fill(0);
  for (let at = 0; at < procedures.length; at += 1) {
    const group = Math.floor((at * steps) / procedures.length);
    sizes[group] = (sizes[group] ?? 0) + 1;
  }
  const ways = factorial(procedures.length) / sizes.reduce((all, size) => all * factorial(size), 1);
  return Math.min(1e6, ways);
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** A cell of the panel: 1 with the feature, 0 without, null left out. */
export type Exposure = readonly (readonly (0 | 1 | null)[])[];

export const exposureOf = (rollout: Rollout, washout: number): Exposure =>
  rollout.map((on) => {
    let since = Number.POSITIVE_INFINITY;
    return on.map((isOn, week) => {
      since = week > 0 && on[week - 1] !== isOn ? 0 : since + 1;
      return since < washout ? null : isOn ? 1 : 0;
    });
  });
