import { Temporal } from 'temporal-polyfill';

const FORM = /^P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?:0+H)?(?:0+M)?(?:0+(?:\.0+)?S)?)?$/i;
/** A longer one is a mistake, and would lead out of the calendar. */
const MOST_YEARS = 100;

/** An ISO duration of days or more, such as P90D; null for one of nothing, a negative one, or anything else. */
export function durationOf(text: string): string | null {
  if (!FORM.test(text)) return null;
  const [date = ''] = text.toUpperCase().split('T');
  const { years, months, weeks, days, sign } = Temporal.Duration.from(date);
  const inYears = years + months / 12 + weeks / 52 + days / 365;
  if (sign === 0 || inYears > MOST_YEARS) return null;
  return Temporal.Duration.from({ years, months, weeks, days }).toString();
}
