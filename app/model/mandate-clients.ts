import type { Temporal } from 'temporal-polyfill';
import { type Answer, answerOf } from './answer';
import type { Case, Procedure, Stage } from './case';
import { isOver } from './case-state';
import { type BookedVisit, type Deadline, type DeadlineKind, deadlinesOf } from './mandate-deadlines';
import type { Outcome } from './meaning';
import { matches } from './search-words';
import { addDays } from './time';

/**
 * The parts of the list, in its order. What a client must do stands by its day, over all kinds of tasks; then what the
 * agency owes, and what needs nothing.
 */
export const GROUPS = ['overdue', 'today', 'week', 'month', 'later', 'undated', 'agency', 'none', 'done'] as const;
export type Group = (typeof GROUPS)[number];

/** A booked visit, and when its planner last confirmed it; null: never. */
export interface ClientVisit extends BookedVisit {
  readonly checkedAt: Temporal.Instant | null;
  readonly updatedAt: Temporal.Instant;
}

/** What the client must do. */
export interface ClientTask {
  readonly kind: ClientKind;
  /** ISO date in the agency's zone; null when the agency gave none. */
  readonly date: string | null;
  readonly at?: Deadline['at'];
}

/** What the agency owes, and what the client may do about it. */
export interface AgencyLate {
  /** The law's last day, ISO date. */
  readonly since: string;
  /** The furthest step that is possible now. */
  readonly possible: 'notice' | 'court' | null;
}

export interface ClientRow {
  readonly name: string;
  readonly theCase: Case;
  readonly group: Group;
  readonly task: ClientTask | null;
  readonly late: AgencyLate | null;
  readonly outcome: Outcome | null;
  /** The last day by which the agency must decide; null when it is not known or not running. */
  readonly decideBy: string | null;
  /** The office's own file number; "" without one. */
  readonly ownReference: string;
  /** Whether it changed since the advisor last opened it. */
  readonly isChanged: boolean;
  /** The counter visit that is booked. */
  readonly visit: ClientVisit | null;
  /** The colleague of the office whose client it is; null: the reader's own. */
  readonly lawyer: Lawyer | null;
}

export interface Lawyer {
  /** Stands for the lawyer in the list's address, for this reader alone. */
  readonly ref: string;
  readonly name: string;
}

/** In the filter by colleague: one's own clients. */
export const MINE = 'mine';

export const SORTS = ['need', 'name', 'received'] as const;
export type Sort = (typeof SORTS)[number];

export const CLIENT_KINDS = [
  ...(['papers', 'pay', 'respond', 'reply', 'visit', 'invitation'] as const),
  ...(['decision', 'objection', 'appeal'] as const),
];
/** `decision`: a decision is there to be read, and no last day to object is known. */
export type ClientKind = (typeof CLIENT_KINDS)[number];

export interface ClientListQuery {
  readonly search: string;
  readonly procedure: Procedure | null;
  readonly stage: Stage | null;
  readonly task: ClientKind | null;
  readonly outcome: Outcome | null;
  readonly onlyChanged: boolean;
  /** A lawyer's `ref`, or `MINE`. */
  readonly lawyer: string | null;
  readonly sort: Sort;
}

/** @param today ISO date in the agency's zone */
export function clientRow(name: string, theCase: Case, today: string, visit: ClientVisit | null = null): ClientRow {
  const answer = answerOf(theCase, { today });
  const { period } = answer;
  const task = taskOf(theCase, answer, today, visit);
  const late = lateOf(answer);
  return {
    name,
    theCase,
    group: groupOf(answer, task, late, today),
    task,
    late,
    outcome: answer.decision?.outcome ?? null,
    decideBy: period.state === 'running' || period.state === 'overdue' ? period.by : null,
    visit,
    ownReference: '',
    isChanged: false,
    lawyer: null,
  };
}

/** The client's next duty: a duty stays when its day is over, but not a visit or a way to object that has passed. */
function taskOf(theCase: Case, answer: Answer, today: string, visit: ClientVisit | null): ClientTask | null {
  const [first] = deadlinesOf(theCase, today, { visit, answer }).filter(
    ({ kind, date, at }) => isClients(kind) && (date >= today || !(at || PASSES.has(kind))),
  );
  if (first && isClients(first.kind)) return { ...first, kind: first.kind };
  const kind = UNDATED[answer.step.do];
  return kind && !isOver(answer.state) ? { kind, date: null } : null;
}

const isClients = (kind: DeadlineKind): kind is Exclude<ClientKind, 'decision'> =>
  kind !== 'decision' && CLIENT_KINDS.some((known) => known === kind);

const PASSES: ReadonlySet<DeadlineKind> = new Set<DeadlineKind>(['objection', 'appeal']);

/** The task of a step whose day is not known. */
const UNDATED: Readonly<Partial<Record<Answer['step']['do'], ClientKind>>> = {
  pay: 'pay',
  'send-papers': 'papers',
  respond: 'respond',
  visit: 'visit',
  'read-decision': 'decision',
};

function lateOf({ lateness, period, notice, court }: Answer): AgencyLate | null {
  if (lateness !== 'late' || period.state !== 'overdue') return null;
  return { since: period.by, possible: court?.isPossible ? 'court' : notice?.isPossible ? 'notice' : null };
}

function groupOf({ state }: Answer, task: ClientTask | null, late: AgencyLate | null, today: string): Group {
  if (task?.date) {
    if (task.date < today) return 'overdue';
    if (task.date === today) return 'today';
    return task.date <= addDays(today, 7) ? 'week' : task.date <= addDays(today, 28) ? 'month' : 'later';
  }
  if (task) return 'undated';
  if (late) return 'agency';
  return isOver(state) ? 'done' : 'none';
}

/** What the agency and the planner say of a case, as one text: time alone changes nothing in it. */
export const factsOf = (theCase: Case, visit: BookedVisit | null): string =>
  JSON.stringify([
    ...[theCase.state, theCase.current, theCase.outcome, theCase.result, theCase.decision, theCase.decideBy],
    ...[theCase.request, theCase.invitation, theCase.extension, theCase.suspension],
    visit && [visit.localDate, visit.localTime, visit.deskName],
  ]);

/** Filters and sorts the rows. Ties are sorted by name, so the order is stable. */
export function filterAndSort(rows: readonly ClientRow[], query: ClientListQuery): ClientRow[] {
  return rows
    .filter(
      ({ theCase, name, task, outcome, ownReference, isChanged, lawyer }) =>
        (query.lawyer === null || (lawyer?.ref ?? MINE) === query.lawyer) &&
        matches(query.search, [name, ownReference, theCase.reference, theCase.procedureName, ...numbersOf(theCase)]) &&
        (query.procedure === null || theCase.procedure === query.procedure) &&
        (query.stage === null || theCase.current?.stage === query.stage) &&
        (query.task === null || task?.kind === query.task) &&
        (query.outcome === null || outcome === query.outcome) &&
        (!query.onlyChanged || isChanged),
    )
    .sort(
      (a, b) => ORDER[query.sort](a, b) || a.name.localeCompare(b.name) || a.theCase.id.localeCompare(b.theCase.id),
    );
}

/** The V-numbers in a case. A BSN is no name for a case. */
const numbersOf = ({ vNumber, parties }: Case): string[] => [
  vNumber ?? '',
  ...parties.flatMap(({ ids }) => ids.flatMap(({ kind, value }) => (kind === 'vnumber' ? [value] : []))),
];

const dayOf = ({ task, late, decideBy }: ClientRow): string => task?.date ?? late?.since ?? decideBy ?? '9999';

const ORDER: Readonly<Record<Sort, (a: ClientRow, b: ClientRow) => number>> = {
  need: (a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || dayOf(a).localeCompare(dayOf(b)),
  name: (a, b) => a.name.localeCompare(b.name),
  received: (a, b) => b.theCase.received.localeCompare(a.theCase.received),
};
