import type { Temporal } from 'temporal-polyfill';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { dateIn } from '~/model/time';

/** An instant as date and clock time of the agency's zone, in words. */
export function momentWords(at: Temporal.Instant, language: Language): string {
  const zone = config().AGENCY_ZONE;
  const formats = formatsOf(language);
  const [date, time] = [formats.date(dateIn(zone, at)), formats.clock(at.toString(), zone)];
  return translatorOf(language)('audit:moment', { date, time });
}
