import { Temporal } from 'temporal-polyfill';

/** A visitor's question: the wait of this procedure, applied in this time, in this stage. */
export interface Question {
  readonly procedure: string;
  /** First and last possible day of the application, ISO. */
  readonly from: string;
  readonly until: string;
  /** Whether the application lies on one known day. */
  readonly exact: boolean;
  /** Null when unknown, or when the procedure has no such stage. */
  readonly stage: string | null;
}

export interface QuestionFields {
  readonly procedure: string;
  readonly month: string;
  readonly day: string;
  readonly stage: string;
}

export type Fault = 'procedure' | 'month' | 'day' | 'future';

export type ParsedQuestion =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'question'; readonly question: Question; readonly stageUnknown: boolean };

/** How many years back the form's months go. */
const YEARS_BACK = 8;

export function questionFields(search: URLSearchParams, today: string): QuestionFields {
  return {
    procedure: firstOf(search, 'procedure') ?? '',
    month: firstOf(search, 'month') ?? today.slice(0, 7),
    day: firstOf(search, 'day') ?? '',
    stage: firstOf(search, 'stage') ?? '',
  };
}

/** The first value that is not empty: links double fields, and people copy spaces. Null when the address lacks the field. */
function firstOf(search: URLSearchParams, name: string): string | null {
  const values = search.getAll(name).map((value) => value.trim());
  return values.find((value) => value !== '') ?? values[0] ?? null;
}

/** The procedure as the counts name it, whatever its case in the address; null when there is none. */
export const knownProcedure = (asked: string, procedures: readonly string[]): string | null =>
  procedures.find((name) => name === asked) ??
  procedures.find((name) => name.toLowerCase() === asked.toLowerCase()) ??
  null;

/**
 * Parses the form. A month without a day means all of its days up to today.
 * @param stages stages of each known procedure
 */
export function parseQuestion(
  fields: QuestionFields,
  stages: ReadonlyMap<string, readonly string[]>,
  today: string,
): ParsedQuestion {
  if (fields.procedure === '') return { kind: 'nothing' };
  const procedure = knownProcedure(fields.procedure, [...stages.keys()]);
  if (procedure === null) return { kind: 'fault', fault: 'procedure' };
  const own = stages.get(procedure) ?? [];
  const month = parseMonth(fields.month);
  if (!month) return { kind: 'fault', fault: 'month' };
  const first = month.toPlainDate({ day: 1 }).toString();
  const last = month.toPlainDate({ day: month.daysInMonth }).toString();
  if (first > today) return { kind: 'fault', fault: 'future' };
  const day = fields.day === '' ? null : parseDay(fields.day, month);
  if (day === undefined) return { kind: 'fault', fault: 'day' };
  if (day !== null && day > today) return { kind: 'fault', fault: 'future' };
  const stage = own.includes(fields.stage) ? fields.stage : null;
  const until = last < today ? last : today;
  return {
    kind: 'question',
    question: {
      procedure,
      from: day ?? first,
      until: day ?? until,
      exact: day !== null || first === until,
      stage,
    },
    stageUnknown: fields.stage !== '' && stage === null,
  };
}

export function selectableMonths(today: string): string[] {
  const now = Temporal.PlainDate.from(today).toPlainYearMonth();
  return Array.from({ length: 12 * YEARS_BACK }, (_, back) => now.subtract({ months: back }).toString());
}

function parseMonth(text: string): Temporal.PlainYearMonth | null {
  return /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainYearMonth.from(text) : null;
}

/** Undefined when the month has no such day. */
function parseDay(text: string, month: Temporal.PlainYearMonth): string | undefined {
  const day = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return day >= 1 && day <= month.daysInMonth ? month.toPlainDate({ day }).toString() : undefined;
}
