import type { BookingRequest } from '~/agency/planner-port';
import { moveOrder } from '~/appointment/moving.server';
import { type MoveNow, moveStateOf, nextMoveStep } from '~/model/move';
import type { WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { ownerOf } from '~/platform/pseudonym.server';
import {
  type Booking,
  bookingWith,
  detailsOf,
  forgetBooking,
  type NewBooking,
  settleBooking,
} from '~/store/booking.server';
import { beginMove, carryOn, endMove, type Move } from '~/store/move.server';
import { dieAt } from './death.server';
import { askToBook, askToCancel, type Confirmed, lookFor } from './settle.server';
import { type Wish, wishIn, wishText } from './wish.server';

/**
 * Puts a new booking in the place of an old one: written down first, then done step by step. Whatever stops it, the
 * portal's own work carries it on from where it stood.
 *
 * @param agreed the person said that the old one may be given up first; never done without
 */
export async function confirmMove(
  viewer: WritingViewer,
  oldId: string,
  wanted: NewBooking,
  request: BookingRequest,
  agreed: boolean,
): Promise<Confirmed> {
  const old = await bookingWith(oldId);
  const order = old && old.owner === ownerOf(viewer) ? moveOrder(old, wanted.desk) : null;
  if (!order || (order === 'old' && !agreed)) return { ok: false, why: 'not-possible' };
  const goesFirst = agreed ? 'old' : order;
  const begun = await beginMove(wanted, { oldId, goesFirst }, now(), wishText({ viewer, request }));
  if (!begun.ok) return { ok: false, why: 'not-possible' };
  const { booking, move } = begun;
  if (!move) return { ok: true, bookingId: booking.id };
  dieAt('move-begun');
  if (goesFirst === 'new') {
    const asked = await askToBook(viewer, booking, request);
    if (!asked.ok) {
      // The move goes with it: the old one stands as if nothing had been asked.
      await forgetBooking(booking.id);
      return asked;
    }
    dieAt('move-booked');
  }
  await driveMove(move, 'first');
  return { ok: true, bookingId: booking.id };
}

const MOST_TURNS = 6;

/** Takes a move as far as it goes now: to its end, or to where something must be waited for. */
export async function driveMove(move: Move, time: 'first' | 'again'): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const [made, old] = await Promise.all([bookingWith(move.newId), bookingWith(move.oldId)]);
    const wish = made && wishIn(detailsOf(made));
    const stands: MoveNow = { goesFirst: move.goesFirst, new: made?.state ?? 'gone', old: old?.state ?? 'gone' };
    const step = nextMoveStep(stands);
    if (typeof step === 'object') return endMove(move, step.end, now());
    const went = made && old && wish ? await take(step, { move, made, old, wish, time }) : false;
    if (!went) return carryOn(move, moveStateOf(stands) === 'cancelling' ? 'cancelling' : 'booking', now());
  }
}

interface Standing {
  readonly move: Move;
  readonly made: Booking;
  readonly old: Booking;
  readonly wish: Wish;
  readonly time: 'first' | 'again';
}

/** Does one step; false when nothing came of it now. */
async function take(step: 'cancel-old' | 'book-new' | 'look-for-new' | 'wait', standing: Standing): Promise<boolean> {
  const { move, made, old, wish, time } = standing;
  switch (step) {
    case 'cancel-old': {
      const left = await askToCancel(wish.viewer, old);
      const cancelled = left?.state === 'cancelled';
      if (cancelled) dieAt('move-cancelled');
      // Where the old one goes first and may not go, the new one was never asked for.
      if (left?.state === 'booked' && move.goesFirst === 'old' && made.state === 'confirming')
        return (await settleBooking(made.id, { state: 'refused' }, now())) !== null;
      return cancelled;
    }
    case 'book-new':
      return time === 'first' ? bookNew(made, wish) : lookForNew(standing);
    case 'look-for-new':
      return lookForNew(standing);
    case 'wait':
      return (await lookFor(made)) === 'known';
  }
}

async function bookNew(made: Booking, { viewer, request }: Wish): Promise<boolean> {
  const asked = request && (await askToBook(viewer, made, request));
  if (asked?.ok) return true;
  return (await settleBooking(made.id, { state: 'refused' }, now())) !== null;
}

async function lookForNew({ move, made, wish }: Standing): Promise<boolean> {
  const found = await lookFor(made);
  if (found !== 'not-made') return found === 'known';
  // The old one is given up already: the new one is asked for as long as its slot may be had.
  if (move.goesFirst === 'old') return bookNew(made, wish);
  return (await settleBooking(made.id, { state: 'refused' }, now())) !== null;
}
