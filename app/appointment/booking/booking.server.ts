import type { Temporal } from 'temporal-polyfill';
import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import type { BookingRequest } from '~/agency/planner-port';
import { desksNow } from '~/agency/queue.server';
import type { Details } from '~/appointment/hold/details.server';
import { releaseHold, slotOfHold } from '~/appointment/hold/hold.server';
import { noteAct } from '~/audit/noted-act.server';
import { isProduct, type ProductCode } from '~/model/appointment';
import { knownValue } from '~/model/loaded';
import { instantOf } from '~/model/time';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { sendReceipt } from '~/notification/receipt.server';
import { now } from '~/platform/clock.server';
import { makerOf } from '~/platform/pseudonym.server';
import { type Booking, beginBooking, bookingWith, forgetBooking } from '~/store/booking.server';
import { type Hold, markHold } from '~/store/hold.server';
import { noteCancelled } from '~/store/visit-check.server';
import { type CheckedBooking, checkBooking, plannerTells } from '~/visit/check.server';
import { visitFor } from '~/visit/visits.server';
import { settlePending } from './follow-up.server';
import { confirmMove } from './move.server';
import { plannerTaskText } from './planner-task.server';
import { type ConfirmResult, requestBooking, requestCancel } from './settle.server';

/**
 * Makes the booking of a hold. The hold is the idempotency key and is stored before the planner is called, so a second
 * click, a reload or another device ends at the same booking. For a hold that moves a booking, the new one replaces the
 * old one.
 *
 * @param owner keyed hash of the person whom the booking is for
 * @param agreed the person agreed that the old booking may be given up first
 */
export async function confirmHold(
  viewer: WritingViewer,
  hold: Hold,
  details: Details & Pick<BookingRequest, 'answers'>,
  owner: string,
  agreed = false,
): Promise<ConfirmResult> {
  const slot = slotOfHold(hold);
  const product = isProduct(hold.product) ? hold.product : null;
  if (!slot || !product || viewer.scope !== 'write') return { ok: false, why: 'not-possible' };
  const { people: visitors, email, phone, answers = {} } = details;
  const request = { product, slot, visitors, email, phone, answers, hold: hold.slot.hold ?? '', reference: hold.id };
  const wanted = {
    owner,
    madeBy: makerOf(viewer),
    visitors: [...details.visitors],
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
  const open = await visitFor(viewer, hold.caseId, product, owner);
  if (open && open.id !== hold.moves && open.idempotencyKey !== hold.id) return settleOnOther(viewer, hold, open);
  const entry = { objectType: 'booking', objectRef: hold.id, onBehalfOf: owner } as const;
  if (hold.moves) {
    const moved = await confirmMove(viewer, hold.moves, wanted, request, agreed);
    noteAct(viewer.actor, { ...entry, action: 'move-booking', result: moved.ok ? 'done' : 'failed' });
    if (moved.ok) await sendReceipt(viewer, `move ${hold.id}`, `/bookings/${moved.bookingId}`);
    return markHoldAfter(hold, moved);
  }
  const begun = await beginBooking(wanted, now(), plannerTaskText({ viewer, request }));
  if (!begun.ok) return settleOnOther(viewer, hold, begun.booking);
  if (begun.again) return { ok: true, bookingId: begun.booking.id };
  const asked = await requestBooking(viewer, begun.booking, request);
  noteAct(viewer.actor, { ...entry, action: 'book', result: asked.ok ? 'done' : 'failed' });
  if (asked.ok) await sendReceipt(viewer, `book ${hold.id}`, `/bookings/${begun.booking.id}`);
  // Nothing was booked: the row must not block a second try.
  if (!asked.ok) await forgetBooking(begun.booking.id);
  return markHoldAfter(hold, asked.ok ? { ok: true, bookingId: begun.booking.id } : asked);
}

/** Another tab or device booked first: that booking counts, and this slot is released. */
async function settleOnOther(viewer: WritingViewer, hold: Hold, booking: Booking): Promise<ConfirmResult> {
  await releaseHold(viewer, hold);
  return { ok: true, bookingId: booking.id, wasBooked: true };
}

async function markHoldAfter(hold: Hold, confirmed: ConfirmResult): Promise<ConfirmResult> {
  if (confirmed.ok) await markHold(hold.owner, hold.id, 'used');
  else if (confirmed.why === 'slot-taken') await markHold(hold.owner, hold.id, 'released');
  return confirmed;
}

const LOOK_AFTER_SECONDS = 5;

/**
 * A booking as its planner has it now, when its page is opened: one whose reply was lost is asked for again, and one that
 * stands may have been cancelled or moved by others.
 */
export async function recheckBooking(viewer: Viewer, booking: Booking): Promise<CheckedBooking> {
  if (booking.state !== 'unknown' && booking.state !== 'awaiting-mail') return checkBooking(viewer, booking);
  const isEarly = now().since(booking.updatedAt).total('seconds') < LOOK_AFTER_SECONDS;
  // A look changes nothing: the person's own page settles it.
  if (booking.inMove || isEarly || viewer.basis === 'view-as') return { booking, known: 'now' };
  await settlePending(booking);
  return { booking: (await bookingWith(booking.id)) ?? booking, known: 'now' };
}

/**
 * Takes a booking off at the person's word that it was cancelled elsewhere, where the planner tells nothing. Nothing is
 * asked of the planner.
 */
export async function noteToldCancelled(viewer: WritingViewer, booking: Booking): Promise<Booking | null> {
  if (viewer.scope !== 'write' || booking.state !== 'booked' || plannerTells(booking)) return null;
  const noted = await noteCancelled(booking.id, 'told', now());
  const { id: objectRef, owner: onBehalfOf } = booking;
  const result = noted ? 'done' : 'failed';
  noteAct(viewer.actor, { action: 'cancel-booking', objectType: 'booking', objectRef, onBehalfOf, result });
  return noted;
}

/** Cancels a booking. It stays `cancelling` until the planner confirms. */
export async function cancelBooking(viewer: WritingViewer, booking: Booking): Promise<Booking | null> {
  const cancelled = viewer.scope === 'write' ? await requestCancel(viewer, booking) : null;
  const result = cancelled && cancelled.state !== 'booked' ? 'done' : 'failed';
  const { id: objectRef, owner: onBehalfOf } = booking;
  noteAct(viewer.actor, { action: 'cancel-booking', objectType: 'booking', objectRef, onBehalfOf, result });
  if (result === 'done') await sendReceipt(viewer, `cancel ${objectRef}`, `/bookings/${objectRef}`);
  return cancelled;
}

/** The desk's address from the planner, else from the queue API; empty when neither has it. */
async function placeOf(product: ProductCode, deskKey: string): Promise<Booking['place']> {
  const [planned, queued] = await Promise.all([
    within(900, () => plannerOfAgency().desksOf(product)),
    within(900, () => desksNow()),
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
