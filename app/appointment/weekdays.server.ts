import type { Language } from '~/model/language';

// A week that starts on a Monday.
const A_WEEK = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-06', '2024-01-07'];

const namesOfDays = new Map<string, readonly string[]>();

export function weekdayNames(language: Language, width: 'long' | 'short' | 'narrow'): readonly string[] {
  const key = `${language} ${width}`;
  let names = namesOfDays.get(key);
  if (!names) {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { weekday: width, timeZone: 'UTC' });
    names = A_WEEK.map((date) => format.format(Date.parse(date)));
    namesOfDays.set(key, names);
  }
  return names;
}
