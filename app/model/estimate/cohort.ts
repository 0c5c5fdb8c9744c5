import { Temporal } from 'temporal-polyfill';
import { mondayOf, type StatisticsTables, weeksBefore } from '../statistics';

export interface Cohort {
  /** ISO month (2023-09) in which most of those now decided had applied. */
  readonly month: string;
  /** Share of the recent decisions that belong to this month, 0 to 1; and the number of recent decisions. */
  readonly share: number;
  readonly decisions: number;
}

const RECENT_WEEKS = 8;
const FEWEST = 20;

/**
 * "Now being decided: applications received in …", from table B alone. A decision at a certain age is spread evenly
 * over the days on which it may have been received. Null with too few decisions.
 */
export function nowBeingDecided(tables: StatisticsTables, asOf: string): Cohort | null {
  const weeks = weeksBefore(tables, asOf);
  const byMonth = new Map<string, number>();
  let decisions = 0;
  for (const [week, bin, count] of tables.ageDecided) {
    if (week < weeks - RECENT_WEEKS || week >= weeks) continue;
    decisions += count;
    const middleOfWeek = Temporal.PlainDate.from(mondayOf(tables, week)).add({ days: 3 });
    const low = tables.bins[bin] ?? 0;
    const high = tables.bins[bin + 1] ?? 1.2 * low;
    const pieces = Math.max(1, Math.ceil((high - low) / 7));
    for (let piece = 0; piece < pieces; piece++) {
      const age = Math.round(low + ((piece + 0.5) * (high - low)) / pieces);
      const month = middleOfWeek.subtract({ days: age }).toPlainYearMonth().toString();
      byMonth.set(month, (byMonth.get(month) ?? 0) + count / pieces);
    }
  }
  if (decisions < FEWEST) return null;
  const [month, most] = [...byMonth].reduce((best, one) => (one[1] > best[1] ? one : best));
  return { month, share: most / decisions, decisions: Math.round(decisions) };
}
