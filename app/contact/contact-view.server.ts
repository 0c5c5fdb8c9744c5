import { within } from '~/agency/budget.server';
import { type DeskNow, desksNow, hasQueue, type LineNow, phoneNow } from '~/agency/queue.server';
import { hasStatistics } from '~/agency/statistics.server';
import { config } from '~/config/config.server';
import { type Formats, formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { mapLoaded } from '~/model/loaded';
import { bestTimeToday, type OpenHours, openingAt } from '~/model/opening';
import { addDays } from '~/model/time';
import { isHoliday } from '~/model/working-days';
import { now } from '~/platform/clock.server';
import { mapAddress } from '~/ui/map-address';
import { groupedLike } from './phone-groups';

const BUDGET = 1_000;

/** Waits by phone and at the desks, loaded separately. All numbers and times are words already. */
export async function contactView(language: Language) {
  const [phone, desks] = await Promise.all([within(BUDGET, () => phoneNow()), within(BUDGET, () => desksNow())]);
  const formats = formatsOf(language);
  const { AGENCY_PHONE, AGENCY_ZONE } = config();
  return {
    /** Whether there is a page of expected waits. */
    hasWait: hasStatistics(),
    /** The agency's own number, which stands when its lines can't be asked for. */
    number: AGENCY_PHONE,
    /** Whether anybody tells how many people wait now. */
    hasQueue: hasQueue(),
    phone: mapLoaded(phone, (lines) => lines.map((line) => lineView(line, AGENCY_ZONE, formats))),
    desks: mapLoaded(desks, (all) => all.map((desk) => deskView(desk, formats))),
    asOf: formats.clock(now().toString(), AGENCY_ZONE),
  };
}

export type ContactView = Awaited<ReturnType<typeof contactView>>;
export type LineView = ReturnType<typeof lineView>;
export type DeskView = ReturnType<typeof deskView>;
export type OpeningView = ReturnType<typeof openingView>;

function lineView(line: LineNow, zone: string, formats: Formats) {
  const here = localNow(zone);
  const opening = openingView(line.openingHours, here, formats);
  const best = bestTimeToday(line.typical, line.openingHours, here.weekday, here.time);
  return {
    id: line.id,
    number: groupedLike(config().AGENCY_PHONE, line.number),
    opening,
    minutes: opening.open && line.waiting ? Math.round(line.waiting.minutes) : null,
    callers: opening.open && line.waiting ? line.waiting.callers : null,
    /** The best hour that is left today; `now` when that is this very hour. */
    best:
      best === null
        ? null
        : opening.open && best.hour === Number(here.time.slice(0, 2))
          ? ('now' as const)
          : { from: formats.time(hour(best.hour)), to: formats.time(hour(best.hour + 1)) },
  };
}

function deskView(desk: DeskNow, formats: Formats) {
  const opening = openingView(desk.openingHours, localNow(desk.zone), formats);
  const { street, postcode, city } = desk.address;
  const address = `${street}, ${postcode} ${city}`;
  return {
    key: desk.key,
    name: desk.name,
    address,
    map: mapAddress(config().AGENCY_DIR.map, address),
    opening,
    people: opening.open && desk.waiting ? desk.waiting.people : null,
    minutes: opening.open && desk.waiting ? Math.round(desk.waiting.minutes) : null,
  };
}

interface Local {
  readonly date: string;
  readonly weekday: number;
  readonly time: string;
}

function localNow(zone: string): Local {
  const here = now().toZonedDateTimeISO(zone);
  return {
    date: here.toPlainDate().toString(),
    weekday: here.dayOfWeek,
    time: here.toPlainTime().toString().slice(0, 5),
  };
}

/** `time` is when it closes or opens next, `day` the day on which it opens next. */
function openingView(hours: readonly OpenHours[], here: Local, formats: Formats) {
  const opening = openingAt(hours, here.weekday, here.time, closedFrom(here.date));
  if (opening.open) return { open: true, time: formats.time(opening.closes), day: null };
  const { next } = opening;
  if (!next) return { open: false, time: null, day: null };
  const day =
    next.inDays === 0
      ? ('today' as const)
      : next.inDays === 1
        ? ('tomorrow' as const)
        : { name: formats.weekday(addDays(here.date, next.inDays)) };
  return { open: false, time: formats.time(next.opens), day };
}

/** Hours of the folder know no holidays; the queue API says itself when a desk is closed. */
function closedFrom(date: string): (inDays: number) => boolean {
  const { freeDays } = config().AGENCY_DIR.law;
  return (inDays) => !hasQueue() && isHoliday(addDays(date, inDays), freeDays);
}

export { hasQueue };

const hour = (of: number) => `${String(of % 24).padStart(2, '0')}:00`;
