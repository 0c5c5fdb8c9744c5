import type { CaseHistory } from '../../mocks/statistics/event-log';
import type { Ahead } from './scores';

/** Forecasts the remaining wait of a case from its procedure and its age in days. */
export type Baseline = (procedure: string, ageDays: number) => Ahead;

const SIX_MONTHS = 182;

/** The published term: percentiles of all waits that ended by `burnedIn` (a day number). Never updated. */
export function staticTerm(cases: readonly CaseHistory[], burnedIn: number, horizon: number, soon: number): Baseline {
  const waits = finishedWaits(cases, Number.NEGATIVE_INFINITY, burnedIn);
  return (procedure, age) => lessAge(waits.get(procedure) ?? [], age, horizon, soon);
}

/** Percentiles of the whole waits that ended in the last six months, minus the case's age. */
export function uscisStyle(cases: readonly CaseHistory[], asOf: number, horizon: number, soon: number): Baseline {
  const waits = finishedWaits(cases, asOf - SIX_MONTHS, asOf);
  return (procedure, age) => lessAge(waits.get(procedure) ?? [], age, horizon, soon);
}

/** Like `uscisStyle`, from only the waits that were longer than the case's age. */
export function uscisGivenWaited(cases: readonly CaseHistory[], asOf: number, horizon: number, soon: number): Baseline {
  const waits = finishedWaits(cases, asOf - SIX_MONTHS, asOf);
  return (procedure, age) => {
    const own = waits.get(procedure) ?? [];
    return lessAge(own.slice(firstAbove(own, age)), age, horizon, soon);
  };
}

/** Kaplan-Meier by age over all history, conditioned on the case's age. Open cases are censored. */
export function kaplanMeier(cases: readonly CaseHistory[], asOf: number, horizon: number, soon: number): Baseline {
  const curves = new Map<string, Survival>();
  for (const [procedure, own] of groupByProcedure(cases)) curves.set(procedure, survival(own, asOf));
  return (procedure, age) => {
    const curve = curves.get(procedure) ?? { days: [], staying: [] };
    const at = firstAbove(curve.days, age) - 1;
    const now = at < 0 ? 1 : (curve.staying[at] ?? 0);
    const quantile = (share: number): number | null => {
      const below = now * (1 - share) + 1e-12;
      let low = at + 1;
      let high = curve.days.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((curve.staying[middle] ?? 0) <= below) high = middle;
        else low = middle + 1;
      }
      const day = curve.days[low];
      return day === undefined || day - age >= horizon ? null : day - age;
    };
    const later = firstAbove(curve.days, age + soon) - 1;
    const chance = later < 0 || now === 0 ? 0 : 1 - (curve.staying[later] ?? 0) / now;
    return aheadOf(quantile, chance);
  };
}

interface Survival {
  /** Ages in days at which a case was decided, ascending, and the share of cases still open after each. */
  readonly days: readonly number[];
  readonly staying: readonly number[];
}

function survival(cases: readonly CaseHistory[], asOf: number): Survival {
  const waits = cases
    .map((one) => ({
      days: Math.min(one.decided, asOf) - (one.entered[0] ?? asOf),
      over: one.decided < asOf,
      n: one.n,
    }))
    .filter((wait) => wait.days > 0 || wait.over)
    .sort((a, b) => a.days - b.days);
  let atRisk = waits.reduce((sum, wait) => sum + wait.n, 0);
  const days: number[] = [];
  const staying: number[] = [];
  let left = 1;
  for (let i = 0; i < waits.length; ) {
    const day = waits[i]?.days ?? 0;
    let over = 0;
    let gone = 0;
    for (; i < waits.length && waits[i]?.days === day; i++) {
      gone += waits[i]?.n ?? 0;
      if (waits[i]?.over) over += waits[i]?.n ?? 0;
    }
    if (over > 0) {
      left *= 1 - over / atRisk;
      days.push(day);
      staying.push(left);
    }
    atRisk -= gone;
  }
  return { days, staying };
}

/**
 * Whole waits in days by procedure, ascending, that ended from `from` until before `until`. Repeats a wait for each
 * equal case.
 */
function finishedWaits(cases: readonly CaseHistory[], from: number, until: number): Map<string, number[]> {
  const waits = new Map<string, number[]>();
  for (const one of cases) {
    if (one.decided < from || one.decided >= until) continue;
    const own = waits.get(one.procedure) ?? [];
    for (let i = 0; i < one.n; i++) own.push(one.decided - (one.entered[0] ?? one.decided));
    waits.set(one.procedure, own);
  }
  for (const own of waits.values()) own.sort((a, b) => a - b);
  return waits;
}

function lessAge(waits: readonly number[], age: number, horizon: number, soon: number): Ahead {
  const quantile = (share: number): number | null => {
    if (waits.length === 0) return null;
    const place = share * (waits.length - 1);
    const low = waits[Math.floor(place)] ?? 0;
    const high = waits[Math.ceil(place)] ?? low;
    const left = Math.max(0, low + (place - Math.floor(place)) * (high - low) - age);
    return left >= horizon ? null : left;
  };
  return aheadOf(quantile, waits.length === 0 ? 0 : firstAbove(waits, age + soon) / waits.length);
}

function aheadOf(quantile: (share: number) => number | null, soon: number): Ahead {
  return { q10: quantile(0.1), q25: quantile(0.25), q50: quantile(0.5), q75: quantile(0.75), q90: quantile(0.9), soon };
}

/** Index of the first number above `limit` in an ascending list. */
function firstAbove(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function groupByProcedure(cases: readonly CaseHistory[]): Map<string, CaseHistory[]> {
  const groups = new Map<string, CaseHistory[]>();
  for (const one of cases) {
    const own = groups.get(one.procedure);
    if (own) own.push(one);
    else groups.set(one.procedure, [one]);
  }
  return groups;
}
