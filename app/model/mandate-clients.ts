import type { Temporal } from 'temporal-polyfill';
import { type Answer, answerOf } from './answer';
import type { Case, Procedure, Stage } from './case';
import { isOver } from './case-state';
import { deadlinesOf } from './mandate-deadlines';
import { daysBetween } from './time';

/** Why a case stands where it does in the list; the first that applies counts. */
export const NEEDS = ['act', 'late', 'decision', 'appointment', 'soon', 'none', 'done'] as const;
export type Need = (typeof NEEDS)[number];

/** Wall time and desk of a visit, and when its planner last confirmed them; null: never. */
export interface ClientVisit {
  readonly localDate: string;
  readonly localTime: string;
  readonly deskName: string;
  readonly checkedAt: Temporal.Instant | null;
  readonly updatedAt: Temporal.Instant;
}

export interface ClientRow {
  readonly name: string;
  readonly theCase: Case;
  readonly need: Need;
  /** The counter visit that is booked. */
  readonly visit?: ClientVisit | null;
  /** The nearest deadline from today on, ISO date; null when there is none. */
  readonly due: string | null;
}

export const SORTS = ['need', 'due', 'name', 'received'] as const;
export type Sort = (typeof SORTS)[number];

export interface ClientListQuery {
  readonly search: string;
  readonly procedure: Procedure | null;
  readonly stage: Stage | null;
  /** Only cases due within so many days. */
  readonly withinDays: number | null;
  readonly sort: Sort;
}

/** Deadlines within so many days count as "soon". */
const SOON_DAYS = 14;

/** @param today ISO date in the agency's zone */
export function clientRow(name: string, theCase: Case, today: string): ClientRow {
  const answer = answerOf(theCase, { today });
  const due = deadlinesOf(theCase, today, answer).find(({ date }) => date >= today)?.date ?? null;
  return { name, theCase, need: needOf(answer, due, today), due };
}

function needOf(answer: Answer, due: string | null, today: string): Need {
  const step = answer.step.do;
  if (isOver(answer.state)) return due === null ? 'done' : 'decision';
  if (step === 'pay' || step === 'send-papers' || step === 'respond') return 'act';
  if (answer.lateness === 'late') return 'late';
  if (step === 'read-decision') return 'decision';
  if (step === 'visit' || step === 'attend') return 'appointment';
  return due !== null && daysBetween(today, due) <= SOON_DAYS ? 'soon' : 'none';
}

/** Filters and sorts the rows. Ties are sorted by name, so the order is stable. */
export function filterAndSort(rows: readonly ClientRow[], query: ClientListQuery, today: string): ClientRow[] {
  const words = query.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter(({ theCase, name, due }) => {
      const text = `${name} ${theCase.reference} ${theCase.procedureName}`.toLocaleLowerCase();
      return (
        words.every((word) => text.includes(word)) &&
        (query.procedure === null || theCase.procedure === query.procedure) &&
        (query.stage === null || theCase.current?.stage === query.stage) &&
        (query.withinDays === null || (due !== null && daysBetween(today, due) <= query.withinDays))
      );
    })
    .sort(
      (a, b) => ORDER[query.sort](a, b) || a.name.localeCompare(b.name) || a.theCase.id.localeCompare(b.theCase.id),
    );
}

const byDue = (a: ClientRow, b: ClientRow) => (a.due ?? '9999').localeCompare(b.due ?? '9999');

const ORDER: Readonly<Record<Sort, (a: ClientRow, b: ClientRow) => number>> = {
  need: (a, b) => NEEDS.indexOf(a.need) - NEEDS.indexOf(b.need) || byDue(a, b),
  due: byDue,
  name: (a, b) => a.name.localeCompare(b.name),
  received: (a, b) => b.theCase.received.localeCompare(a.theCase.received),
};
