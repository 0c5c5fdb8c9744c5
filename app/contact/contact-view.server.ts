import { within } from '~/agency/budget.server';
import { type DeskNow, desksNow, hasQueue, type LineNow, phoneNow } from '~/agency/queue.server';
import { hasStatistics } from '~/agency/statistics.server';
import { wordsIn } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import { type Formats, formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { type Loaded, mapLoaded } from '~/model/loaded';
import { now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import { mapAddress } from '~/ui/map-address';
import { todayView, weekView } from './forecast-view.server';
import { type Hours, hoursOf, weekGroups } from './hours-view.server';
import { otherWays } from './other-ways.server';
import { groupedLike } from './phone-groups';
import { deskQueue, lineQueue } from './queue-record.server';

const BUDGET = 1_000;

/**
 * How people reach the agency, when, and how long they wait now. Hours are those of the agency's folder where it has them, so
 * that numbers and hours stand when the waits can't be asked for. All numbers and times are words already.
 */
export async function contactView(language: Language) {
  const { phone, desks, lines, places } = await queues();
  const { AGENCY_DIR, AGENCY_PHONE } = config();
  const hoursOfAll = (all: readonly { readonly hours: Hours }[]) => all.map(({ hours }) => hours);
  /** How it was asked, and the clock time of what is known. */
  const asked = (loaded: Loaded<unknown>) =>
    mapLoaded(loaded, () => clockWords(loaded.state === 'unavailable' ? now() : loaded.asOf, language));
  return {
    /** Whether there is a page of expected waits. */
    hasWait: hasStatistics(),
    /** The agency's own number, which stands when no line is known. */
    number: AGENCY_PHONE,
    /** Whether anybody tells how many people wait now. */
    hasQueue: hasQueue(),
    phone: asked(phone),
    lines: lines.map((line) => lineView(line, language)),
    desks: asked(desks),
    places: places.map((desk) => deskView(desk, language)),
    week: {
      phone: weekGroups(hoursOfAll(lines), language),
      desks: weekGroups(hoursOfAll(places), language),
    },
    cost: wordsIn(AGENCY_DIR.contact.cost, language, config()),
    ways: otherWays(language),
    asOf: clockWords(now(), language),
  };
}

/** The waits that are expected in the coming days at each line and desk with a forecast. */
export async function comingDays(language: Language) {
  const { lines, places } = await queues();
  const formats = formatsOf(language);
  const named = [
    ...lines.map((line) => ({
      queue: lineQueue(line),
      hours: line.hours,
      line: { id: line.id, name: nameOf(line, language) },
    })),
    ...places.map((desk) => ({ queue: deskQueue(desk), hours: desk.hours, desk: desk.name })),
  ];
  return named.flatMap(({ hours, ...queue }) => {
    const week = weekView(queue, hours, formats);
    return week ? [{ ...queue, week }] : [];
  });
}

export type ComingDays = Awaited<ReturnType<typeof comingDays>>;

/** All lines and desks with their waits of now and their hours. */
async function queues() {
  const [phone, desks] = await Promise.all([within(BUDGET, () => phoneNow()), within(BUDGET, () => desksNow())]);
  const { AGENCY_ZONE } = config();
  const withHours = <Row extends OwnHours>(row: Row, id: string, zone: string) => ({
    ...row,
    hours: hoursOf(id, row.openingHours, row.isOwn, zone),
  });
  return {
    phone,
    desks,
    lines: orOwn(phone, linesOf).map((line) => withHours(line, line.id, AGENCY_ZONE)),
    places: orOwn(desks, placesOf).map((desk) => withHours(desk, desk.key, desk.zone)),
  };
}

interface OwnHours {
  readonly openingHours: LineNow['openingHours'];
  readonly isOwn: boolean;
}

type Queues = Awaited<ReturnType<typeof queues>>;
export type ContactView = Awaited<ReturnType<typeof contactView>>;
export type LineView = ReturnType<typeof lineView>;
export type DeskView = ReturnType<typeof deskView>;
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

const nameOf = ({ name }: Pick<Queues['lines'][number], 'name'>, language: Language) =>
  wordsIn(name, language, config());

function lineView(line: Queues['lines'][number], language: Language) {
  const formats = formatsOf(language);
  const { opening } = line.hours;
  return {
    id: line.id,
    name: nameOf(line, language),
    number: groupedLike(config().AGENCY_PHONE, line.number),
    opening: openingWords(line.hours, formats),
    minutes: opening.open && line.waiting ? Math.round(line.waiting.minutes) : null,
    callers: opening.open && line.waiting ? line.waiting.callers : null,
    forecast: todayView({ ...line, queue: lineQueue(line) }, line.hours, formats),
  };
}

function deskView(desk: Queues['places'][number], language: Language) {
  const formats = formatsOf(language);
  const { street, postcode, city } = desk.address;
  const address = `${street}, ${postcode} ${city}`;
  const isWaiting = desk.hours.opening.open && desk.waiting;
  return {
    key: desk.key,
    name: desk.name,
    address,
    map: mapAddress(config().AGENCY_DIR.map, address),
    opening: openingWords(desk.hours, formats),
    people: isWaiting ? isWaiting.people : null,
    minutes: isWaiting ? Math.round(isWaiting.minutes) : null,
    forecast: todayView({ ...desk, queue: deskQueue(desk) }, desk.hours, formats),
  };
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

export { hasQueue };
