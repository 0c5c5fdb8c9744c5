import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { agencyDay, now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import type { Booking } from '~/store/booking.server';

type Checked = Pick<Booking, 'checkedAt' | 'updatedAt'>;

/** A list asks few planners: a visit that was checked in this time is told as it is. */
const CHECKED_HOURS = 1;

/** Since when a visit is known as it is told, as a day and a time in words. */
export function sinceOf({ checkedAt, updatedAt }: Checked, language: Language): string {
  const since = checkedAt ?? updatedAt;
  return translatorOf(language)('appointment:booking.moment', {
    day: formatsOf(language).weekday(agencyDay(since)),
    time: clockWords(since, language),
  });
}

/** The sentence of a list's line whose planner was not asked lately, and may have moved the visit; else null. */
export function notCheckedLately(visit: Checked, language: Language): string | null {
  const age = now().since(visit.checkedAt ?? visit.updatedAt);
  if (age.total('hours') < CHECKED_HOURS) return null;
  return translatorOf(language)('appointment:booking.knownSince', { time: sinceOf(visit, language) });
}
