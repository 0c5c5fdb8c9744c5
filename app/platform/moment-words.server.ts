import type { Temporal } from 'temporal-polyfill';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { agencyDay } from './clock.server';

/** The day of an instant in the agency's zone, in words. */
export const dayWords = (at: Temporal.Instant, language: Language): string => formatsOf(language).date(agencyDay(at));

/** The clock time of an instant (an ISO string too) in the agency's zone, in words. */
export const clockWords = (at: Temporal.Instant | string, language: Language): string =>
  formatsOf(language).clock(at.toString(), config().AGENCY_ZONE);

/** An instant as date and clock time of the agency's zone, in words. */
export function momentWords(at: Temporal.Instant, language: Language): string {
  return translatorOf(language)('audit:moment', { date: dayWords(at, language), time: clockWords(at, language) });
}
