import { calibrate, type IssueScore } from '~/model/estimate/calibration';
import { estimate } from '~/model/estimate/estimate';
import { forecast } from '~/model/estimate/forecast';
import type { Model, Trust } from '~/model/estimate/model';
import { scoreIssue } from '~/model/estimate/track-record';
import { train } from '~/model/estimate/train';
import { checkTables, type StatisticsTables } from '~/model/statistics';
import { countHistories } from '../../mocks/statistics/count-tables';
import { type CaseHistory, isoDate, mondayBefore } from '../../mocks/statistics/event-log';
import { type Baseline, kaplanMeier, staticTerm, uscisGivenWaited, uscisStyle } from './baselines';
import { type Ahead, Tally } from './scores';

export const METHODS = ['estimate', 'static', 'uscis', 'uscis-given-waited', 'kaplan-meier'] as const;
export type Method = (typeof METHODS)[number];

export interface Frame {
  /** Day numbers: the log's first and last day, and the first and last as-of Monday. */
  readonly begin: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
  readonly horizon: number;
  readonly soon: number;
}

export interface Replay {
  readonly frame: Frame;
  readonly asOfDates: number;
  /** Keys: '' overall, 'procedure x', 'stage p/s', 'quarter 2024-Q1'. */
  readonly tallies: ReadonlyMap<string, Readonly<Record<Method, Tally>>>;
  /** The estimate in whole days, as the page shows it, for cases that get a range (trust not none). */
  readonly shown: Tally;
  readonly trust: Readonly<Record<Trust, number>>;
  readonly weeks: readonly ProcedureWeek[];
}

/** One procedure on one as-of date: whether it was flagged as unsettled, its closed ranges and how many missed. */
export interface ProcedureWeek {
  readonly procedure: string;
  readonly asOf: string;
  readonly flagged: boolean;
  readonly closed: number;
  readonly missed: number;
}

export interface ReplayOptions {
  readonly horizon?: number;
  /** Estimate from the middle of the bin instead of the case's exact days, as when only the tables are known. */
  readonly atBinMiddles?: boolean;
  /** Forecast on every n-th week only, which is faster. */
  readonly everyWeeks?: number;
}

const LONGEST_BURN_IN = 364;
const LONGEST_HORIZON = 365;
const SHORTEST_HORIZON = 28;

/** Returns the horizon and the dates that can be replayed: each outcome up to the horizon must be in the log. */
export function frameOf(cases: readonly CaseHistory[], wanted?: number): Frame {
  let begin = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const one of cases) {
    begin = Math.min(begin, one.entered[0] ?? begin);
    end = Math.max(end, one.decided === Number.POSITIVE_INFINITY ? (one.entered.at(-1) ?? end) : one.decided);
  }
  const span = end - begin;
  const horizon = wanted ?? Math.min(LONGEST_HORIZON, Math.max(SHORTEST_HORIZON, Math.round(span / 4)));
  const first = mondayBefore(begin + Math.min(LONGEST_BURN_IN, span / 4)) + 7;
  return { begin, end, first, last: mondayBefore(end - horizon), horizon, soon: Math.min(90, horizon) };
}

/** Replays a log week by week. On each Monday it forecasts every open case from the counts of earlier weeks. */
export function replay(
  cases: readonly CaseHistory[],
  { horizon, atBinMiddles, everyWeeks = 1 }: ReplayOptions = {},
): Replay {
  const frame = frameOf(cases, horizon);
  const tables = countHistories(cases, isoDate(mondayBefore(frame.end)), { runOffEvery: 1 }).map(checkedOrThrow);
  const stepDays = frame.horizon <= 92 ? 0.25 : frame.horizon <= 183 ? 0.5 : 1;
  const horizonDays = Math.ceil(frame.horizon);
  const scorer = new Scorer(frame);
  const issues: IssueScore[] = [];
  const term = staticTerm(cases, frame.first, frame.horizon, frame.soon);
  let asOfDates = 0;
  for (let asOf = mondayBefore(frame.begin) + 28; asOf <= frame.last; asOf += 7 * everyWeeks) {
    const date = isoDate(asOf);
    const model = train(tables, date, { horizonDays, stepDays, calibrations: calibrate(issues, date) });
    for (const one of tables) issues.push(...scoreIssue(model, one, date));
    if (asOf < frame.first) continue;
    asOfDates++;
    const rivals: Record<Exclude<Method, 'estimate'>, Baseline> = {
      static: term,
      uscis: uscisStyle(cases, asOf, frame.horizon, frame.soon),
      'uscis-given-waited': uscisGivenWaited(cases, asOf, frame.horizon, frame.soon),
      'kaplan-meier': kaplanMeier(cases, asOf, frame.horizon, frame.soon),
    };
    scorer.scoreDate(model, cases, asOf, rivals, atBinMiddles ?? false);
  }
  return { frame, asOfDates, tallies: scorer.tallies, shown: scorer.shown, trust: scorer.trust, weeks: scorer.weeks };
}

class Scorer {
  readonly tallies = new Map<string, Record<Method, Tally>>();
  readonly shown: Tally;
  readonly trust: Record<Trust, number> = { ok: 0, 'one-sided': 0, open: 0, unsettled: 0, none: 0 };
  readonly weeks: ProcedureWeek[] = [];

  constructor(readonly frame: Frame) {
    this.shown = new Tally(frame.horizon, frame.soon);
  }

  scoreDate(
    model: Model,
    cases: readonly CaseHistory[],
    asOf: number,
    rivals: Record<Exclude<Method, 'estimate'>, Baseline>,
    atBinMiddles: boolean,
  ): void {
    const kept = new Map<string, { ours: Ahead; trust: Trust; shown: Ahead; others: [Method, Ahead][] }>();
    const week = new Map<string, { closed: number; missed: number }>();
    const date = new Date(asOf * 86_400_000);
    const quarter = `quarter ${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
    for (const one of cases) {
      const received = one.entered[0] ?? asOf;
      if (received >= asOf || one.decided < asOf) continue;
      let step = 0;
      while ((one.entered[step + 1] ?? Number.POSITIVE_INFINITY) < asOf) step++;
      const stage = one.stages[step] ?? '';
      const own = { inStageDays: asOf - (one.entered[step] ?? asOf), ageDays: asOf - received };
      const key = `${one.procedure}\n${stage}\n${own.inStageDays}\n${own.ageDays}`;
      let made = kept.get(key);
      if (!made) {
        const ages = atBinMiddles ? middles(model, one.procedure, own) : own;
        const situation = { procedure: one.procedure, stage, ...ages };
        const shown = estimate(model, situation);
        made = {
          ours: oursAhead(model, situation, this.frame.soon),
          trust: shown.trust,
          shown: { q10: shown.low, q25: null, q50: shown.median, q75: null, q90: shown.high, soon: shown.within90 },
          others: Object.entries(rivals).map(([name, rival]) => [methodOf(name), rival(one.procedure, own.ageDays)]),
        };
        kept.set(key, made);
      }
      const wait = one.decided - asOf;
      for (const group of ['', `procedure ${one.procedure}`, `stage ${one.procedure}/${stage}`, quarter]) {
        const tally = this.#tally(group);
        tally.estimate.add(made.ours, wait, one.n);
        for (const [name, ahead] of made.others) tally[name].add(ahead, wait, one.n);
      }
      this.trust[made.trust] += one.n;
      if (made.trust !== 'none') this.shown.add(made.shown, wait, one.n);
      const { q10, q90 } = made.ours;
      if (made.trust !== 'none' && q10 !== null && q90 !== null) {
        const sum = week.get(one.procedure) ?? { closed: 0, missed: 0 };
        sum.closed += one.n;
        if (wait < q10 || wait > q90) sum.missed += one.n;
        week.set(one.procedure, sum);
      }
    }
    for (const [procedure, sum] of week) {
      const flagged = (model.procedures[procedure]?.unrest.length ?? 0) > 0;
      this.weeks.push({ procedure, asOf: isoDate(asOf), flagged, ...sum });
    }
  }

  #tally(group: string): Record<Method, Tally> {
    const kept = this.tallies.get(group);
    if (kept) return kept;
    const fresh = (): Tally => new Tally(this.frame.horizon, this.frame.soon);
    const made = {
      estimate: fresh(),
      static: fresh(),
      uscis: fresh(),
      'uscis-given-waited': fresh(),
      'kaplan-meier': fresh(),
    };
    this.tallies.set(group, made);
    return made;
  }
}

function oursAhead(model: Model, situation: Parameters<typeof forecast>[1], soon: number): Ahead {
  const ahead = forecast(model, situation);
  if (!ahead) return { q10: null, q25: null, q50: null, q75: null, q90: null, soon: 0 };
  return {
    q10: ahead.low(),
    q25: ahead.quantile(0.25),
    q50: ahead.quantile(0.5),
    q75: ahead.quantile(0.75),
    q90: ahead.high(),
    soon: ahead.within(soon),
  };
}

function middles(model: Model, procedure: string, own: { inStageDays: number; ageDays: number }): typeof own {
  const bins = model.procedures[procedure]?.bins ?? [0];
  const middle = (days: number): number => {
    const next = bins.findIndex((edge) => edge > days);
    return next < 0 ? days : ((bins[next - 1] ?? 0) + (bins[next] ?? 0)) / 2;
  };
  return { inStageDays: middle(own.inStageDays), ageDays: middle(own.ageDays) };
}

function methodOf(name: string): Method {
  return METHODS.find((method) => method === name) ?? 'static';
}

function checkedOrThrow(tables: StatisticsTables): StatisticsTables {
  const checked = checkTables(tables);
  if (!checked.ok) throw new RangeError(checked.reason);
  return checked.tables;
}
