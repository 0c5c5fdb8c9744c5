import { plannerOfAgency } from '~/agency/planner.server';
import type { BookingKeys, BookingRequest } from '~/agency/planner-port';
import type { Refusal } from '~/model/appointment';
import type { WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import {
  type Booking,
  beginCancel,
  bookingWith,
  detailsOf,
  putOff,
  settleBooking,
  settleCancel,
} from '~/store/booking.server';
import { crashAt } from './crash-point.server';
import { plannerTaskText, readPlannerTask } from './planner-task.server';

export type ConfirmResult =
  /** Booked, or being checked: the booking's state says which. `wasBooked`: it existed before this request. */
  | { readonly ok: true; readonly bookingId: string; readonly wasBooked?: true }
  | { readonly ok: false; readonly why: Exclude<Refusal, 'outcome-unknown'> };

export type BookingOutcome =
  /** The booking's state holds the planner's answer, or that none came yet. */
  { readonly ok: true } | { readonly ok: false; readonly why: Exclude<Refusal, 'outcome-unknown'> };

/** Requests a stored booking from the planner and stores the answer. */
export async function requestBooking(
  viewer: WritingViewer,
  booking: Booking,
  request: BookingRequest,
): Promise<BookingOutcome> {
  const answer = await plannerOfAgency().book(viewer, request);
  if (booking.inMove) crashAt('move-asked');
  if (!answer.ok && answer.why !== 'outcome-unknown') return { ok: false, why: answer.why };
  await settleBooking(booking.id, answer.ok ? madeOf(answer.value) : { state: 'unknown' }, now());
  return { ok: true };
}

/**
 * Asks the planner what became of a booking whose reply was lost or is still due, and stores it. Safe to repeat.
 *
 * @returns `not-made` when the planner certainly did not make it; the caller then sets the state
 */
export async function reconcileBooking(booking: Booking): Promise<'known' | 'not-made' | 'unclear'> {
  const wish = readPlannerTask(detailsOf(booking));
  if (!wish) return unclear(booking);
  const { viewer, request } = wish;
  if (booking.state === 'awaiting-mail' && booking.backendKey) {
    const found = await plannerOfAgency().find(viewer, booking.backendKey);
    if (!found.ok) return unclear(booking);
    if (found.value.state === 'cancelled') return 'not-made';
    if (found.value.state !== 'booked') return unclear(booking);
    const { backendKey, code } = booking;
    await settleBooking(booking.id, { state: 'booked', backendKey, code: found.value.code ?? code }, now());
    return 'known';
  }
  if (!request) return unclear(booking);
  const truth = await plannerOfAgency().reconcile(viewer, { ...request, partySize: booking.partySize });
  if (truth.found === 'not-made') return 'not-made';
  if (truth.found === 'unclear') return unclear(booking);
  const made = truth.booking ? madeOf(truth.booking) : { state: 'booked' as const, backendKey: null, code: null };
  await settleBooking(booking.id, made, now());
  return 'known';
}

/** The page now says that we are checking; the next try comes later. */
async function unclear(booking: Booking): Promise<'unclear'> {
  if (booking.state === 'confirming') await settleBooking(booking.id, { state: 'unknown' }, now());
  await putOff(booking, now());
  return 'unclear';
}

/**
 * Cancels a booking at the planner, or tries again. It counts as cancelled only when the planner confirms. Null when
 * there is nothing to cancel.
 */
export async function requestCancel(viewer: WritingViewer, booking: Booking): Promise<Booking | null> {
  if (!booking.backendKey) return null;
  const details = plannerTaskText({ viewer, request: null });
  const begun = booking.state === 'cancelling' ? booking : await beginCancel(booking.owner, booking.id, now(), details);
  if (!begun) return null;
  crashAt('move-cancelling');
  const answer = await plannerOfAgency().cancel(viewer, booking.backendKey);
  crashAt('move-cancel-asked');
  if (answer.ok) return settleCancel(booking.id, 'cancelled', now());
  if (answer.why !== 'outcome-unknown') return settleCancel(booking.id, 'booked', now());
  await putOff(begun, now());
  return bookingWith(booking.id);
}

const madeOf = ({ key, code, state = 'booked' }: BookingKeys) => ({ state, backendKey: key, code });
