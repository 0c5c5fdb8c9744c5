import { countByProcedure } from './count-tables';
import { histories, isoDate, mondayBefore } from './event-log';
import { inSteps } from './in-steps';
import type { Shock } from './shocks';
import { type SimulationOptions, simulateByDay } from './simulate';

/** A what-if: inflow and capacity are multiplied by these factors for `weeks` from now. */
export interface Outlook {
  readonly weeks: number;
  readonly inflow: number;
  readonly capacity: number;
}

/** How many simulated worlds are cached: this week's and what-ifs. */
const REMEMBERED = 6;

/** The simulated statistics department. It counts once a week and answers from those counts. */
export class StatisticsOffice {
  readonly #counted = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(readonly seed: number) {}

  /** ISO date of the Monday up to which it counts. */
  asOf(now: Date): string {
    return isoDate(mondayBefore(now.getTime() / 86_400_000));
  }

  /** JSON of a procedure's tables as of the last Monday. */
  async tables(procedure: string, now: Date): Promise<string | undefined> {
    return (await this.#remember('now', now, 0, () => [])).get(procedure);
  }

  /** JSON of a procedure's tables at the end of the what-if. */
  async projection(procedure: string, now: Date, outlook: Outlook): Promise<string | undefined> {
    const { weeks, inflow, capacity } = outlook;
    const scenario = (fromDay: number): Shock[] => [
      { what: 'inflow', target: '*', fromDay, toDay: fromDay + 7 * weeks, factor: inflow },
      { what: 'capacity', target: '*', fromDay, toDay: fromDay + 7 * weeks, factor: capacity },
    ];
    return (await this.#remember(`${weeks} ${inflow} ${capacity}`, now, weeks, scenario)).get(procedure);
  }

  #remember(
    name: string,
    now: Date,
    ahead: number,
    scenario: (fromDay: number) => Shock[],
  ): Promise<ReadonlyMap<string, string>> {
    const monday = mondayBefore(now.getTime() / 86_400_000);
    const key = `${monday} ${name}`;
    const kept = this.#counted.get(key);
    if (kept) return kept;
    const { begin, weeks, ...world } = simulatedUpTo(now, ahead);
    const counted = count({ seed: this.seed, ...world, weeks, scenario: scenario(monday - begin) });
    this.#counted.set(key, counted);
    for (const oldest of [...this.#counted.keys()].slice(0, -REMEMBERED)) this.#counted.delete(oldest);
    return counted;
  }
}

/** The seed of the demo's statistics and of its archive: both tell of the same cases. */
export const OFFICE_SEED = 7;

/** The span of a simulated world, in weeks and days since 1970. It begins two calendar years ago and stays the same. */
export function simulatedUpTo(now: Date, ahead = 0) {
  const monday = mondayBefore(now.getTime() / 86_400_000);
  const begin = mondayBefore(Date.UTC(now.getUTCFullYear() - 2, 0, 1) / 86_400_000);
  return { begin, weeks: (monday - begin) / 7 + ahead, endsOn: isoDate(monday + 7 * ahead) };
}

/** JSON of each procedure's tables in a simulated world. */
async function count(world: SimulationOptions): Promise<ReadonlyMap<string, string>> {
  const events = await inSteps(simulateByDay(world));
  const tables = await inSteps(countByProcedure(histories(events), world.endsOn, { weeks: world.weeks }));
  return new Map(tables.map((one) => [one.procedure, JSON.stringify(one)]));
}
