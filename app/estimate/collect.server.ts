import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type CaseWindow, openCourseReader, type ReadCase } from '~/agency/case-courses.server';
import { config } from '~/config/config.server';
import { courseOf } from '~/model/case-course';
import { addCase, type CountedWeeks, type Counts, noCounts, tablesOf } from '~/model/counting';
import { addDays, daysBetween, isWithinHours, wallTimeOf, weekdayOf } from '~/model/time';
import { agencyDay, now } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { countedCases } from '~/platform/metrics.server';
import { beginCollection, type Collection, finishedAsOf, keepCounts } from '~/store/collection.server';
import { dropLeases, renewLease, takeLease } from '~/store/lease.server';

export interface CollectOptions {
  readonly signal: AbortSignal;
  /** Weeks to count, up to 156. */
  readonly weeks?: number;
  /** Requests a second to the registry, up to 50. */
  readonly rate?: number;
  /** How long to wait for another process that counts, in seconds. */
  readonly waitSeconds?: number;
  /** Called when sums were stored. */
  readonly report?: (reached: Pick<Collection, 'cursorOn'> & { readonly counted: number }) => void;
}

export type Collected =
  /** Another process counts. */
  | { readonly outcome: 'busy' }
  /** `known`: this Monday's cases were counted before. */
  | {
      readonly outcome: 'counted' | 'known';
      readonly asOf: string;
      readonly procedures: readonly ProcedureSum[];
      readonly gaps: number;
      readonly requests: number;
    };

interface ProcedureSum {
  readonly procedure: string;
  readonly counted: number;
  readonly skipped: number;
}

export const MOST_WEEKS = 156;
/** What a registry bears beside its people at work. */
export const MOST_A_SECOND = 50;
/** How long before the counted weeks a case that is still open may have begun. Older ones are left out. */
const BEFORE_WEEKS = 260;
const FIRST_WINDOW_DAYS = 28;
const LONGEST_WINDOW_DAYS = 182;
/** A window with fewer cases is followed by a longer one. */
const FEW_CASES = 250;
/** Sums are stored after so many cases: a stopped run loses at most these and a window. */
const STORED_AFTER = 500;
/** A run that was stopped goes on within these hours, and otherwise in the next night. */
const NIGHT_HOURS = 5;
/** Not the job's own lease: the command counts too. */
const LEASE = 'counting-cases';
const LEASE_SECONDS = 30;
/** Raise it when cases are counted in another way: an unfinished run then begins anew. */
const VERSION = 1;

/**
 * Counts the registry's cases up to the last Monday into the tables of docs/contracts/statistics.yaml, and stores them.
 * Goes on where a stopped run ended. What is stored are sums and a day, never a case.
 *
 * @throws RegistryUnavailable when the registry does not answer; the sums so far are stored
 */
export async function collectCounts(options: CollectOptions): Promise<Collected> {
  const { signal, weeks = MOST_WEEKS, waitSeconds = 0 } = options;
  const day = agencyDay();
  const asOf = lastMonday();
  const counted: CountedWeeks = { asOf, firstWeek: addDays(asOf, -7 * weeks) };
  const lease = await takenLease(waitSeconds, signal);
  if (!lease) return { outcome: 'busy' };
  try {
    return await collectOn(counted, day, { ...options, signal: lease.signal });
  } finally {
    await lease.release();
  }
}

/** One round of the nightly job: counts once a week has ended, within some hours after the operator's time. */
export async function collectAtNight(signal: AbortSignal): Promise<void> {
  const { STATISTICS_COLLECT, AGENCY_ZONE } = config();
  const time = wallTimeOf(now().epochMilliseconds, AGENCY_ZONE);
  if (!STATISTICS_COLLECT || !time || !isWithinHours(time.time, STATISTICS_COLLECT, NIGHT_HOURS)) return;
  if ((await finishedAsOf()) !== lastMonday()) await collectCounts({ signal });
}

function lastMonday(): string {
  const day = agencyDay();
  return addDays(day, 1 - weekdayOf(day));
}

async function collectOn(weeks: CountedWeeks, day: string, options: CollectOptions): Promise<Collected> {
  const started = performance.now();
  const { firstWeek, asOf } = weeks;
  const begins = addDays(firstWeek, -7 * BEFORE_WEEKS);
  const run = await beginCollection({ asOf, firstWeek, rules: rulesDigest(), cursorOn: begins });
  const sums = new Map(run.counts.map((one) => [one.procedure, { ...one }]));
  const summary = () => ({
    asOf,
    gaps,
    procedures: [...sums.values()].map(({ procedure, counted, skipped }) => ({ procedure, counted, skipped })),
    requests: reader.requests,
  });
  let { cursorOn: stored, gaps } = run;
  const reader = openCourseReader({ since: firstWeek, rate: options.rate ?? MOST_A_SECOND });
  try {
    if (run.finishedAt) return { outcome: 'known', ...summary() };
    const counts = new Map(run.counts.map(({ procedure, body }) => [procedure, countsSchema.parse(body) as Counts]));
    const changed = new Set<string>();
    let unstored = 0;
    let days = FIRST_WINDOW_DAYS;
    for (let cursor = stored; cursor < asOf; ) {
      const window: CaseWindow = { from: cursor, until: earlier(addDays(cursor, days), asOf) };
      const read = await reader.readWindow(window, options.signal);
      const length = daysBetween(window.from, window.until);
      if (!read.whole && length > 1) {
        days = Math.ceil(length / 2);
        continue;
      }
      for (const one of read.cases) count(one, { counts, sums, changed, weeks, day });
      gaps += read.gaps;
      unstored += read.cases.length;
      cursor = window.until;
      if (read.cases.length < FEW_CASES) days = Math.min(LONGEST_WINDOW_DAYS, 2 * days);
      if (unstored < STORED_AFTER && cursor < asOf) continue;
      await store(cursor, [...changed].map(rowOf), null);
      changed.clear();
      unstored = 0;
    }
    await store(asOf, [...sums.keys()].map(tablesRowOf), now());
    log('counts-collected', { ms: Math.round(performance.now() - started) });
    return { outcome: 'counted', ...summary() };

    async function store(
      cursorOn: string,
      rows: Parameters<typeof keepCounts>[2],
      finishedAt: Collection['finishedAt'],
    ) {
      options.signal.throwIfAborted();
      if (!(await keepCounts({ asOf, cursorOn: stored }, { cursorOn, gaps, finishedAt }, rows)))
        throw new Error('another process counts');
      stored = cursorOn;
      options.report?.({ cursorOn, counted: [...sums.values()].reduce((sum, { counted }) => sum + counted, 0) });
    }

    function rowOf(procedure: string) {
      const { counted = 0, skipped = 0, termDays = null } = sums.get(procedure) ?? {};
      return { procedure, counted, skipped, termDays, body: counts.get(procedure) ?? noCounts() };
    }

    /** What is left of the sums at the end; an empty object when no course of the procedure was known. */
    function tablesRowOf(procedure: string) {
      const row = rowOf(procedure);
      return { ...row, body: tablesOf(procedure, row.body, weeks) ?? {} };
    }
  } finally {
    await reader.close();
  }
}

interface Counting {
  readonly counts: Map<string, Counts>;
  readonly sums: Map<
    string,
    ProcedureSum & { counted: number; skipped: number; termDays: number | null; body: unknown }
  >;
  readonly changed: Set<string>;
  readonly weeks: CountedWeeks;
  /** ISO date in the agency's zone: what is after it has not happened. */
  readonly day: string;
}

function count({ procedure, termDays, facts, isPast }: ReadCase, { counts, sums, changed, weeks, day }: Counting) {
  const sum = sums.get(procedure) ?? { procedure, counted: 0, skipped: 0, termDays: null, body: null };
  sums.set(procedure, sum);
  changed.add(procedure);
  sum.termDays = termDays ?? sum.termDays;
  if (isPast) return;
  if (!facts) {
    sum.skipped += 1;
    countedCases.inc({ outcome: 'skipped' });
    return;
  }
  const course = courseOf(facts, day);
  if (!course) return;
  const own = counts.get(procedure) ?? noCounts();
  counts.set(procedure, own);
  addCase(own, course, weeks);
  sum.counted += 1;
  countedCases.inc({ outcome: 'counted' });
}

const countsSchema = z.object({
  stages: z.array(z.string()),
  places: z.array(z.tuple([z.number(), z.number()])),
  cells: z.record(z.string(), z.number()),
  runOff: z.record(z.string(), z.array(z.number())),
});

/** Sums made by other rules can't be added to. */
function rulesDigest(): string {
  const { AGENCY_ZONE, AGENCY_DIR } = config();
  const { procedures, stages } = AGENCY_DIR;
  return createHash('sha256').update(JSON.stringify({ VERSION, AGENCY_ZONE, procedures, stages })).digest('hex');
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

/** The lease on counting, renewed until `release`; its signal aborts when it is lost. Null when another process has it. */
async function takenLease(waitSeconds: number, stop: AbortSignal) {
  const holder = randomUUID();
  const until = performance.now() + 1_000 * waitSeconds;
  while (!(await takeLease(LEASE, holder, LEASE_SECONDS))) {
    if (performance.now() >= until) return null;
    await sleep(1_000, undefined, { signal: stop });
  }
  const lost = new AbortController();
  const stopped = () => lost.abort(stop.reason);
  stop.addEventListener('abort', stopped);
  if (stop.aborted) stopped();
  // Sums can't be stored twice even without it: it only spares the registry a second reader.
  const beat = setInterval(() => {
    renewLease(LEASE, holder, LEASE_SECONDS).then(
      (renewed) => renewed || lost.abort(),
      () => {},
    );
  }, 333 * LEASE_SECONDS);
  return {
    signal: lost.signal,
    async release() {
      clearInterval(beat);
      stop.removeEventListener('abort', stopped);
      await dropLeases(holder).catch(() => {});
    },
  };
}
