import { z } from 'zod';
import { config } from '~/config.server';
import { alarm } from '~/log.server';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { checkTables, type StatisticsTables } from '~/model/statistics';
import { gates } from './gates.server';
import { asOfNow } from './shared-answer.server';

/** The agency's statistics API: counts, never persons. Contract: mocks/contracts/statistics.yaml. */
const row = z.array(z.number());
const rows = z.array(row);
const tablesSchema = z.object({
  procedure: z.string(),
  asOf: z.string(),
  firstWeek: z.string(),
  bins: row,
  stages: z.array(z.string()),
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
const proceduresSchema = z.object({ procedures: z.array(z.object({ procedure: z.string() })) });

/** The count tables of all procedures. A table that breaks a rule is left out, said so in the log, and named as missing. */
export async function statisticsTables(): Promise<Loaded<StatisticsTables[]>> {
  const ask = <T>(path: string, schema: z.ZodType<T>) =>
    gates().statistics.ask({ path, headers: { authorization: `Bearer ${config().AGENCY_TOKEN}` }, schema });
  const list = await ask('/procedures', proceduresSchema);
  if (!list.ok) return unavailable(list.why);
  const names = list.value.procedures.map(({ procedure }) => procedure);
  const answers = await Promise.all(names.map((name) => ask(`/tables/${encodeURIComponent(name)}`, tablesSchema)));
  const tables: StatisticsTables[] = [];
  const missing: string[] = [];
  answers.forEach((answer, index) => {
    const checked = answer.ok ? checkTables(answer.value) : null;
    if (checked?.ok) tables.push(checked.tables);
    else missing.push(names[index] ?? '');
    if (checked && !checked.ok) alarm('statistics-refused', { outcome: checked.reason });
  });
  const [first] = answers;
  if (tables.length === 0) return unavailable(first && !first.ok ? first.why : 'malformed');
  return missing.length > 0 ? { state: 'partial', value: tables, asOf: asOfNow(), missing } : fresh(tables, asOfNow());
}
