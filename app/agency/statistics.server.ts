import { z } from 'zod';
import { config } from '~/config/config.server';
import { plainName } from '~/model/agency';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { mendTables, type StatisticsTables } from '~/model/statistics';
import { onClearCaches } from '~/platform/caches.server';
import { today } from '~/platform/clock.server';
import { alarm, log } from '~/platform/log.server';
import { finishedAsOf, finishedCollection } from '~/store/collection.server';
import {
  amountOrNone,
  listIn,
  needed,
  neededDate,
  neededNumber,
  neededRows,
  onceEach,
  readAs,
  text,
} from './field-values.server';
import { gates } from './gates.server';
import { asOfNow } from './shared-answer.server';

/** The agency's statistics API: counts, no persons. Contract: docs/contracts/statistics.yaml. */
const row = z
  .unknown()
  .transform(listIn)
  .pipe(z.array(z.union([z.number(), neededNumber])));
/** A row that can't be read is null, so that it costs itself only and is counted. */
const rows = z.unknown().transform((value) => listIn(value).map((each) => readAs(row, each).data ?? null));
/** A stage without a name costs those who are in it their range, and no one else. */
const stageNames = z
  .unknown()
  .transform((value) => listIn(value).map((each) => needed.transform(plainName).safeParse(each).data ?? null));
const series = z.unknown().transform((value) => listIn(value).map((each) => neededNumber.safeParse(each).data ?? null));
const tablesSchema = z.object({
  procedure: text.transform(plainName),
  asOf: neededDate,
  firstWeek: neededDate,
  bins: row,
  stages: stageNames,
  stageExposure: rows,
  stageExits: rows,
  ageExposure: rows,
  ageDecided: rows,
  ageBins: row,
  runOffWeeks: row,
  runOff: rows,
  inflow: series,
  stock: series,
});
const proceduresSchema = z.object({
  asOf: text,
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

/** The Monday of the counts that the portal made from the registry itself; null while there are none. */
let collected: string | null = null;
onClearCaches(() => lookForCollected());

/** Whether there are counts at all. Without them the portal tells no expected wait. */
export const hasStatistics = (): boolean => config().STATISTICS_URL !== undefined || collected !== null;

/** Whether the agency answers what-ifs: only its own simulation can. */
export const hasProjections = (): boolean => config().STATISTICS_URL !== undefined;

/** Looks for counts that the portal made itself, for an agency without a statistics API. */
export async function lookForCollected(): Promise<void> {
  if (config().STATISTICS_URL === undefined) collected = await finishedAsOf();
}

/**
 * The count tables of all procedures. A table that breaks a rule is left out, logged and reported as missing.
 * @param outlook asks the agency's own simulation for the counts under a scenario
 */
export async function statisticsTables(outlook?: Outlook): Promise<Loaded<AgencyStatistics>> {
  if (config().STATISTICS_URL === undefined) return outlook ? unavailable('failed') : collectedTables();
  const list = await ask('/procedures', proceduresSchema);
  if (!list.ok) return unavailable(list.why);
  const { unreadable } = list.value.procedures;
  const procedures = proceduresOf(list.value);
  const folder = outlook ? 'projections' : 'tables';
  const query = outlook ? `?weeks=${outlook.weeks}&inflow=${outlook.inflow}&capacity=${outlook.capacity}` : '';
  const answers = await Promise.all(
    procedures.map(({ procedure }) => ask(`/${folder}/${encodeURIComponent(procedure)}${query}`, tablesSchema)),
  );
  const tables: StatisticsTables[] = [];
  const missing: string[] = unreadable > 0 ? ['a procedure that could not be read'] : [];
  answers.forEach((answer, index) => {
    const asked = plainName(procedures[index]?.procedure ?? '');
    const sent = answer.ok ? { ...answer.value, procedure: answer.value.procedure || asked } : null;
    const mended = sent && (outlook || !isAhead(sent.asOf) ? mendTables(sent) : aheadOf(sent));
    if (mended?.ok) tables.push(mended.tables);
    else missing.push(asked);
    if (mended && !mended.ok) alarm('statistics-refused', { outcome: mended.reason });
    if (!mended?.ok || mended.odd === 0) return;
    missing.push(`rows of ${asked} that could not be read`);
    log('statistics-odd-rows', { outcome: asked, count: mended.odd }, 'warn');
  });
  const [first] = answers;
  if (tables.length === 0) return unavailable(first && !first.ok ? first.why : 'malformed');
  const termDays = Object.fromEntries(
    procedures.flatMap(({ procedure, publishedTermDays: days }) => (days ? [[plainName(procedure), days]] : [])),
  );
  const value = { tables, termDays };
  return missing.length > 0 ? { state: 'partial', value, asOf: asOfNow(), missing } : fresh(value, asOfNow());
}

/**
 * The Monday of the agency's newest counts, as an ISO date: by the list of procedures, or by the first table alone, which is
 * a small part of all. Null when that can't be told.
 */
export async function newestCounts(): Promise<string | null> {
  if (config().STATISTICS_URL === undefined) return null;
  const list = await ask('/procedures', proceduresSchema);
  const [first] = list.ok ? proceduresOf(list.value) : [];
  if (!list.ok || !first) return null;
  const told = neededDate.safeParse(list.value.asOf).data;
  if (told && !isAhead(told)) return told;
  const answer = await ask(`/tables/${encodeURIComponent(first.procedure)}`, z.object({ asOf: neededDate }));
  return answer.ok && !isAhead(answer.value.asOf) ? answer.value.asOf : null;
}

/** Weeks are counted in UTC. Counts that are ahead of the day would keep every later week out until that day. */
const isAhead = (asOf: string): boolean => asOf > today('UTC').toString();
const aheadOf = ({ procedure, asOf }: { readonly procedure: string; readonly asOf: string }) =>
  ({ ok: false, reason: `${procedure}: asOf ${asOf} is in the future`, odd: 0 }) as const;

const proceduresOf = ({ procedures }: z.output<typeof proceduresSchema>) =>
  onceEach(procedures.rows, ({ procedure }) => plainName(procedure));

/** Cases that could not be read, of all: with more the others are no fair sample, and the procedure has no counts. */
const MOST_SKIPPED_SHARE = 0.02;

/** The tables that `statistics:collect` stored. */
async function collectedTables(): Promise<Loaded<AgencyStatistics>> {
  const run = await finishedCollection();
  if (!run) return unavailable('failed');
  const all = run.tables.reduce((sum, { counted, skipped }) => sum + counted + skipped, run.gaps);
  const tables: StatisticsTables[] = [];
  const missing: string[] = run.gaps > 0 ? ['cases that could not be listed'] : [];
  for (const { procedure, counted, skipped, body } of run.tables) {
    if (counted === 0) continue;
    const parsed = tablesSchema.safeParse(body);
    const checked = parsed.success ? mendTables(parsed.data) : null;
    const lost = skipped / (counted + skipped) + run.gaps / all;
    if (checked?.ok && lost <= MOST_SKIPPED_SHARE) {
      tables.push(checked.tables);
      if (skipped > 0) missing.push(`cases of ${procedure} that could not be read`);
    } else {
      missing.push(procedure);
      const share = `${procedure}: ${skipped} of ${counted + skipped} cases could not be read`;
      alarm('statistics-refused', { outcome: checked && !checked.ok ? checked.reason : share });
    }
  }
  if (tables.length === 0) return unavailable('malformed');
  const termDays = Object.fromEntries(
    run.tables.flatMap(({ procedure, termDays: days }) => (days === null ? [] : [[procedure, days]])),
  );
  const value = { tables, termDays };
  const asOf = run.finishedAt?.toString() ?? asOfNow();
  return missing.length > 0 ? { state: 'partial', value, asOf, missing } : fresh(value, asOf);
}

function ask<T>(path: string, schema: z.ZodType<T>) {
  const { statistics } = gates();
  // Those who can do without it ask `hasStatistics` first.
  if (!statistics) throw new Error('no statistics API');
  return statistics.ask({ path, headers: { authorization: `Bearer ${config().AGENCY_TOKEN}` }, schema });
}
