import { Temporal } from 'temporal-polyfill';

/** What somebody who is not signed in asks: how long for this procedure, applied then, in that stage. */
export interface Question {
  readonly procedure: string;
  /** First and last day (ISO) on which the application may have been received. */
  readonly from: string;
  readonly until: string;
  /** Whether the day itself is known, or only its month. */
  readonly exact: boolean;
  /** Null where it is not known, or the procedure has no such stage. */
  readonly stage: string | null;
}

/** What stands in the form, as it was sent. */
export interface Asked {
  readonly procedure: string;
  readonly month: string;
  readonly day: string;
  readonly stage: string;
}

export type Fault = 'procedure' | 'month' | 'day' | 'future';

export type Heard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'question'; readonly question: Question; readonly stageUnknown: boolean };

/** Years of applications that may be asked about. */
export const YEARS_BACK = 8;

export function askedIn(search: URLSearchParams, today: string): Asked {
  return {
    procedure: search.get('procedure') ?? '',
    month: search.get('month') ?? today.slice(0, 7),
    day: search.get('day') ?? '',
    stage: search.get('stage') ?? '',
  };
}

/**
 * Understands the form. A month without a day is all of its days up to today.
 * @param stages of each procedure that is known, by its name
 */
export function hear(asked: Asked, stages: ReadonlyMap<string, readonly string[]>, today: string): Heard {
  if (asked.procedure === '') return { kind: 'nothing' };
  const own = stages.get(asked.procedure);
  if (!own) return { kind: 'fault', fault: 'procedure' };
  const month = monthOf(asked.month);
  if (!month) return { kind: 'fault', fault: 'month' };
  const first = month.toPlainDate({ day: 1 }).toString();
  const last = month.toPlainDate({ day: month.daysInMonth }).toString();
  if (first > today) return { kind: 'fault', fault: 'future' };
  const day = asked.day === '' ? null : dayOf(asked.day, month);
  if (day === undefined) return { kind: 'fault', fault: 'day' };
  if (day !== null && day > today) return { kind: 'fault', fault: 'future' };
  const stage = own.includes(asked.stage) ? asked.stage : null;
  const until = last < today ? last : today;
  return {
    kind: 'question',
    question: {
      procedure: asked.procedure,
      from: day ?? first,
      until: day ?? until,
      exact: day !== null || first === until,
      stage,
    },
    stageUnknown: asked.stage !== '' && stage === null,
  };
}

/** The months to choose from, the newest first. */
export function monthsToAsk(today: string): string[] {
  const now = Temporal.PlainDate.from(today).toPlainYearMonth();
  return Array.from({ length: 12 * YEARS_BACK }, (_, back) => now.subtract({ months: back }).toString());
}

function monthOf(text: string): Temporal.PlainYearMonth | null {
  return /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainYearMonth.from(text) : null;
}

/** Undefined where the month has no such day. */
function dayOf(text: string, month: Temporal.PlainYearMonth): string | undefined {
  const day = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return day >= 1 && day <= month.daysInMonth ? month.toPlainDate({ day }).toString() : undefined;
}
