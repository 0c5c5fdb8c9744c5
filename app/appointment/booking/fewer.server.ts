import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { DESK_BUDGET, freeSlots, type SlotView, slotView } from '~/appointment/free-times.server';
import { moveOrder } from '~/appointment/moving.server';
import { whenOf } from '~/appointment/when.server';
import { config } from '~/config/config.server';
import { alternativesTo, type DateRange, isProduct } from '~/model/appointment';
import type { Trouble } from '~/model/loaded';
import { addDays } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { agencyDay, now } from '~/platform/clock.server';
import type { Booking } from '~/store/booking.server';

/** Slots within this many days of the visit count as near. */
const NEAR_DAYS = 14;
const MOST_TIMES = 6;

/**
 * The view model for a group that will be smaller. No planner shrinks a party, so the others book a new slot at the
 * same desk and the old booking goes through the usual move.
 *
 * @param asked how many people still come, from the address
 * @returns null unless the booking stands and is for several people
 */
export async function fewerView(viewer: Viewer, booking: Booking, caseRef: string, asked: string | null) {
  const past = now().epochMilliseconds > booking.endsAt.epochMilliseconds;
  if (booking.state !== 'booked' || past || booking.partySize < 2 || viewer.scope !== 'write') return null;
  const order = booking.inMove ? null : moveOrder(booking, booking.desk);
  const choices = Array.from({ length: booking.partySize - 1 }, (_, index) => index + 1);
  const stay = choices.find((count) => String(count) === asked) ?? null;
  const { from } = daysNear(booking);
  const query = new URLSearchParams({ move: booking.id, persons: String(stay ?? 1), desk: booking.desk, from });
  return {
    id: booking.id,
    ...whenOf(viewer, booking),
    persons: booking.partySize,
    choices,
    stay,
    order,
    times: order && stay ? await timesNear(viewer, booking, stay) : null,
    search: `/${viewer.language}/cases/${caseRef}/appointment?${query}`,
    mayJustCome: config().FEWER_MAY_COME === 'yes',
  };
}

export type FewerView = NonNullable<Awaited<ReturnType<typeof fewerView>>>;

type TimesNear =
  | { readonly state: 'found'; readonly slots: readonly SlotView[] }
  | { readonly state: 'none' }
  | { readonly state: 'could-not-ask'; readonly why: Trouble };

async function timesNear(viewer: Viewer, booking: Booking, persons: number): Promise<TimesNear> {
  const { product } = booking;
  if (!isProduct(product)) return { state: 'none' };
  const desks = await within(DESK_BUDGET, () => plannerOfAgency().desksOf(product));
  if (desks.state === 'unavailable') return { state: 'could-not-ask', why: desks.why };
  const desk = desks.value.find(({ key }) => key === booking.desk);
  if (!desk) return { state: 'none' };
  const found = await freeSlots(product, [desk], { persons }, daysNear(booking));
  if (found.why) return { state: 'could-not-ask', why: found.why };
  const near = alternativesTo({ instant: booking.startsAt.toString(), desk }, found.slots, MOST_TIMES);
  return near.length > 0
    ? { state: 'found', slots: near.map((slot) => slotView(slot, viewer.language)) }
    : { state: 'none' };
}

function daysNear({ localDate }: Booking): DateRange {
  const day = agencyDay();
  const [, from = day] = [addDays(localDate, -NEAR_DAYS), day].sort();
  return { from, until: addDays(localDate, NEAR_DAYS) };
}
