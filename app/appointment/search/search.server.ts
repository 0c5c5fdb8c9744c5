import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import type { WeekdayChoice } from '~/appointment/choices';
import { drawView } from '~/appointment/draw/draw.server';
import { DESK_BUDGET, type FreeSlots, freeSlots, type SlotView, slotView } from '~/appointment/free-times.server';
import { nextTurn } from '~/appointment/hold/hold.server';
import { movedBooking } from '~/appointment/moving.server';
import { bookedFor, partySizeOf } from '~/appointment/party.server';
import { daysWanted, type SlotQuery, slotQueryAddress } from '~/appointment/slot-query.server';
import { offerOf } from '~/appointment/watch/watch.server';
import { weekdayNames } from '~/appointment/weekdays.server';
import { whenOf } from '~/appointment/when.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { alternativesTo, type Desk, daysOf, type Slot } from '~/model/appointment';
import type { Language } from '~/model/language';
import type { Trouble } from '~/model/loaded';
import { productOf, visitUntil } from '~/model/next-step';
import { mayBook, type OwnCase } from '~/model/rights';
import { instantOf, weekdayOf } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { isWanted } from '~/model/watch';
import { agencyDay, now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import { caseReference, ownerOf } from '~/platform/pseudonym.server';
import { type Booking, lastDeskOf } from '~/store/booking.server';
import { visitFor } from '~/visit/visits.server';
import { calendarView } from './calendar.server';

/** The free slots of the chosen desks. `none` is said only when every desk has answered for every day. */
export type FreeTimes =
  | { readonly state: 'found'; readonly first: SlotView; readonly days: readonly DayView[] }
  | { readonly state: 'none' }
  | { readonly state: 'could-not-ask'; readonly why: Trouble };

export interface DayView {
  readonly date: string;
  readonly day: string;
  readonly slots: readonly SlotView[];
  /** After the last day by which the person must come. */
  readonly late: boolean;
}

const DAYS_A_PAGE = 5;

/** The view model of the search page; null when the case's stage needs no visit. */
export async function searchView(viewer: Viewer, theCase: OwnCase, wishes: SlotQuery) {
  const product = mayBook(theCase) ? productOf(theCase) : null;
  if (!product) return null;
  const { instead, maxParty } = plannerOfAgency().capabilities();
  const [desks, open, old, offer, draw, limit, usual] = await Promise.all([
    within(DESK_BUDGET, () => plannerOfAgency().desksOf(product)),
    visitFor(viewer, theCase.id, product, bookedFor(viewer, theCase)),
    movedBooking(viewer, theCase, wishes),
    offerOf(viewer, theCase, product),
    drawView(viewer, theCase, product),
    nextTurn(viewer),
    lastDeskOf(ownerOf(viewer)),
  ]);
  const all = desks.state === 'unavailable' ? [] : firstOf(desks.value, usual);
  const chosen = chosenOf(all, wishes);
  const range = daysWanted(wishes);
  const asked: FreeSlots =
    desks.state === 'unavailable'
      ? { slots: [], failed: [], gaps: [], why: desks.why }
      : await freeSlots(product, chosen, wishes, range);
  const found = { ...asked, slots: asked.slots.filter((slot) => suits(slot, wishes, old)) };
  const { language } = viewer;
  const formats = formatsOf(language);
  const days = daysOf(found.slots).filter(({ date }) => !wishes.from || date >= wishes.from);
  const present = agencyDay().slice(0, 7);
  const later = days[DAYS_A_PAGE]?.date ?? null;
  // A list of some days says nothing of later ones.
  const last = wishes.month === null && later ? later : null;
  const missing = new Set([
    ...found.failed.map(({ name }) => name),
    ...found.gaps.filter(({ from }) => !from || !last || from < last).map(({ desk }) => desk.name),
    ...(desks.state === 'partial' ? desks.missing : []),
  ]);
  const until = visitUntil(theCase);
  const isWhole = desks.state !== 'partial' || wishes.desks.length > 0;
  // What is unknown from the old visit on says nothing of earlier times.
  const before = old && wishes.earlier ? old.localDate : null;
  const gaps = found.gaps.filter(({ from }) => !from || !before || from < before);
  const times = timesOf({ ...found, gaps }, days.slice(0, DAYS_A_PAGE), isWhole, language, until);
  const [firstFree] = found.slots;
  return {
    ref: caseReference(viewer, theCase),
    product,
    instead: instead[product] ?? [],
    desks: all.map(({ key, name }) => ({ key, name, chosen: chosen.some((desk) => desk.key === key) })),
    noDeskChosen: wishes.noDeskChosen,
    persons: wishes.persons,
    personChoices: Array.from({ length: Math.min(maxParty, partySizeOf(theCase)) }, (_, index) => index + 1),
    most: wishes.most === null ? null : formats.number(wishes.most),
    weekdays: weekdaysOf(asked.slots, wishes, language),
    part: wishes.part,
    times,
    /** The last day to come, and whether no time before it is free; null when the agency sets none. */
    deadline:
      until === null
        ? null
        : { date: formats.date(until), isMissed: firstFree !== undefined && firstFree.date > until },
    calendar:
      wishes.month === null ? null : calendarView(wishes.month, { present, until }, found.slots, wishes, language),
    nearest: wishes.taken ? nearestTo(wishes.taken, found.slots).map((slot) => slotView(slot, language)) : null,
    /** Desks whose times can't be had here, and where people can look themselves. */
    elsewhere: found.failed.flatMap(({ name, page }) => (page ? [{ name, page }] : [])),
    missing: missing.size > 0 && times.state !== 'could-not-ask' ? formats.list([...missing]) : null,
    links: {
      list: slotQueryAddress(wishes, { month: null, from: null }),
      calendar: slotQueryAddress(wishes, { month: (wishes.from ?? days[0]?.date ?? present).slice(0, 7), from: null }),
      later: later && slotQueryAddress(wishes, { from: later }),
      first: wishes.from && slotQueryAddress(wishes, { from: null }),
      watch: `/${language}/cases/${caseReference(viewer, theCase)}/watch${slotQueryAddress(wishes, { month: null, from: null })}`,
    },
    openBooking: open && open.id !== old?.id ? open.id : null,
    moving: old && { id: old.id, earlier: wishes.earlier, ...whenOf(viewer, old) },
    offer,
    draw,
    /** Until when the person can't hold a time, as a clock time; null when they can. */
    limit,
    /** One tap for one desk. */
    oneDesk: all.map(({ key, name }) => ({
      name,
      address: slotQueryAddress(wishes, { desks: [key], from: null }),
      chosen: wishes.desks.length === 1 && wishes.desks[0] === key,
    })),
    anyDesk: wishes.desks.length > 0 ? slotQueryAddress(wishes, { desks: [], from: null }) : null,
    /** What the list is limited to; empty for nothing. */
    shown: [
      ...(wishes.desks.length > 0 ? chosen.map(({ name }) => name) : []),
      ...weekdaysOf(asked.slots, wishes, language).flatMap(({ name, chosen }) => (chosen ? [name] : [])),
      ...(wishes.part === 'any' ? [] : [translatorOf(language)(`appointment:search.partOf.${wishes.part}`)]),
      translatorOf(language)('appointment:search.person', { count: wishes.persons }),
    ],
    asOf: clockWords(now(), language),
  };
}

export type SearchView = NonNullable<Awaited<ReturnType<typeof searchView>>>;

export type MovingView = NonNullable<SearchView['moving']>;

/** The desk that the person used last comes first. */
const firstOf = (desks: readonly Desk[], key: string | null): Desk[] => [
  ...desks.filter((desk) => desk.key === key),
  ...desks.filter((desk) => desk.key !== key),
];

function suits(slot: Slot, wishes: SlotQuery, old: Booking | null): boolean {
  if (old && wishes.earlier && slot.instant >= old.startsAt.toString()) return false;
  return isWanted(slot, { desks: [], weekdays: wishes.weekdays, part: wishes.part, before: null });
}

/** Monday to Friday, and other weekdays that have slots or were chosen before. */
function weekdaysOf(slots: readonly Slot[], wishes: SlotQuery, language: Language): WeekdayChoice[] {
  const open = new Set(slots.map(({ date }) => weekdayOf(date)));
  return weekdayNames(language, 'long').flatMap((name, index) => {
    const day = index + 1;
    const chosen = wishes.weekdays.includes(day);
    return day <= 5 || chosen || open.has(day) ? [{ day, name, chosen }] : [];
  });
}

function nearestTo(local: string, slots: readonly Slot[]): Slot[] {
  const [date = '', time = ''] = local.split('T');
  const instant = instantOf(date, time, config().AGENCY_ZONE)?.toString();
  return instant ? alternativesTo({ instant, desk: { key: '', name: '' } }, slots) : slots.slice(0, 3);
}

/** @param isWhole whether each desk that was meant is known */
export function timesOf(
  found: FreeSlots,
  days: ReturnType<typeof daysOf>,
  isWhole: boolean,
  language: Language,
  until: string | null,
): FreeTimes {
  const [first] = found.slots;
  if (first) {
    return {
      state: 'found',
      first: slotView(first, language),
      days: days.map(({ date, slots }) => ({
        date,
        day: formatsOf(language).weekday(date),
        slots: slots.map((slot) => slotView(slot, language)),
        late: until !== null && date > until,
      })),
    };
  }
  if (found.why) return { state: 'could-not-ask', why: found.why };
  return isWhole && found.gaps.length === 0 ? { state: 'none' } : { state: 'could-not-ask', why: 'malformed' };
}

function chosenOf(all: readonly Desk[], { desks, noDeskChosen }: SlotQuery): Desk[] {
  if (noDeskChosen) return [];
  const chosen = all.filter(({ key }) => desks.includes(key));
  return chosen.length > 0 ? chosen : [...all];
}
