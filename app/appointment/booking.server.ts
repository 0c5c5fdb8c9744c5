import type { Temporal } from 'temporal-polyfill';
import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import type { BookingRequest } from '~/agency/planner-port';
import { desksNow } from '~/agency/queue.server';
import { ownerOf } from '~/case/reference.server';
import { now } from '~/clock.server';
import { formatsOf } from '~/i18n/format.server';
import { isProduct, type Refusal } from '~/model/appointment';
import { knownValue } from '~/model/loaded';
import { instantOf } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import {
  type Booking,
  beginBooking,
  beginCancel,
  forgetBooking,
  settleBooking,
  settleCancel,
} from '~/store/booking.server';
import { type Hold, markHold } from '~/store/hold.server';
import type { Details } from './details.server';
import { slotOfHold } from './hold.server';
import type { BookingView } from './views';

export type Confirmed =
  /** Made, or being checked: its page tells. */
  | { readonly ok: true; readonly bookingId: string }
  | { readonly ok: false; readonly why: Exclude<Refusal, 'outcome-unknown'> };

/**
 * Makes the booking of a hold, once: the hold is the idempotency key, and the store has written it down before the
 * planner is asked. A second click, a reload or another device ends at the same booking.
 */
export async function confirmHold(viewer: Viewer, hold: Hold, details: Details): Promise<Confirmed> {
  const slot = slotOfHold(hold);
  const product = isProduct(hold.product) ? hold.product : null;
  if (!slot || !product || viewer.scope !== 'write') return { ok: false, why: 'not-possible' };
  const begun = await beginBooking(
    {
      owner: ownerOf(viewer),
      caseId: hold.caseId,
      product,
      desk: hold.desk,
      deskName: hold.slot.deskName,
      place: await placeOf(hold.desk),
      zone: slot.zone,
      startsAt: startOf(slot.date, slot.startTime, slot.zone),
      endsAt: startOf(slot.date, slot.endTime, slot.zone),
      localDate: slot.date,
      localTime: slot.startTime,
      partySize: hold.partySize,
      idempotencyKey: hold.id,
    },
    now(),
  );
  if (!begun.ok || begun.again) return { ok: true, bookingId: begun.booking.id };
  const visitors = details.people;
  return settle(viewer, hold, begun.booking, { product, slot, visitors, email: details.email, phone: details.phone });
}

async function settle(viewer: Viewer, hold: Hold, booking: Booking, request: BookingRequest): Promise<Confirmed> {
  const answer = await plannerOfAgency().book(viewer, request);
  if (answer.ok) {
    const { key, code } = answer.value;
    await settleBooking(booking.id, { state: 'booked', backendKey: key, code }, now());
    await markHold(ownerOf(viewer), hold.id, 'used');
    return { ok: true, bookingId: booking.id };
  }
  if (answer.why === 'outcome-unknown') {
    await settleBooking(booking.id, { state: 'unknown' }, now());
    await markHold(ownerOf(viewer), hold.id, 'used');
    return { ok: true, bookingId: booking.id };
  }
  // Nothing was made, and the form may be sent again: no trace of it may stand in the way.
  await forgetBooking(booking.id);
  if (answer.why === 'slot-taken') await markHold(ownerOf(viewer), hold.id, 'released');
  return { ok: false, why: answer.why };
}

/**
 * Looks for the truth about a booking whose answer never came. A slot that the planner offers again was not booked; one
 * that it does not offer may be ours or another's, so that stays open.
 */
export async function checkUnknown(booking: Booking): Promise<Booking> {
  if (booking.state !== 'unknown' && booking.state !== 'confirming') return booking;
  if (now().since(booking.updatedAt).total('seconds') < 5) return booking;
  const product = isProduct(booking.product) ? booking.product : 'BIO';
  const desk = { key: booking.desk, name: booking.deskName };
  const free = await within(2_000, plannerOfAgency().slotsOf(product, desk, booking.partySize));
  const again = knownValue(free)?.some(({ instant }) => instant === booking.startsAt.toString());
  if (!again) return booking;
  return (await settleBooking(booking.id, { state: 'refused' }, now())) ?? booking;
}

/** Cancels a booking. It counts as cancelled only when the planner said so; until then it is being cancelled. */
export async function cancelBooking(viewer: Viewer, booking: Booking): Promise<Booking | null> {
  if (viewer.scope !== 'write' || !booking.backendKey) return null;
  const begun = booking.state === 'cancelling' ? booking : await beginCancel(ownerOf(viewer), booking.id, now());
  if (!begun) return null;
  const answer = await plannerOfAgency().cancel(viewer, booking.backendKey);
  if (answer.ok) return settleCancel(booking.id, 'cancelled', now());
  return answer.why === 'outcome-unknown' ? begun : settleCancel(booking.id, 'booked', now());
}

export function bookingView(viewer: Viewer, booking: Booking, caseRef: string | null): BookingView {
  const formats = formatsOf(viewer.language);
  const { street, postcode, city } = booking.place;
  const address = street ? `${street}, ${postcode} ${city}` : null;
  const past = now().epochMilliseconds > booking.endsAt.epochMilliseconds;
  return {
    id: booking.id,
    state: booking.state,
    product: isProduct(booking.product) ? booking.product : 'BIO',
    day: formats.weekday(booking.localDate),
    time: formats.time(booking.localTime),
    desk: booking.deskName,
    address,
    map: address && `https://www.openstreetmap.org/search?${new URLSearchParams({ query: address })}`,
    code: booking.code,
    persons: booking.partySize,
    past,
    canCancel: !past && booking.state === 'booked' && plannerOfAgency().capabilities().cancel,
    caseRef,
  };
}

/** Where the desk is: the planner does not say, the queue API does. Without it the booking just has the desk's name. */
async function placeOf(deskKey: string): Promise<Booking['place']> {
  const desks = knownValue(await within(900, desksNow()));
  return desks?.find(({ key }) => key === deskKey)?.address ?? { street: '', postcode: '', city: '' };
}

function startOf(date: string, time: string, zone: string): Temporal.Instant {
  const instant = instantOf(date, time, zone);
  if (!instant) throw new Error('a slot at a wall time that does not exist');
  return instant;
}
