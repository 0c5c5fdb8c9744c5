import { type Random, random } from '../statistics/random';

/** A simulated agency in which it is known how many people call because of a feature, or do not. */
export interface SimulatedAgency {
  /** People a week who want to ask something, all procedures together. */
  readonly contacts: number;
  /** Lasting effect on the wish to call: −0.05 is five percent fewer. */
  readonly effect: number;
  /** How much the effect differs between procedures, as a part of it. */
  readonly effectSpread: number;
  /** How much more people call in their first week with the feature: 0.88 to 2.37 in one cohort, drawn per procedure. */
  readonly surge: readonly [number, number];
  /** Part of the people of a procedure who come to use the feature at all, and part of those who begin each week. */
  readonly users: number;
  readonly beginEachWeek: number;
  /** Part of callers who are noted under another procedure. */
  readonly otherReason: number;
  /** Part of the calls that were avoided and come in under another procedure instead. */
  readonly displaced: number;
  /** Calls that the lines can take in a week, as a part of the usual ones. */
  readonly lines: number;
  /** Part of unanswered callers who try again the same week. */
  readonly redial: number;
  /** Standard deviations of the logarithms: shocks of a week, of a procedure in a week (half of it lasts to the next), of a
   * procedure's weekly drift. */
  readonly weekShock: number;
  readonly procedureShock: number;
  readonly drift: number;
}

export const USUAL: SimulatedAgency = {
  contacts: 10_000,
  effect: -0.05,
  effectSpread: 0.3,
  surge: [0.88, 2.37],
  users: 0.3,
  beginEachWeek: 0.5,
  otherReason: 0.05,
  displaced: 0.05,
  lines: 1,
  redial: 0.6,
  weekShock: 0.06,
  procedureShock: 0.02,
  drift: 0.003,
};

export interface SimulatedCounts {
  /** Calls that were answered and noted, by procedure and week. */
  readonly contacts: number[][];
  /** Expected contacts fewer (negative: more) because of the feature, by procedure and week, at the lines' state of that week. */
  readonly avoided: number[][];
}

/** @param rollout for each procedure and week whether the feature is on */
export function simulateCounts(
  agency: SimulatedAgency,
  rollout: readonly (readonly boolean[])[],
  seed: number,
): SimulatedCounts {
  const chance = random(seed);
  const weeks = rollout[0]?.length ?? 0;
  const sizes = rollout.map(() => chance.around(1, 0.5));
  const allSizes = sizes.reduce((all, size) => all + size, 0);
  const weekly = Array.from({ length: weeks }, () => agency.weekShock * chance.normal());
  const wished = rollout.map((on, p) =>
    wishes(agency, on, (agency.contacts * (sizes[p] ?? 0)) / allSizes, weekly, chance),
  );
  const redial = rollout.map(() => agency.redial * (0.9 + 0.2 * chance.next()));
  const contacts = rollout.map(() => new Array<number>(weeks).fill(0));
  const reached: number[] = [];
  for (let t = 0; t < weeks; t += 1) {
    const real = wished.map(({ withFeature }) => withFeature[t] ?? 0);
    const all = real.reduce((sum, one) => sum + one, 0);
    // A caller tries again while the lines are full: the share that is answered falls with the attempts that this makes.
    let answered = 1;
    for (let round = 0; round < 40; round += 1)
      answered = Math.min(1, (agency.lines * agency.contacts) / (all * attempts(answered, agency.redial)));
    reached.push(answered * attempts(answered, agency.redial));
    const moved = wished.reduce((sum, { avoided }) => sum + agency.displaced * Math.max(0, avoided[t] ?? 0), 0);
    const elsewhere = agency.otherReason * all + moved;
    for (const [p, row] of contacts.entries()) {
      const own = (real[p] ?? 0) * (1 - agency.otherReason) + (elsewhere * (sizes[p] ?? 0)) / allSizes;
      row[t] = noted(own, answered, attempts(answered, redial[p] ?? 0), chance);
    }
  }
  return {
    contacts,
    avoided: wished.map(({ avoided }) =>
      avoided.map((one, t) => (one - agency.displaced * Math.max(0, one)) * (reached[t] ?? 1)),
    ),
  };
}

function wishes(
  agency: SimulatedAgency,
  on: readonly boolean[],
  usual: number,
  weekly: readonly number[],
  chance: Random,
) {
  const effect = agency.effect * (1 + agency.effectSpread * chance.normal());
  const surge = agency.surge[0] + (agency.surge[1] - agency.surge[0]) * chance.next();
  let [drift, shock, begun] = [0, agency.procedureShock * chance.normal(), 0];
  const withFeature: number[] = [];
  const avoided: number[] = [];
  on.forEach((isOn, week) => {
    drift += agency.drift * chance.normal();
    shock = 0.5 * shock + Math.sqrt(0.75) * agency.procedureShock * chance.normal();
    const without = usual * Math.exp((weekly[week] ?? 0) + drift + shock);
    const first = isOn ? (agency.users - begun) * agency.beginEachWeek : 0;
    begun += first;
    // The effect grows with those who know the feature, and fades over two weeks where it is switched off.
    if (!isOn) begun *= 0.3;
    const factor = (1 + effect * (agency.users > 0 ? begun / agency.users : Number(isOn))) * (1 + first * surge);
    withFeature.push(without * factor);
    avoided.push(without * (1 - factor));
  });
  return { withFeature, avoided };
}

const attempts = (answered: number, redial: number): number => 1 / (1 - redial * (1 - answered));

/** Answered calls of people who each try so often: the more tries, the more they come in bunches. */
function noted(people: number, answered: number, tries: number, chance: Random): number {
  const mean = people * tries * answered;
  return Math.max(0, Math.round(mean + Math.sqrt(mean * (2 * tries - 1)) * chance.normal()));
}
