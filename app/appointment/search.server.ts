import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { caseReference } from '~/case/reference.server';
import { now } from '~/clock.server';
import { config } from '~/config.server';
import { formatsOf } from '~/i18n/format.server';
import {
  alternativesTo,
  bySlotTime,
  type Desk,
  daysOf,
  type ProductCode,
  type Slot,
  slotId,
} from '~/model/appointment';
import type { Case } from '~/model/case';
import type { Language } from '~/model/language';
import { type Loaded, type Trouble, unavailable } from '~/model/loaded';
import { productOf } from '~/model/next-step';
import { instantOf } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { openBooking } from '~/store/booking.server';
import type { FreeTimes, SearchView, SlotView } from './views';

/** What somebody asked for, from the address. */
export interface Wishes {
  /** Keys of desks; empty = all of them. */
  readonly desks: readonly string[];
  readonly noDeskChosen: boolean;
  readonly persons: number;
  /** ISO local date and time of a slot that was just lost to somebody else. */
  readonly taken: string | null;
  /** ISO date; null = from the first free day. */
  readonly from: string | null;
}

const DESK_BUDGET = 3_000;
const DAYS_A_PAGE = 5;

/** @param suggested how many people the case suggests, when the address does not say */
export function wishesOf(search: URLSearchParams, suggested: number): Wishes {
  const { maxPartySize } = plannerOfAgency().capabilities();
  const persons = Number(search.get('persons') ?? suggested);
  const from = search.get('from');
  const taken = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.exec(search.get('taken') ?? '')?.[0] ?? null;
  return {
    desks: search.getAll('desk').slice(0, 50),
    noDeskChosen: search.has('persons') && !search.has('desk') && taken === null,
    persons: Number.isInteger(persons) ? Math.min(Math.max(persons, 1), maxPartySize) : 1,
    taken,
    from: from && /^\d{4}-\d{2}-\d{2}$/.test(from) ? from : null,
  };
}

/** How many people of a case would come: all but the sponsor and the advisor. */
export function partySizeOf(theCase: Case): number {
  return Math.max(1, theCase.parties.filter(({ role }) => role === 'applicant' || role === 'family').length);
}

/** The search page of a case that needs a visit; null when its stage needs none. */
export async function searchView(viewer: Viewer, theCase: Case, wishes: Wishes): Promise<SearchView | null> {
  const product = productOf(theCase.current?.stage ?? null);
  if (!product) return null;
  const { maxPartySize } = plannerOfAgency().capabilities();
  const [desks, open] = await Promise.all([
    within(DESK_BUDGET, plannerOfAgency().desksOf(product)),
    openBooking(theCase.id, product),
  ]);
  const all = desks.state === 'unavailable' ? [] : desks.value;
  const chosen = chosenOf(all, wishes);
  const found =
    desks.state === 'unavailable'
      ? { slots: [], failed: [], why: desks.why }
      : await freeSlots(product, chosen, wishes);
  const language = viewer.language;
  const formats = formatsOf(language);
  const days = daysOf(found.slots).filter(({ date }) => !wishes.from || date >= wishes.from);
  return {
    ref: caseReference(viewer, theCase),
    product,
    desks: all.map(({ key, name }) => ({ key, name, chosen: chosen.some((desk) => desk.key === key) })),
    noDeskChosen: wishes.noDeskChosen,
    persons: wishes.persons,
    personChoices: Array.from({ length: maxPartySize }, (_, index) => index + 1),
    times: timesOf(found, days.slice(0, DAYS_A_PAGE), language),
    nearest: wishes.taken ? nearestTo(wishes.taken, found.slots).map((slot) => slotView(slot, language)) : null,
    missing:
      found.failed.length > 0 && found.slots.length > 0 ? formats.list(found.failed.map(({ name }) => name)) : null,
    later: days[DAYS_A_PAGE]?.date ?? null,
    from: wishes.from,
    openBooking: open?.id ?? null,
    asOf: formats.clock(now().toString(), config().AGENCY_ZONE),
  };
}

/** The slots nearest to a local moment, whatever the desk. */
function nearestTo(local: string, slots: readonly Slot[]): Slot[] {
  const [date = '', time = ''] = local.split('T');
  const instant = instantOf(date, time, config().AGENCY_ZONE)?.toString();
  return instant ? alternativesTo({ instant, desk: { key: '', name: '' } }, slots) : slots.slice(0, 3);
}

interface Found {
  readonly slots: readonly Slot[];
  readonly failed: readonly Desk[];
  readonly why: Trouble | null;
}

/** The free slots of several desks, asked side by side. One that fails hides no other. */
export async function freeSlots(
  product: ProductCode,
  desks: readonly Desk[],
  { persons }: Pick<Wishes, 'persons'>,
): Promise<Found> {
  const answers = await Promise.all(
    desks.map(
      async (desk): Promise<[Desk, Loaded<Slot[]>]> => [
        desk,
        await within(DESK_BUDGET, plannerOfAgency().slotsOf(product, desk, persons)),
      ],
    ),
  );
  const soonest = now().add({ minutes: 30 }).toString();
  const slots = answers.flatMap(([, loaded]) => (loaded.state === 'unavailable' ? [] : loaded.value));
  const failed = answers.flatMap(([desk, { state }]) => (state === 'unavailable' ? [desk] : []));
  const [, first = unavailable('down')] = answers.find(([, { state }]) => state === 'unavailable') ?? [];
  return {
    slots: slots.filter(({ instant }) => instant > soonest).sort(bySlotTime),
    failed,
    why: failed.length > 0 && first.state === 'unavailable' ? first.why : null,
  };
}

function timesOf(found: Found, days: ReturnType<typeof daysOf>, language: Language): FreeTimes {
  const [first] = found.slots;
  if (first) {
    return {
      state: 'found',
      first: slotView(first, language),
      days: days.map(({ date, slots }) => ({
        date,
        day: formatsOf(language).weekday(date),
        slots: slots.map((slot) => slotView(slot, language)),
      })),
    };
  }
  return found.why ? { state: 'could-not-ask', why: found.why } : { state: 'none' };
}

export function slotView(slot: Slot, language: Language): SlotView {
  const formats = formatsOf(language);
  return {
    id: slotId(slot),
    day: formats.weekday(slot.date),
    time: formats.time(slot.startTime),
    desk: slot.desk.name,
  };
}

function chosenOf(all: readonly Desk[], { desks, noDeskChosen }: Wishes): Desk[] {
  if (noDeskChosen) return [];
  const chosen = all.filter(({ key }) => desks.includes(key));
  return chosen.length > 0 ? chosen : [...all];
}
