import { z } from 'zod';
import { config } from '~/config/config.server';
import { plainName } from '~/model/agency';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { checkTables, type StatisticsTables } from '~/model/statistics';
import { alarm } from '~/platform/log.server';
import { amountOrNone, needed, neededDate, neededNumber, neededRows, onceEach } from './field-values.server';
import { gates } from './gates.server';
import { asOfNow } from './shared-answer.server';

/** The agency's statistics API: counts, no persons. Contract: docs/contracts/statistics.yaml. */
const row = z.array(z.union([z.number(), neededNumber]));
/** A row that comes twice is one. */
const rows = z.array(row).transform((list) => onceEach(list, String));
const tablesSchema = z.object({
  procedure: needed.transform(plainName),
  asOf: neededDate,
  firstWeek: neededDate,
  bins: row,
  stages: z.array(needed),
  stageExposure: rows,
  stageExits: rows,
  ageExposure: rows,
  ageDecided: rows,
  ageBins: row,
  runOffWeeks: row,
  runOff: rows,
  inflow: row,
  stock: row,
});
const proceduresSchema = z.object({
  procedures: neededRows(z.object({ procedure: needed, publishedTermDays: amountOrNone })),
});

export interface AgencyStatistics {
  readonly tables: readonly StatisticsTables[];
  /** The agency's published terms in days, by procedure; procedures without a term are left out. */
  readonly termDays: Readonly<Record<string, number>>;
}

/** A what-if scenario: for this many weeks from now, inflow and capacity times these factors. */
export interface Outlook {
  readonly weeks: number;
  readonly inflow: number;
  readonly capacity: number;
}

/** Whether the agency publishes counts at all. Without them the portal tells no expected wait. */
export const hasStatistics = (): boolean => config().STATISTICS_URL !== undefined;

/**
 * The count tables of all procedures. A table that breaks a rule is left out, logged and reported as missing.
 * @param outlook asks the agency's own simulation for the counts under a scenario
 */
export async function statisticsTables(outlook?: Outlook): Promise<Loaded<AgencyStatistics>> {
  const list = await ask('/procedures', proceduresSchema);
  if (!list.ok) return unavailable(list.why);
  const { rows: listed, unreadable } = list.value.procedures;
  const procedures = onceEach(listed, ({ procedure }) => plainName(procedure));
  const folder = outlook ? 'projections' : 'tables';
  const query = outlook ? `?weeks=${outlook.weeks}&inflow=${outlook.inflow}&capacity=${outlook.capacity}` : '';
  const answers = await Promise.all(
    procedures.map(({ procedure }) => ask(`/${folder}/${encodeURIComponent(procedure)}${query}`, tablesSchema)),
  );
  const tables: StatisticsTables[] = [];
  const missing: string[] = unreadable > 0 ? ['a procedure that could not be read'] : [];
  answers.forEach((answer, index) => {
    const checked = answer.ok ? checkTables(answer.value) : null;
    if (checked?.ok) tables.push(checked.tables);
    else missing.push(procedures[index]?.procedure ?? '');
    if (checked && !checked.ok) alarm('statistics-refused', { outcome: checked.reason });
  });
  const [first] = answers;
  if (tables.length === 0) return unavailable(first && !first.ok ? first.why : 'malformed');
  const termDays = Object.fromEntries(
    procedures.flatMap(({ procedure, publishedTermDays: days }) => (days ? [[plainName(procedure), days]] : [])),
  );
  const value = { tables, termDays };
  return missing.length > 0 ? { state: 'partial', value, asOf: asOfNow(), missing } : fresh(value, asOfNow());
}

function ask<T>(path: string, schema: z.ZodType<T>) {
  const { statistics } = gates();
  // Those who can do without it ask `hasStatistics` first.
  if (!statistics) throw new Error('no statistics API');
  return statistics.ask({ path, headers: { authorization: `Bearer ${config().AGENCY_TOKEN}` }, schema });
}
