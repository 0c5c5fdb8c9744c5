import { z } from 'zod';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { asOfNow } from './shared-answer.server';

/**
 * Schemas for what backends really send. "None" comes as null, "", white space, ".", {}, [] or not at all, numbers come as
 * texts and texts as numbers. An optional value never makes its row unreadable.
 */

/** A text without white space around it, cut where it has no end; null for every form of none. */
export const textOrNone = z
  .unknown()
  .optional()
  .transform((value) => cut(textIn(value), LONGEST_TEXT));

/** A name or another line that a page shows. */
export const nameOrNone = z
  .unknown()
  .optional()
  .transform((value) => cut(textIn(value), LONGEST_NAME));

/** The same, with "" for none. */
export const name = nameOrNone.transform((value) => value ?? '');

/** The same, with "" for none. */
export const text = textOrNone.transform((value) => value ?? '');

/** What a backend gives to be sent back, such as a token, of any length. */
export const neededToken = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const text = textIn(value);
    if (text !== null) return text;
    context.addIssue({ code: 'custom', message: 'is empty' });
    return z.NEVER;
  });

/** A text that a row can't do without, such as its key: cut it would be another key. A number becomes its text. */
export const needed = neededToken.refine((text) => text.length <= LONGEST_TEXT, 'is too long');

/** A name that a row can't do without. */
export const neededName = neededToken.transform((text) => cut(text, LONGEST_NAME) ?? text);

/** A number above zero, as a number or a text; null for none and for zero. */
export const amountOrNone = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = numberIn(value);
    return number !== null && number > 0 ? number : null;
  });

/** The length of something in whole minutes, rounded up; null for none, for zero, and for more than a week. */
export const minutesOrNone = amountOrNone.transform((minutes) =>
  minutes !== null && minutes <= MINUTES_OF_A_WEEK ? Math.ceil(minutes) : null,
);
const MINUTES_OF_A_WEEK = 7 * 24 * 60;

/** A number that a row can't do without. */
export const neededNumber = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const number = numberIn(value);
    if (number !== null) return number;
    context.addIssue({ code: 'custom', message: 'is no number' });
    return z.NEVER;
  });

/** A whole number that a row can't do without. */
export const neededWhole = neededNumber.refine(Number.isSafeInteger, 'is no whole number');

/** A whole number, as a number or a text; null for none and for anything else. */
export const wholeOrNone = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = numberIn(value);
    return number !== null && Number.isSafeInteger(number) ? number : null;
  });

/** True or false, also as "true", "1" or 1; null for none and for anything else. */
export const flagOrNone = z
  .unknown()
  .optional()
  .transform((value) => {
    const text = String(value).trim().toLowerCase();
    if (['true', '1', 'yes', 'ja'].includes(text)) return true;
    return ['false', '0', 'no', 'nee'].includes(text) ? false : null;
  });

/** A local date such as "2026-03-30" or "2026-03-30T00:00:00", as its date. An instant may be on another day here. */
export const neededDate = needed
  .transform((text) => /^(\d{4}-\d{2}-\d{2})($|[T ]00:00|[T ][\d:.]+$)/.exec(text)?.[1] ?? '')
  .pipe(z.iso.date());

/** A wall time such as "9:15", "09:15" or "09:15:00", as hours and minutes. */
export const neededTime = needed
  .transform((text) => /^((?:[01]?\d|2[0-3]):[0-5]\d)(:\d{2}(\.\d+)?)?$/.exec(text)?.[1] ?? '')
  .pipe(z.string().min(4));

/** True only for what says so. */
export const truth = flagOrNone.transform((value) => value === true);

/** A value by its schema. A list with one item in the place of an object is read as that item. */
export function readAs<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  const read = schema.safeParse(value);
  if (read.success || !Array.isArray(value) || value.length !== 1) return read;
  const only = schema.safeParse(value[0]);
  return only.success ? only : read;
}

/** An object as the schema reads it; null for none, for one without fields, and for anything else. */
export const objectOrNone = <T>(schema: z.ZodType<T>) =>
  z
    .unknown()
    .optional()
    .transform((value): T | null => {
      const object = Array.isArray(value) && value.length === 1 ? value[0] : value;
      return isFilled(object) ? (schema.safeParse(object).data ?? null) : null;
    });

/** The rows of a list that can be read, and how many can't. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly unreadable: number;
}

/** A list of rows, or one row in its place. A row that can't be read spoils no other; none in any form is an empty list. */
export const rowsOf = <T>(row: z.ZodType<T>) =>
  z
    .unknown()
    .optional()
    .transform((value): Rows<T> => rowsIn(row, value));

/** The list for which a backend was asked: an answer without it says nothing of what there is. */
export const neededRows = <T>(row: z.ZodType<T>) =>
  z.unknown().transform((value, context): Rows<T> => {
    if (value === undefined) context.addIssue('is not there');
    return rowsIn(row, value);
  });

function rowsIn<T>(row: z.ZodType<T>, value: unknown): Rows<T> {
  const list = listIn(value);
  const parsed = list.map((each) => readAs(row, each));
  const rows = parsed.flatMap((each) => (each.success ? [each.data] : []));
  return { rows, unreadable: list.length - rows.length };
}

/** A value by its schema, or a list of one in its place. */
export const inAnyForm = <T>(schema: z.ZodType<T>) =>
  z
    .unknown()
    .optional()
    .transform((value, context): T => {
      const read = readAs(schema, value);
      if (read.success) return read.data;
      for (const { message, path } of read.error.issues) context.addIssue({ code: 'custom', message, path });
      return z.NEVER;
    });

/**
 * What a list with gaps is worth: all of it, a part, or nothing where no row could be read.
 *
 * @param of what the unreadable rows are missing from, as a page names it
 */
export function loadedRows<T>({ rows, unreadable }: Rows<T>, of: string): Loaded<T[]> {
  if (unreadable === 0) return fresh([...rows], asOfNow());
  if (rows.length === 0) return unavailable('malformed');
  return { state: 'partial', value: [...rows], asOf: asOfNow(), missing: [of] };
}

/** Keeps the first row of each key. */
export function onceEach<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const row of rows) if (!seen.has(keyOf(row))) seen.set(keyOf(row), row);
  return [...seen.values()];
}

const isFilled = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Characters that any text of a backend may have, and one that a page shows in a line. ZGW's longest name has 200. */
const LONGEST_TEXT = 2_000;
const LONGEST_NAME = 250;

/** At most so many characters, the last one "…" where some were cut. */
function cut(text: string | null, most: number): string | null {
  if (text === null || text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function textIn(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.replace(INVISIBLE, '').trim();
  return text === '' || text === '.' ? null : text;
}

/**
 * White space of no width, which some systems put into an empty field; marks that turn the direction of the text after
 * them; and control characters other than line breaks and tabs. Joiners stay, which Persian needs.
 */
const INVISIBLE = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n\r\t]/gu;

function numberIn(value: unknown): number | null {
  const text = textIn(value);
  return text !== null && /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/**
 * The items of a list in any of its forms. PHP writes a list with gaps as an object with numbers for
 * names, and an empty one as {}. Systems that turn XML into JSON write a list of one row as that row.
 */
export function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isNone(value)) return [];
  const isNumbered = typeof value === 'object' && Object.keys(value ?? {}).every((name) => /^\d+$/.test(name));
  return isNumbered ? Object.values(value ?? {}) : [value];
}

/** Whether it says nothing, in any form but an empty list. */
export const isNone = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && textIn(value) === null) ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);
