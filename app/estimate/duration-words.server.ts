import { Temporal } from 'temporal-polyfill';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';

const DAYS_A_MONTH = 365.25 / 12;
/** Days up to which a wait is stated in weeks; beyond it in months. */
const MOST_IN_WEEKS = 182;

/** A range of days as two durations in the same unit. Rounding never narrows it. */
export function spanWords(low: number, high: number | null, language: Language): { low: string; high: string | null } {
  const t = translatorOf(language);
  const [unit, days] = (high ?? low) <= MOST_IN_WEEKS ? (['weeks', 7] as const) : (['months', DAYS_A_MONTH] as const);
  const words = (count: number) => t(`case:period.${unit}`, { count });
  return { low: words(Math.floor(low / days)), high: high === null ? null : words(Math.ceil(high / days)) };
}

/** Up to here the wait still to come is stated in weeks, and a usual time in days and in weeks. */
const WEEKS_UP_TO = 91;
const DAYS_UP_TO = 14;

/** How far away a range is: "2" and "7 months". Without a low end when that is less than one week or month. */
export function waitSpan(low: number, high: number, language: Language): { low: string | null; high: string } {
  const [unit, days] = high <= WEEKS_UP_TO ? (['weeks', 7] as const) : (['months', DAYS_A_MONTH] as const);
  const [from, until] = [Math.floor(low / days), Math.max(1, Math.ceil(high / days))];
  return {
    low: from === 0 ? null : formatsOf(language).number(from),
    high: translatorOf(language)(`case:period.${unit}`, { count: until }),
  };
}

/** A usual time, rounded: 11 days, 5 weeks, 4 months. */
export function aboutWords(days: number, language: Language): string {
  const [unit, length] =
    days < DAYS_UP_TO
      ? (['days', 1] as const)
      : days < WEEKS_UP_TO
        ? (['weeks', 7] as const)
        : (['months', DAYS_A_MONTH] as const);
  return translatorOf(language)(`case:period.${unit}`, { count: Math.round(days / length) });
}

/** A number of days as whole months, rounded down. */
export function monthsWords(days: number, language: Language): string {
  return translatorOf(language)('case:period.months', { count: Math.floor(days / DAYS_A_MONTH) });
}

/** An ISO duration such as P3M in words, as precise as it is. */
export function durationWords(iso: string, language: Language): string {
  const t = translatorOf(language);
  const { years, months, weeks, days } = Temporal.Duration.from(iso);
  const parts = [
    years || months ? t('case:period.months', { count: years * 12 + months }) : null,
    weeks ? t('case:period.weeks', { count: weeks }) : null,
    days ? t('case:period.days', { count: days }) : null,
  ];
  return formatsOf(language).list(parts.filter((part) => part !== null));
}
