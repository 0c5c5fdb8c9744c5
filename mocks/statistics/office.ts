import { countTables } from './count-tables';
import { isoDate, mondayBefore } from './event-log';
import type { Shock } from './shocks';
import { simulate } from './simulate';

/** A what-if: from now on and for so many weeks, inflow and capacity times these factors. */
export interface Outlook {
  readonly weeks: number;
  readonly inflow: number;
  readonly capacity: number;
}

/** How many different worlds are remembered: this week's, and what-ifs. */
const REMEMBERED = 6;

/** The simulated agency's statistics department: counts once a week, answers from what it counted. */
export class StatisticsOffice {
  readonly #counted = new Map<string, ReadonlyMap<string, string>>();

  constructor(readonly seed: number) {}

  /** ISO Monday up to which is counted. */
  asOf(now: Date): string {
    return isoDate(mondayBefore(now.getTime() / 86_400_000));
  }

  /** JSON of a procedure's tables as of the last Monday. */
  tables(procedure: string, now: Date): string | undefined {
    return this.#remember('now', now, 0, () => []).get(procedure);
  }

  /** JSON of a procedure's tables as they would be when the outlook has come true. */
  projection(procedure: string, now: Date, outlook: Outlook): string | undefined {
    const { weeks, inflow, capacity } = outlook;
    const scenario = (fromDay: number): Shock[] => [
      { what: 'inflow', whom: '*', fromDay, toDay: fromDay + 7 * weeks, factor: inflow },
      { what: 'capacity', whom: '*', fromDay, toDay: fromDay + 7 * weeks, factor: capacity },
    ];
    return this.#remember(`${weeks} ${inflow} ${capacity}`, now, weeks, scenario).get(procedure);
  }

  #remember(
    name: string,
    now: Date,
    ahead: number,
    scenario: (fromDay: number) => Shock[],
  ): ReadonlyMap<string, string> {
    const monday = mondayBefore(now.getTime() / 86_400_000);
    const key = `${monday} ${name}`;
    const kept = this.#counted.get(key);
    if (kept) return kept;
    // The world begins two calendar years back, so that its history stays the same from week to week.
    const begin = mondayBefore(Date.UTC(now.getUTCFullYear() - 2, 0, 1) / 86_400_000);
    const weeks = (monday - begin) / 7 + ahead;
    const endsOn = isoDate(monday + 7 * ahead);
    const events = simulate({ seed: this.seed, weeks, endsOn, scenario: scenario(monday - begin) });
    const counted = new Map(
      countTables(events, endsOn, { weeks }).map((tables) => [tables.procedure, JSON.stringify(tables)]),
    );
    this.#counted.set(key, counted);
    for (const oldest of [...this.#counted.keys()].slice(0, -REMEMBERED)) this.#counted.delete(oldest);
    return counted;
  }
}
