import { Temporal } from 'temporal-polyfill';
import { mondayOf, type StatisticsTables, weeksBefore } from '../statistics';
import type { IssueScore } from './calibration';
import { type Cohort, nowBeingDecided } from './cohort';
import { estimate } from './estimate';
import type { Trust } from './model';
import { train } from './train';

/** Public figures of one procedure. The keys are published in the download, so they stay. */
export interface ProcedureFigures {
  readonly procedure: string;
  readonly stages: readonly string[];
  /** The agency's published term in days; null where it publishes none. */
  readonly termDays: number | null;
  readonly cohort: Cohort | null;
  /** People waiting for a decision by time waited, on average over the last weeks. */
  readonly waiting: readonly WaitingFigures[];
  /** Calendar months by the Monday of each week, oldest first. `open` is at the month's last Monday. */
  readonly months: readonly MonthFigures[];
  /** The range for a new applicant on the first Monday of each month. */
  readonly trend: readonly TrendPoint[];
  /** Outcomes of the ranges that ended in the past year; the pages' "right for so many of 100". */
  readonly year: Outcomes;
  /** The track record: outcomes by stage and by the quarter in which the ranges were given. */
  readonly record: readonly TrackRecordRow[];
  /** How the agency's term and the past's 80 % did as predictions, by quarter of decision. */
  readonly told: readonly ComparisonRow[];
}

export interface WaitingFigures {
  /** Days since the application: from, and up to but not including; null for the open end. */
  readonly fromDays: number;
  readonly toDays: number | null;
  /** Rounded to one decimal. */
  readonly people: number;
}

export interface MonthFigures {
  readonly month: string;
  /** Weeks counted in the month: 4 or 5, fewer at the ends of the counts. */
  readonly weeks: number;
  readonly received: number;
  readonly decided: number;
  readonly open: number;
}

export interface TrendPoint {
  readonly month: string;
  /** Days; null where open or unknown. */
  readonly low: number | null;
  readonly median: number | null;
  readonly high: number | null;
  readonly trust: Trust;
}

export interface Outcomes {
  /** People whose range can be judged; of them decided before, within and after it. */
  readonly n: number;
  readonly early: number;
  readonly covered: number;
  readonly late: number;
}

export interface TrackRecordRow extends Outcomes {
  /** 2026-Q1 */
  readonly quarter: string;
  readonly stage: string;
  /** People whose range has not ended yet; not in the numbers above. */
  readonly pending: number;
}

export interface ComparisonRow {
  readonly quarter: string;
  readonly decisions: number;
  /** Share decided within the agency's published term, 0 to 1; null where there is none. */
  readonly withinTerm: number | null;
  /** Share decided within the time that held for 80 % in the half year before; null where that is unknown. */
  readonly withinPast80: number | null;
}

const TREND_MONTHS = 24;

/** The public figures of each procedure. Trains once per month of the trend, so run it in the background. */
export function publicFigures(
  tables: readonly StatisticsTables[],
  asOf: string,
  issues: readonly IssueScore[],
  termDays: Readonly<Record<string, number>>,
): ProcedureFigures[] {
  const trends = trendsOf(tables, asOf);
  return tables.map((one) => {
    const term = termDays[one.procedure] ?? null;
    const own = issues.filter(({ procedure }) => procedure === one.procedure);
    return {
      procedure: one.procedure,
      stages: one.stages,
      termDays: term,
      cohort: nowBeingDecided(one, asOf),
      waiting: waitingOf(one),
      months: monthsOf(one),
      trend: trends.get(one.procedure) ?? [],
      year: pastYearOutcomes(own, asOf),
      record: trackRecordRows(own, asOf),
      told: comparisonOf(one, term),
    };
  });
}

export function monthsOf(tables: StatisticsTables): MonthFigures[] {
  const decidedIn = new Map<number, number>();
  for (const [week, , count] of tables.ageDecided) decidedIn.set(week, (decidedIn.get(week) ?? 0) + count);
  const months = new Map<string, MonthFigures>();
  tables.inflow.forEach((received, week) => {
    const month = mondayOf(tables, week).slice(0, 7);
    const known = months.get(month) ?? { month, weeks: 0, received: 0, decided: 0, open: 0 };
    months.set(month, {
      month,
      weeks: known.weeks + 1,
      received: known.received + received,
      decided: known.decided + (decidedIn.get(week) ?? 0),
      open: tables.stock[week] ?? 0,
    });
  });
  return [...months.values()].slice(-TREND_MONTHS);
}

/** Trains on the first Monday of each of the last months and estimates for a person who applied that day. */
function trendsOf(tables: readonly StatisticsTables[], asOf: string): Map<string, TrendPoint[]> {
  const trends = new Map<string, TrendPoint[]>(tables.map(({ procedure }) => [procedure, []]));
  for (const monday of firstMondays(asOf)) {
    const counted = tables.filter((one) => weeksBefore(one, monday) >= 13);
    if (counted.length === 0) continue;
    const model = train(counted, monday);
    for (const { procedure, stages } of counted) {
      const situation = { procedure, stage: stages[0] ?? '', inStageDays: 0, ageDays: 0 };
      const { low, median, high, trust } = estimate(model, situation);
      trends.get(procedure)?.push({ month: monday.slice(0, 7), low, median, high, trust });
    }
  }
  return trends;
}

function firstMondays(asOf: string): string[] {
  const last = Temporal.PlainDate.from(asOf);
  const mondays: string[] = [];
  for (let back = TREND_MONTHS - 1; back >= 0; back -= 1) {
    const first = last.toPlainYearMonth().subtract({ months: back }).toPlainDate({ day: 1 });
    const monday = first.add({ days: (8 - first.dayOfWeek) % 7 });
    if (Temporal.PlainDate.compare(monday, last) <= 0) mondays.push(monday.toString());
  }
  return mondays;
}

const WAITING_WEEKS = 4;

/** People waiting by time since the application, from the days waited in the last weeks. */
export function waitingOf(tables: StatisticsTables): WaitingFigures[] {
  const weeks = Math.min(WAITING_WEEKS, tables.inflow.length);
  const days = tables.bins.map(() => 0);
  for (const [week, bin, exposure] of tables.ageExposure)
    if (week >= tables.inflow.length - weeks) days[bin] = (days[bin] ?? 0) + exposure;
  return tables.bins.map((fromDays, bin) => ({
    fromDays,
    toDays: tables.bins[bin + 1] ?? null,
    people: Math.round(((days[bin] ?? 0) / (7 * weeks)) * 10) / 10,
  }));
}

const YEAR_WEEKS = 52;

/** The same ranges as the model's `coverage`: selected by when they ended, never by the outcome. */
export function pastYearOutcomes(issues: readonly IssueScore[], asOf: string): Outcomes {
  const sum = { n: 0, early: 0, covered: 0, late: 0 };
  for (const { monday, ranges } of issues) {
    const weeks = weeksFrom(monday, asOf);
    for (const { knownAfter, ...range } of ranges) {
      if (knownAfter > weeks || weeks - knownAfter > YEAR_WEEKS) continue;
      for (const key of ['n', 'early', 'covered', 'late'] as const) sum[key] += range[key];
    }
  }
  return sum;
}

/**
 * Outcomes by stage and by the quarter in which the range was given. A range is judged only when its end has come:
 * early decisions are known early and would flatter the newest quarters.
 */
export function trackRecordRows(issues: readonly IssueScore[], asOf: string): TrackRecordRow[] {
  const rows = new Map<string, TrackRecordRow>();
  for (const { monday, ranges } of issues) {
    const quarter = quarterOf(monday);
    const weeks = weeksFrom(monday, asOf);
    for (const { stage, knownAfter, n, early, covered, late } of ranges) {
      const key = `${quarter} ${stage}`;
      const row = rows.get(key) ?? { quarter, stage, n: 0, early: 0, covered: 0, late: 0, pending: 0 };
      rows.set(
        key,
        knownAfter > weeks
          ? { ...row, pending: row.pending + n }
          : {
              ...row,
              n: row.n + n,
              early: row.early + early,
              covered: row.covered + covered,
              late: row.late + late,
            },
      );
    }
  }
  return [...rows.values()].sort((a, b) => a.quarter.localeCompare(b.quarter) || a.stage.localeCompare(b.stage));
}

const HALF_YEAR_WEEKS = 26;

/** From table B alone: shares decided within a number of days, interpolated within a bin of age. */
export function comparisonOf(tables: StatisticsTables, termDays: number | null): ComparisonRow[] {
  const weeks = tables.inflow.length;
  const byWeek = Array.from({ length: weeks }, () => new Float64Array(tables.bins.length));
  for (const [week, bin, count] of tables.ageDecided) {
    const row = byWeek[week];
    if (row) row[bin] = (row[bin] ?? 0) + count;
  }
  const sumOf = (from: number, to: number) => {
    const sum = new Float64Array(tables.bins.length);
    for (const row of byWeek.slice(Math.max(0, from), to))
      for (const [bin, count] of row.entries()) sum[bin] = (sum[bin] ?? 0) + count;
    return sum;
  };
  const quarters = new Map<string, number[]>();
  for (let week = 0; week < weeks; week += 1) {
    const quarter = quarterOf(mondayOf(tables, week));
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), week]);
  }
  return [...quarters].flatMap(([quarter, [first = 0, ...rest]]) => {
    const last = rest.at(-1) ?? first;
    const decided = sumOf(first, last + 1);
    const decisions = total(decided);
    if (decisions === 0) return [];
    const past = first >= HALF_YEAR_WEEKS ? sumOf(first - HALF_YEAR_WEEKS, first) : null;
    const past80 = past && total(past) > 0 ? quantileOf(past, tables.bins, 0.8) : null;
    return {
      quarter,
      decisions: Math.round(decisions),
      withinTerm: termDays === null ? null : shareWithin(decided, tables.bins, termDays),
      withinPast80: past80 === null ? null : shareWithin(decided, tables.bins, past80),
    };
  });
}

/** Share of the counts by age within `days`, 0 to 1. */
export function shareWithin(counts: Float64Array, bins: readonly number[], days: number): number {
  let within = 0;
  counts.forEach((count, bin) => {
    const [from, to] = edgesOf(bins, bin);
    within += count * Math.min(1, Math.max(0, (days - from) / (to - from)));
  });
  return within / Math.max(total(counts), 1e-9);
}

function quantileOf(counts: Float64Array, bins: readonly number[], share: number): number {
  let left = total(counts) * share;
  for (const [bin, count] of counts.entries()) {
    const [from, to] = edgesOf(bins, bin);
    if (count >= left) return count === 0 ? from : from + ((to - from) * left) / count;
    left -= count;
  }
  return bins.at(-1) ?? 0;
}

/** The open last bin is taken to be a fifth longer than its lower edge. */
function edgesOf(bins: readonly number[], bin: number): [number, number] {
  const from = bins[bin] ?? 0;
  return [from, bins[bin + 1] ?? Math.max(from * 1.2, from + 1)];
}

const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);

const weeksFrom = (monday: string, asOf: string) =>
  Temporal.PlainDate.from(monday).until(asOf, { largestUnit: 'day' }).days / 7;

const quarterOf = (date: string) => `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
