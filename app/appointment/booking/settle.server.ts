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
import { dieAt } from './death.server';
import { wishIn, wishText } from './wish.server';

export type Confirmed =
  /** Made, or being checked: its page tells. `already`: it was there before, and nothing else was asked for. */
  | { readonly ok: true; readonly bookingId: string; readonly already?: true }
  | { readonly ok: false; readonly why: Exclude<Refusal, 'outcome-unknown'> };

export type Asked =
  /** The planner's answer, or that there is none yet, stands in the booking's state. */
  { readonly ok: true } | { readonly ok: false; readonly why: Exclude<Refusal, 'outcome-unknown'> };

/** Asks the planner to make a booking that is written down already, and writes down what it says. */
export async function askToBook(viewer: WritingViewer, booking: Booking, request: BookingRequest): Promise<Asked> {
  const answer = await plannerOfAgency().book(viewer, request);
  if (booking.inMove) dieAt('move-asked');
  if (!answer.ok && answer.why !== 'outcome-unknown') return { ok: false, why: answer.why };
  await settleBooking(booking.id, answer.ok ? madeOf(answer.value) : { state: 'unknown' }, now());
  return { ok: true };
}

/**
 * Looks for the truth about a booking whose answer never came or is still to come, and writes it down. May be asked
 * again at any time, by anybody.
 *
 * @returns what the planner certainly did not make is `not-made`, and its state is left to the caller
 */
export async function lookFor(booking: Booking): Promise<'known' | 'not-made' | 'unclear'> {
  const wish = wishIn(detailsOf(booking));
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

/** Not clear yet: from now on the person is told that we are looking, and we look again after a while. */
async function unclear(booking: Booking): Promise<'unclear'> {
  if (booking.state === 'confirming') await settleBooking(booking.id, { state: 'unknown' }, now());
  await putOff(booking, now());
  return 'unclear';
}

/**
 * Cancels a booking at the planner, or tries again. It counts as cancelled only when the planner said so. Null when
 * there is nothing that could be cancelled.
 */
export async function askToCancel(viewer: WritingViewer, booking: Booking): Promise<Booking | null> {
  if (!booking.backendKey) return null;
  const details = wishText({ viewer, request: null });
  const begun = booking.state === 'cancelling' ? booking : await beginCancel(booking.owner, booking.id, now(), details);
  if (!begun) return null;
  dieAt('move-cancelling');
  const answer = await plannerOfAgency().cancel(viewer, booking.backendKey);
  dieAt('move-cancel-asked');
  if (answer.ok) return settleCancel(booking.id, 'cancelled', now());
  if (answer.why !== 'outcome-unknown') return settleCancel(booking.id, 'booked', now());
  await putOff(begun, now());
  return bookingWith(booking.id);
}

const madeOf = ({ key, code, state = 'booked' }: BookingKeys) => ({ state, backendKey: key, code });
