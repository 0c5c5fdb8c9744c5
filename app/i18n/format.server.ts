import { Temporal } from 'temporal-polyfill';
import type { Language } from '~/model/language';
import { moneyOf, numbersOf } from './numbers';

/**
 * Dates, numbers and lists in the reader's language. For the server only: browsers lack the data of several languages.
 * The calendar is always Gregorian, as in the agency's letters.
 */
export interface Formats {
  /** 2026-03-12 → "12 March 2026" */
  date(iso: string): string;
  /** 2026-03-12 → "Thursday 12 March" */
  weekday(iso: string): string;
  /** 2026-03-12 → "12 Mar", for a picture */
  day(iso: string): string;
  /** 2026-03 or 2026-03-12 → "March 2026" */
  month(iso: string): string;
  /** "09:10" → "09:10" in the language's digits */
  time(localTime: string): string;
  /** An ISO instant as a clock time in an IANA zone. */
  clock(instant: string, zone: string): string;
  number(value: number): string;
  /** 1325.5 and the currency's sign → "€ 1,325.50", on one line */
  money(amount: number, sign: string): string;
  list(items: readonly string[]): string;
}

const made = new Map<Language, Formats>();

export function formatsOf(language: Language): Formats {
  let formats = made.get(language);
  if (!formats) {
    formats = makeFormats(language);
    made.set(language, formats);
  }
  return formats;
}

function makeFormats(language: Language): Formats {
  const locale = `${language === 'en' ? 'en-GB' : language}-u-ca-gregory`;
  const inUtc = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const date = inUtc({ day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = inUtc({ weekday: 'long', day: 'numeric', month: 'long' });
  const day = inUtc({ day: 'numeric', month: 'short' });
  const month = inUtc({ month: 'long', year: 'numeric' });
  const time = inUtc({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const at = (iso: string) => Date.parse(`${iso.length === 7 ? `${iso}-01` : iso}T00:00:00Z`);
  const localClock = remembered((text) => time.format(Date.parse(`2000-01-01T${text}:00Z`)));
  return {
    date: remembered((iso) => withMonth(language, date, at(iso))),
    weekday: remembered((iso) => withMonth(language, weekday, at(iso))),
    day: remembered((iso) => day.format(at(iso))),
    month: remembered((iso) => withMonth(language, month, at(iso))),
    time: localClock,
    clock: (instant, zone) =>
      localClock(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5)),
    number: numbersOf(language),
    money: (amount, sign) => `${sign}\u00a0${moneyOf(language)(amount)}`,
    list: (items) => list.format(items),
  };
}

const LEVANTINE_MONTH = new Intl.DateTimeFormat('ar-SY-u-ca-gregory', { month: 'long', timeZone: 'UTC' });

/**
 * A day stays on one line with its month. Arabic has two names for each month: readers from Syria and Iraq know one, those from
 * Egypt and Yemen the other.
 */
function withMonth(language: Language, format: Intl.DateTimeFormat, at: number): string {
  const parts = format.formatToParts(at);
  const isDayOrMonth = (part: Intl.DateTimeFormatPart | undefined) => part?.type === 'day' || part?.type === 'month';
  return parts
    .map(({ type, value }, index) => {
      if (type === 'month' && language === 'ar') return `${LEVANTINE_MONTH.format(at)}/${value}`;
      const joins = type === 'literal' && isDayOrMonth(parts[index - 1]) && isDayOrMonth(parts[index + 1]);
      // Parts have a narrow space where the whole date has a usual one.
      return value.replaceAll(joins ? ' ' : '\u202f', joins ? NO_BREAK : ' ');
    })
    .join('');
}

const NO_BREAK = '\u00a0';

/** Entries of each cache; a year of days and times fits. */
const KEPT = 2_000;

function remembered(format: (iso: string) => string): (iso: string) => string {
  const known = new Map<string, string>();
  return (iso) => {
    const before = known.get(iso);
    if (before !== undefined) return before;
    if (known.size >= KEPT) known.clear();
    const words = format(iso);
    known.set(iso, words);
    return words;
  };
}
