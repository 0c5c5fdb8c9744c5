import type { Case, Procedure, Stage } from './case';
import { type DecisionPeriod, decisionPeriodOf } from './decision-period';
import { deadlinesOf } from './mandate-deadlines';
import { nextStepOf } from './next-step';
import { daysBetween } from './time';

/** Why a client's case stands where it stands in the list: the first that holds. */
export const NEEDS = ['act', 'late', 'decision', 'appointment', 'soon', 'none', 'done'] as const;
export type Need = (typeof NEEDS)[number];

export interface ClientRow {
  readonly name: string;
  readonly theCase: Case;
  readonly need: Need;
  /** The nearest day that is not yet over, ISO; null: none. */
  readonly due: string | null;
}

export const SORTS = ['need', 'due', 'name', 'received'] as const;
export type Sort = (typeof SORTS)[number];

export interface ListWish {
  readonly search: string;
  readonly procedure: Procedure | null;
  readonly stage: Stage | null;
  /** Only what is due within so many days. */
  readonly withinDays: number | null;
  readonly sort: Sort;
}

/** A day this near counts as "soon". */
const SOON_DAYS = 14;

/** @param today ISO date in the agency's zone */
export function clientRow(name: string, theCase: Case, today: string): ClientRow {
  const period = decisionPeriodOf(theCase, today);
  const due = deadlinesOf(theCase, today, period).find(({ date }) => date >= today)?.date ?? null;
  return { name, theCase, need: needOf(theCase, period, due, today), due };
}

function needOf(theCase: Case, period: DecisionPeriod, due: string | null, today: string): Need {
  if (theCase.ended) return 'done';
  const step = nextStepOf(theCase).do;
  if (step === 'pay' || step === 'send-papers' || step === 'respond') return 'act';
  if (period.state === 'overdue') return 'late';
  if (step === 'read-decision') return 'decision';
  if (step === 'visit' || step === 'attend') return 'appointment';
  return due !== null && daysBetween(today, due) <= SOON_DAYS ? 'soon' : 'none';
}

/** The rows that a wish asks for, in its order. Equal ones stand by name, so that a list never jumps. */
export function arrange(rows: readonly ClientRow[], wish: ListWish, today: string): ClientRow[] {
  const words = wish.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter(({ theCase, name, due }) => {
      const text = `${name} ${theCase.reference} ${theCase.procedureName}`.toLocaleLowerCase();
      return (
        words.every((word) => text.includes(word)) &&
        (wish.procedure === null || theCase.procedure === wish.procedure) &&
        (wish.stage === null || theCase.current?.stage === wish.stage) &&
        (wish.withinDays === null || (due !== null && daysBetween(today, due) <= wish.withinDays))
      );
    })
    .sort((a, b) => ORDER[wish.sort](a, b) || a.name.localeCompare(b.name) || a.theCase.id.localeCompare(b.theCase.id));
}

const byDue = (a: ClientRow, b: ClientRow) => (a.due ?? '9999').localeCompare(b.due ?? '9999');

const ORDER: Readonly<Record<Sort, (a: ClientRow, b: ClientRow) => number>> = {
  need: (a, b) => NEEDS.indexOf(a.need) - NEEDS.indexOf(b.need) || byDue(a, b),
  due: byDue,
  name: (a, b) => a.name.localeCompare(b.name),
  received: (a, b) => b.theCase.received.localeCompare(a.theCase.received),
};
