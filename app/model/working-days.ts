import { Temporal } from 'temporal-polyfill';

/**
 * The first day, from `date` on, that is no Saturday, Sunday or Dutch public holiday: a term that ends on such a day is
 * prolonged to the next working day (Algemene termijnenwet, art. 1 and 3).
 */
export function nextWorkingDay(date: string): string {
  let day = Temporal.PlainDate.from(date);
  while (day.dayOfWeek > 5 || isHoliday(day)) day = day.add({ days: 1 });
  return day.toString();
}

function isHoliday(day: Temporal.PlainDate): boolean {
  return holidaysOf(day.year).has(day.toString());
}

const known = new Map<number, ReadonlySet<string>>();

/** The generally recognised holidays of a year (art. 3): fixed ones, those that move with Easter, and the King's Day. */
export function holidaysOf(year: number): ReadonlySet<string> {
  const remembered = known.get(year);
  if (remembered) return remembered;
  const easter = easterOf(year);
  const on = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day });
  const kingsDay = on(4, 27).dayOfWeek === 7 ? on(4, 26) : on(4, 27);
  const days = [
    on(1, 1),
    easter.subtract({ days: 2 }), // Good Friday
    easter.add({ days: 1 }),
    kingsDay,
    on(5, 5),
    easter.add({ days: 39 }), // Ascension Day
    easter.add({ days: 50 }), // Whit Monday
    on(12, 25),
    on(12, 26),
  ];
  const holidays = new Set(days.map(String));
  known.set(year, holidays);
  return holidays;
}

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991). */
function easterOf(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(f / 31), day: (f % 31) + 1 });
}
