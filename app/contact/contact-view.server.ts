import { within } from '~/agency/budget.server';
import { type DeskNow, desksNow, hasQueue, type LineNow, phoneNow } from '~/agency/queue.server';
import { hasStatistics } from '~/agency/statistics.server';
import { wordsIn } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import { type Formats, formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { type Loaded, mapLoaded } from '~/model/loaded';
import { bestTimeToday } from '~/model/opening';
import { forecastToday } from '~/model/queue-forecast';
import { now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import { mapAddress } from '~/ui/map-address';
import { type Hours, hoursOf, weekGroups } from './hours-view.server';
import { otherWays } from './other-ways.server';
import { groupedLike } from './phone-groups';

const BUDGET = 1_000;

/**
 * How people reach the agency, when, and how long they wait now. Hours are those of the agency's folder where it has them, so
 * that numbers and hours stand when the waits can't be asked for. All numbers and times are words already.
 */
export async function contactView(language: Language) {
  const [phone, desks] = await Promise.all([within(BUDGET, () => phoneNow()), within(BUDGET, () => desksNow())]);
  const { AGENCY_DIR, AGENCY_PHONE, AGENCY_ZONE } = config();
  const lines = orOwn(phone, linesOf);
  const places = orOwn(desks, placesOf);
  const lineHours = lines.map(({ id, openingHours, isOwn }) => hoursOf(id, openingHours, isOwn, AGENCY_ZONE));
  const placeHours = places.map(({ key, openingHours, zone, isOwn }) => hoursOf(key, openingHours, isOwn, zone));
  return {
    /** Whether there is a page of expected waits. */
    hasWait: hasStatistics(),
    /** The agency's own number, which stands when no line is known. */
    number: AGENCY_PHONE,
    /** Whether anybody tells how many people wait now. */
    hasQueue: hasQueue(),
    phone: mapLoaded(phone, () => null),
    lines: lines.flatMap((line, at) => lineView(line, lineHours[at], language)),
    desks: mapLoaded(desks, () => null),
    places: places.flatMap((desk, at) => deskView(desk, placeHours[at], language)),
    week: {
      phone: weekGroups(lineHours, language),
      desks: weekGroups(placeHours, language),
    },
    cost: wordsIn(AGENCY_DIR.contact.cost, language, config()),
    ways: otherWays(language),
    asOf: clockWords(now(), language),
  };
}

export type ContactView = Awaited<ReturnType<typeof contactView>>;
export type LineView = ReturnType<typeof lineView>[number];
export type DeskView = ReturnType<typeof deskView>[number];
export type WeekView = ContactView['week']['phone'];

/** The rows as asked for, with the folder's own in place of what could not be asked. */
const orOwn = <T, R>(loaded: Loaded<T[]>, rows: (asked: readonly T[]) => R[]): R[] =>
  rows(loaded.state === 'unavailable' ? [] : loaded.value);

/** Lines with the folder's hours, number and name, then those that only one side knows. */
function linesOf(asked: readonly LineNow[]) {
  const own = config().AGENCY_DIR.contact.phone;
  const known = asked.map((line) => {
    const mine = own.find(({ id }) => id === line.id);
    const isOwn = mine !== undefined && mine.openingHours.length > 0;
    return {
      ...line,
      name: mine?.name ?? {},
      number: mine?.number ?? line.number,
      openingHours: isOwn ? mine.openingHours : line.openingHours,
      isOwn,
    };
  });
  const others = own.filter(({ id }) => known.every((line) => line.id !== id));
  return [...known, ...others.map((line) => ({ ...line, waiting: null, typical: [], isOwn: true }))];
}

function placesOf(asked: readonly DeskNow[]) {
  const { AGENCY_DIR, AGENCY_ZONE } = config();
  const own = AGENCY_DIR.contact.desks.map((desk) => ({ ...desk, zone: desk.zone ?? AGENCY_ZONE }));
  const known = asked.map((desk) => {
    const mine = own.find(({ key }) => key === desk.key);
    const isOwn = mine !== undefined && mine.openingHours.length > 0;
    return { ...desk, ...mine, openingHours: isOwn ? mine.openingHours : desk.openingHours, isOwn };
  });
  const others = own.filter(({ key }) => known.every((desk) => desk.key !== key));
  return [...known, ...others.map((desk) => ({ ...desk, waiting: null, typical: [], isOwn: true }))];
}

type Line = ReturnType<typeof linesOf>[number];
type Place = ReturnType<typeof placesOf>[number];

function lineView(line: Line, hours: Hours | undefined, language: Language) {
  if (!hours) return [];
  const formats = formatsOf(language);
  const { opening, here, spans } = hours;
  const best = bestTimeToday(line.typical, toWeekly(spans, here.weekday), here.weekday, here.time);
  return [
    {
      id: line.id,
      name: wordsIn(line.name, language, config()),
      number: groupedLike(config().AGENCY_PHONE, line.number),
      opening: openingWords(hours, formats),
      minutes: opening.open && line.waiting ? Math.round(line.waiting.minutes) : null,
      callers: opening.open && line.waiting ? line.waiting.callers : null,
      /** The best hour that is left today; `now` when that is this very hour. */
      best:
        best === null
          ? null
          : opening.open && best.hour === Number(here.time.slice(0, 2))
            ? ('now' as const)
            : { from: formats.time(hour(best.hour)), to: formats.time(hour(best.hour + 1)) },
      forecast: forecastView(line, hours, formats),
    },
  ];
}

function deskView(desk: Place, hours: Hours | undefined, language: Language) {
  if (!hours) return [];
  const formats = formatsOf(language);
  const { street, postcode, city } = desk.address;
  const address = `${street}, ${postcode} ${city}`;
  const isWaiting = hours.opening.open && desk.waiting;
  return [
    {
      key: desk.key,
      name: desk.name,
      address,
      map: mapAddress(config().AGENCY_DIR.map, address),
      opening: openingWords(hours, formats),
      people: isWaiting ? isWaiting.people : null,
      minutes: isWaiting ? Math.round(isWaiting.minutes) : null,
      forecast: forecastView(desk, hours, formats),
    },
  ];
}

/** What is expected in each half hour that is left today; `share` of the longest, for a picture. */
function forecastView(
  { typical, waiting }: Pick<Line, 'typical'> & { readonly waiting: { readonly minutes: number } | null },
  { spans, here, opening }: Hours,
  formats: Formats,
) {
  const rows = forecastToday(typical, spans, { ...here, waitNow: opening.open && waiting ? waiting.minutes : null });
  const most = Math.max(1, ...rows.map(({ minutes }) => minutes));
  return rows.map(({ from, minutes }) => ({
    from: formats.time(from),
    minutes,
    share: Math.round((100 * minutes) / most),
  }));
}

/** `time` is when it closes or opens next, `day` the day on which it opens next. */
function openingWords({ opening, here }: Hours, formats: Formats) {
  if (opening.open) return { open: true, time: formats.time(opening.closes), day: null };
  const { next } = opening;
  if (!next) return { open: false, time: null, day: null };
  const day =
    next.inDays === 0
      ? ('today' as const)
      : next.inDays === 1
        ? ('tomorrow' as const)
        : { name: formats.weekday(here.dayIn(next.inDays)) };
  return { open: false, time: formats.time(next.opens), day };
}
export type OpeningView = ReturnType<typeof openingWords>;

const toWeekly = (spans: Hours['spans'], weekday: number) => spans.map((span) => ({ ...span, weekday }));

export { hasQueue };

const hour = (of: number) => `${String(of % 24).padStart(2, '0')}:00`;
