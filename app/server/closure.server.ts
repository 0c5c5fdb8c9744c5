import { Temporal } from 'temporal-polyfill';
import type { Config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { dateIn } from '~/model/time';
import { now } from '~/platform/clock.server';
import type { Failure } from './plain-answers.server';

/**
 * The announcement while the operator has closed the portal; null when it is open. It reopens by itself in time. Runs
 * for every request, so the language is only resolved when needed.
 */
export function closure(
  { MAINTENANCE_UNTIL, AGENCY_ZONE }: Pick<Config, 'MAINTENANCE_UNTIL' | 'AGENCY_ZONE'>,
  languageOf: () => Language,
): Failure | null {
  if (MAINTENANCE_UNTIL === undefined) return null;
  const until = Temporal.Instant.from(MAINTENANCE_UNTIL);
  const retryAfter = Math.ceil(now().until(until).total('seconds'));
  if (retryAfter <= 0) return null;
  const language = languageOf();
  const formats = formatsOf(language);
  const day = dateIn(AGENCY_ZONE, until);
  return {
    why: 'maintenance',
    language,
    retryAfter,
    values: { day: formats.weekday(day), time: formats.clock(MAINTENANCE_UNTIL, AGENCY_ZONE) },
  };
}
