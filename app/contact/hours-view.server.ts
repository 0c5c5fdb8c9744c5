import { wordsIn } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { type OpenHours, openingAt, type Span, spansIn, specialOn } from '~/model/opening';
import { addDays } from '~/model/time';
import { isHoliday } from '~/model/working-days';
import { now } from '~/platform/clock.server';

const DAYS_SHOWN = 7;

/**
 * When a line or desk is open now and in the next days, in its zone: the agency's special days lead, then its holidays.
 *
 * @param isOwn the hours are the folder's: they know no holidays, while the queue API says itself when it is closed
 */
export function hoursOf(id: string, weekly: readonly OpenHours[], isOwn: boolean, zone: string) {
  const local = now().toZonedDateTimeISO(zone);
  const today = local.toPlainDate().toString();
  const weekday = local.dayOfWeek;
  const time = local.toPlainTime().toString().slice(0, 5);
  const dayIn = (days: number) => addDays(today, days);
  const { AGENCY_DIR } = config();
  const special = (inDays: number) => specialOn(AGENCY_DIR.contact.days, id, dayIn(inDays));
  const isFree = (inDays: number) => isOwn && isHoliday(dayIn(inDays), AGENCY_DIR.law.freeDays);
  const exceptions = (inDays: number): readonly Span[] | null =>
    special(inDays)?.openingHours ?? (isFree(inDays) ? [] : null);
  const week = Array.from({ length: DAYS_SHOWN }, (_, inDays) => ({
    date: dayIn(inDays),
    spans: spansIn(weekly, weekday, inDays, exceptions),
    why: special(inDays)?.why ?? (isFree(inDays) ? ('holiday' as const) : null),
  }));
  return {
    id,
    here: { weekday, time, dayIn },
    opening: openingAt(weekly, weekday, time, exceptions),
    spans: week[0]?.spans ?? [],
    week,
  };
}

export type Hours = ReturnType<typeof hoursOf>;

/** The days of a week in words, once for all that are open at the same times. */
export function weekGroups(all: readonly Hours[], language: Language) {
  const formats = formatsOf(language);
  const groups = new Map<string, { readonly ids: string[]; readonly days: ReturnType<typeof dayView>[] }>();
  for (const { id, week } of all) {
    if (week.every(({ spans }) => spans.length === 0)) continue;
    const key = JSON.stringify(week);
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { ids: [id], days: week.map((day) => dayView(day, language)) });
  }
  return [...groups.values()];

  function dayView({ date, spans, why }: Hours['week'][number], language: Language) {
    return {
      day: formats.weekday(date),
      /** None: closed. */
      hours: spans.map(({ opens, closes }) => `${formats.time(opens)}–${formats.time(closes)}`),
      isHoliday: why === 'holiday',
      why: why === null || why === 'holiday' ? null : wordsIn(why, language, config()),
    };
  }
}
