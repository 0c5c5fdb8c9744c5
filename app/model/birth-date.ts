import { Temporal } from 'temporal-polyfill';

const OLDEST_YEARS = 130;

/**
 * A date of birth as an ISO date: from a browser's date field, or typed as day, month and year where it has none. Null
 * for no such day, and for one that nobody alive was born on.
 *
 * @param asOf ISO date
 */
export function birthDateIn(text: string, asOf: string): string | null {
  const typed = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text.trim());
  const [, day = '', month = '', year = ''] = typed ?? [];
  const iso = typed ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  try {
    const date = Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
    const oldest = Temporal.PlainDate.from(asOf).subtract({ years: OLDEST_YEARS }).toString();
    return date <= asOf && date >= oldest ? date : null;
  } catch {
    return null;
  }
}
