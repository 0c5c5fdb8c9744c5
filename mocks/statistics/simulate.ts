import { PROCEDURE_RULES, type ProcedureRule, type Route, TEAM_BACKLOG_WEEKS } from './agency';
import { DECIDED_STAGE, isoDate, type LogEvent, mondayBefore } from './event-log';
import { atOnce } from './in-steps';
import { PriorityQueue } from './queue';
import { type Random, random } from './random';
import { type Shock, threeShocks } from './shocks';

export interface SimulationOptions {
  readonly seed: number;
  /** Weeks up to `endsOn`. A year before them warms up the agency, and the log has its cases too. */
  readonly weeks: number;
  /** ISO date; no event is on or after it. */
  readonly endsOn: string;
  /** Replace the seed's three shocks. Days count from the first of `weeks`. */
  readonly shocks?: readonly Shock[];
  /** Added to the shocks, for a what-if. */
  readonly scenario?: readonly Shock[];
}

interface SimCase {
  readonly id: string;
  readonly rule: ProcedureRule;
  readonly received: number;
  readonly withdraws: number;
  /** Some cases take several times as long in every stage, such as those with papers from far away or a court case. */
  readonly complex: boolean;
  stage: string;
  returned: boolean;
  done: boolean;
}

interface Team {
  readonly name: string;
  readonly queue: PriorityQueue<SimCase>;
  /** The average number of cases a week, and the number that it keeps waiting. */
  readonly load: number;
  readonly wanted: number;
  credit: number;
  effort: number;
}

const WARM_UP_DAYS = 364;
/** The chance a day that a case is withdrawn. */
const WITHDRAWN_A_DAY = 0.06 / 365;
const COMPLEX = 0.1;
const COMPLEX_FACTOR = 3.5;

/**
 * Simulates the agency day by day: people apply, teams of limited capacity take cases from their queues, and some cases
 * wait for papers or advice. The same seed, weeks and end give the same log. A later end only appends to it when
 * `weeks` grows by as much.
 */
export function simulate(options: SimulationOptions): LogEvent[] {
  return atOnce(simulateByDay(options));
}

/** `simulate` with a step for each day. */
export function simulateByDay({
  seed,
  weeks,
  endsOn,
  shocks,
  scenario = [],
}: SimulationOptions): Generator<void, LogEvent[]> {
  const end = Math.floor(Date.parse(`${endsOn}T00:00:00Z`) / 86_400_000);
  const begin = mondayBefore(end - 7 * weeks);
  const chance = random(seed);
  // A seed's shocks are on fixed days, so history stays the same when the world grows older.
  const allShocks = shocks ?? threeShocks(random(seed + 1), 7 * 156);
  return new Office(chance, [...allShocks, ...scenario], begin).run(begin - WARM_UP_DAYS, end);
}

class Office {
  readonly #events: LogEvent[] = [];
  readonly #teams: Map<string, Team>;
  readonly #due = new Map<number, SimCase[]>();
  #cases = 0;

  constructor(
    readonly chance: Random,
    readonly shocks: readonly Shock[],
    readonly begin: number,
  ) {
    this.#teams = new Map(Object.entries(teamLoads()).map(([name, load]) => [name, team(name, load)]));
  }

  *run(from: number, end: number): Generator<void, LogEvent[]> {
    for (let day = from; day < end; day++) {
      for (const one of this.#due.get(day) ?? []) this.#leave(one, day);
      this.#due.delete(day);
      for (const rule of PROCEDURE_RULES) this.#receive(rule, day);
      for (const one of this.#teams.values()) this.#work(one, day);
      yield;
    }
    return this.#events;
  }

  #receive(rule: ProcedureRule, day: number): void {
    const date = new Date(day * 86_400_000);
    const workday = date.getUTCDay() >= 1 && date.getUTCDay() <= 5;
    const season = rule.season[date.getUTCMonth()] ?? 1;
    const mean = (rule.perWeek / 7) * (workday ? 1.25 : 0.375) * season * this.#factor('inflow', rule.procedure, day);
    for (let left = this.chance.poisson(mean); left > 0; left--) {
      const withdraws = day - Math.log(1 - this.chance.next()) / WITHDRAWN_A_DAY;
      const complex = this.chance.next() < COMPLEX;
      const id = `S${String(++this.#cases).padStart(6, '0')}`;
      const one: SimCase = { id, rule, received: day, withdraws, complex, stage: '', returned: false, done: false };
      this.#enter(one, rule.first, day);
    }
  }

  #enter(one: SimCase, stage: string, day: number): void {
    one.stage = stage;
    this.#events.push({ case: one.id, procedure: one.rule.procedure, stage, entered: isoDate(day) });
    if (stage === DECIDED_STAGE) {
      one.done = true;
      return;
    }
    const rule = stageRule(one.rule, stage);
    if (rule.kind === 'delay') {
      this.#later(one, day + this.#duration(one, rule.days, rule.spread));
      return;
    }
    const team = this.#teams.get(rule.team);
    if (!team) throw new RangeError(`no team ${rule.team}`);
    // Mostly first come, first served. Simple cases, returning ones and those near their term come earlier.
    const backlogDays = (7 * team.wanted) / team.load;
    const simple = this.chance.next() < 0.15 ? 0.6 * backlogDays : 0;
    const back = one.returned ? 0.5 * backlogDays : 0;
    const turn = day + 0.25 * backlogDays * this.chance.normal() - simple - back;
    team.queue.push(one, Math.min(turn, one.received + 0.8 * one.rule.termDays));
    if (one.withdraws < day + 2000) this.#later(one, Math.max(day + 1, Math.ceil(one.withdraws)));
  }

  /** Ends a stage, or withdraws the case. */
  #leave(one: SimCase, day: number): void {
    if (one.done) return;
    const rule = stageRule(one.rule, one.stage);
    const next = day >= one.withdraws ? DECIDED_STAGE : this.#choose(rule.next, one.returned);
    if (one.stage === 'documents' || one.stage === 'advice') one.returned = true;
    this.#enter(one, next, day);
  }

  #choose(route: Route, returned: boolean): string {
    // A case that returned once is rarely sent away again.
    if (returned && this.chance.next() < 0.7 && route.some(([to]) => to === DECIDED_STAGE)) return DECIDED_STAGE;
    let left = this.chance.next();
    for (const [to, share] of route) {
      left -= share;
      if (left < 0) return to;
    }
    return route.at(-1)?.[0] ?? DECIDED_STAGE;
  }

  #work(team: Team, day: number): void {
    const date = new Date(day * 86_400_000);
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) return;
    const press = Math.min(1.12, Math.max(0.85, 1 + 0.25 * (team.queue.size / team.wanted - 1)));
    const capacity = (team.load / 5) * press * holiday(date) * this.#factor('capacity', team.name, day);
    team.credit = Math.min(team.credit, 5 * capacity) + capacity;
    while (team.credit > team.effort) {
      const one = team.queue.pop();
      if (!one) break;
      if (one.done) continue;
      team.credit -= team.effort;
      team.effort = this.chance.around(one.complex ? 1.5 : 0.82, 0.5);
      const rule = stageRule(one.rule, one.stage);
      const handling = rule.kind === 'work' ? rule.handlingDays : 1;
      this.#later(one, day + this.#duration(one, handling, 0.7));
    }
  }

  /** Whole days, at least one. */
  #duration(one: SimCase, median: number, spread: number): number {
    const days = one.complex ? COMPLEX_FACTOR * median : median;
    return Math.max(1, Math.round(this.chance.around(days, one.complex ? spread + 0.2 : spread)));
  }

  #later(one: SimCase, day: number): void {
    const due = this.#due.get(day);
    if (due) due.push(one);
    else this.#due.set(day, [one]);
  }

  #factor(what: Shock['what'], target: string, day: number): number {
    let factor = 1;
    for (const shock of this.shocks) {
      if (shock.what !== what || (shock.target !== target && shock.target !== '*')) continue;
      if (day >= this.begin + shock.fromDay && day < this.begin + shock.toDay) factor *= shock.factor;
    }
    return factor;
  }
}

function stageRule(rule: ProcedureRule, stage: string) {
  const found = Object.entries(rule.stages).find(([code]) => code === stage)?.[1];
  if (!found) throw new RangeError(`${rule.procedure} has no stage ${stage}`);
  return found;
}

/** Capacity is lower in the last week of December, the first of January, and in high summer. */
function holiday(date: Date): number {
  const dayOfYear = date.getUTCMonth() * 31 + date.getUTCDate();
  if (dayOfYear >= 11 * 31 + 23 || dayOfYear <= 3) return 0.3;
  return date.getUTCMonth() === 7 || (date.getUTCMonth() === 6 && date.getUTCDate() > 15) ? 0.85 : 1.04;
}

function team(name: string, load: number): Team {
  const wanted = load * (TEAM_BACKLOG_WEEKS[name] ?? 2);
  return { name, queue: new PriorityQueue(), load, wanted, credit: 0, effort: 1 };
}

interface Visit {
  readonly stage: string;
  readonly weight: number;
  readonly returned: boolean;
}

/** The cases a week of each team: inflow times the visits by the routes. */
function teamLoads(): Record<string, number> {
  const loads: Record<string, number> = {};
  for (const rule of PROCEDURE_RULES) {
    const wave: Visit[] = [{ stage: rule.first, weight: rule.perWeek, returned: false }];
    for (let one = wave.pop(); one; one = wave.pop()) {
      const at = stageRule(rule, one.stage);
      if (at.kind === 'work') loads[at.team] = (loads[at.team] ?? 0) + one.weight;
      const back = one.returned || one.stage === 'documents' || one.stage === 'advice';
      const settled = one.returned && at.next.some(([to]) => to === DECIDED_STAGE) ? 0.7 : 0;
      for (const [to, share] of at.next) {
        const weight = one.weight * share * (1 - settled);
        if (to !== DECIDED_STAGE && weight > 0.001) wave.push({ stage: to, weight, returned: back });
      }
    }
  }
  return loads;
}
