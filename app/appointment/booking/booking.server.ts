import type { Temporal } from 'temporal-polyfill';
import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { desksNow } from '~/agency/queue.server';
import type { Details } from '~/appointment/hold/details.server';
import { releaseHold, slotOfHold } from '~/appointment/hold/hold.server';
import { isProduct, type ProductCode } from '~/model/appointment';
import { knownValue } from '~/model/loaded';
import { instantOf } from '~/model/time';
import type { WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { ownerOf } from '~/platform/pseudonym.server';
import { type Booking, beginBooking, bookingWith, forgetBooking, openBooking } from '~/store/booking.server';
import { type Hold, markHold } from '~/store/hold.server';
import { settleOne } from './follow-up.server';
import { confirmMove } from './move.server';
import { askToBook, askToCancel, type Confirmed } from './settle.server';
import { wishText } from './wish.server';

/**
 * Makes the booking of a hold, once: the hold is the idempotency key, and the store has written it down before the
 * planner is asked. A second click, a reload or another device ends at the same booking. The hold of somebody who moves
 * takes the place of his old booking.
 *
 * @param agreed the person said that his old booking may be given up first
 */
export async function confirmHold(
  viewer: WritingViewer,
  hold: Hold,
  details: Details,
  agreed = false,
): Promise<Confirmed> {
  const slot = slotOfHold(hold);
  const product = isProduct(hold.product) ? hold.product : null;
  if (!slot || !product || viewer.scope !== 'write') return { ok: false, why: 'not-possible' };
  const { people: visitors, email, phone } = details;
  const request = { product, slot, visitors, email, phone, hold: hold.slot.hold ?? '', reference: hold.id };
  const wanted = {
    owner: ownerOf(viewer),
    caseId: hold.caseId,
    product,
    desk: hold.desk,
    deskName: hold.slot.deskName,
    place: await placeOf(product, hold.desk),
    zone: slot.zone,
    startsAt: startOf(slot.date, slot.startTime, slot.zone),
    endsAt: startOf(slot.date, slot.endTime, slot.zone),
    localDate: slot.date,
    localTime: slot.startTime,
    partySize: hold.partySize,
    idempotencyKey: hold.id,
  };
  const open = await openBooking(hold.caseId, product);
  if (open && open.id !== hold.moves && open.idempotencyKey !== hold.id) return already(viewer, hold, open);
  if (hold.moves) return markedBy(viewer, hold, await confirmMove(viewer, hold.moves, wanted, request, agreed));
  const begun = await beginBooking(wanted, now(), wishText({ viewer, request }));
  if (!begun.ok) return already(viewer, hold, begun.booking);
  if (begun.again) return { ok: true, bookingId: begun.booking.id };
  const asked = await askToBook(viewer, begun.booking, request);
  // Nothing was made, and the form may be sent again: no trace of it may stand in the way.
  if (!asked.ok) await forgetBooking(begun.booking.id);
  return markedBy(viewer, hold, asked.ok ? { ok: true, bookingId: begun.booking.id } : asked);
}

/** Another tab or device was first: its booking is the one, and the time that is kept here goes back to everybody. */
async function already(viewer: WritingViewer, hold: Hold, booking: Booking): Promise<Confirmed> {
  await releaseHold(viewer, hold);
  return { ok: true, bookingId: booking.id, already: true };
}

async function markedBy(viewer: WritingViewer, hold: Hold, confirmed: Confirmed): Promise<Confirmed> {
  if (confirmed.ok) await markHold(ownerOf(viewer), hold.id, 'used');
  else if (confirmed.why === 'slot-taken') await markHold(ownerOf(viewer), hold.id, 'released');
  return confirmed;
}

const LOOK_AFTER_SECONDS = 5;

/** Looks for the truth about a booking whose answer never came, when somebody looks at its page. */
export async function checkUnknown(booking: Booking): Promise<Booking> {
  if (booking.state !== 'unknown' && booking.state !== 'awaiting-mail') return booking;
  if (booking.inMove || now().since(booking.updatedAt).total('seconds') < LOOK_AFTER_SECONDS) return booking;
  await settleOne(booking);
  return (await bookingWith(booking.id)) ?? booking;
}

/** Cancels a booking. It counts as cancelled only when the planner said so; until then it is being cancelled. */
export async function cancelBooking(viewer: WritingViewer, booking: Booking): Promise<Booking | null> {
  return viewer.scope === 'write' ? askToCancel(viewer, booking) : null;
}

/** Where the desk is: as the planner says, else the queue API. Without both the booking just has the desk's name. */
async function placeOf(product: ProductCode, deskKey: string): Promise<Booking['place']> {
  const [planned, queued] = await Promise.all([
    within(900, plannerOfAgency().desksOf(product)),
    within(900, desksNow()),
  ]);
  const place = knownValue(planned)?.find(({ key }) => key === deskKey)?.place;
  const address = knownValue(queued)?.find(({ key }) => key === deskKey)?.address;
  return place ?? address ?? { street: '', postcode: '', city: '' };
}

function startOf(date: string, time: string, zone: string): Temporal.Instant {
  const instant = instantOf(date, time, zone);
  if (!instant) throw new Error('a slot at a wall time that does not exist');
  return instant;
}
