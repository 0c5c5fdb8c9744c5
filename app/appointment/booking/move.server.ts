import type { BookingRequest } from '~/agency/planner-port';
import { moveOrder } from '~/appointment/moving.server';
import { type MoveFacts, moveStateOf, nextMoveStep } from '~/model/move';
import type { WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import {
  type Booking,
  bookingWith,
  detailsOf,
  forgetBooking,
  type NewBooking,
  settleBooking,
} from '~/store/booking.server';
import { beginMove, carryOn, endMove, type Move } from '~/store/move.server';
import { crashAt } from './crash-point.server';
import { type PlannerTask, plannerTaskText, readPlannerTask } from './planner-task.server';
import { type ConfirmResult, reconcileBooking, requestBooking, requestCancel } from './settle.server';

/**
 * Replaces a booking by a new one: stores the move first, then runs it step by step. After a crash the background job
 * continues it.
 *
 * @param agreed the person agreed that the old booking may be given up first; it never is without
 */
export async function confirmMove(
  viewer: WritingViewer,
  oldId: string,
  wanted: NewBooking,
  request: BookingRequest,
  agreed: boolean,
): Promise<ConfirmResult> {
  const old = await bookingWith(oldId);
  const order = old && old.owner === wanted.owner ? moveOrder(old, wanted.desk) : null;
  if (!order || (order === 'old' && !agreed)) return { ok: false, why: 'not-possible' };
  const goesFirst = agreed ? 'old' : order;
  const begun = await beginMove(wanted, { oldId, goesFirst }, now(), plannerTaskText({ viewer, request }));
  if (!begun.ok) return { ok: false, why: 'not-possible' };
  const { booking, move } = begun;
  if (!move) return { ok: true, bookingId: booking.id };
  crashAt('move-begun');
  if (goesFirst === 'new') {
    const asked = await requestBooking(viewer, booking, request);
    if (!asked.ok) {
      // The move is deleted with it, and the old booking stands.
      await forgetBooking(booking.id);
      return asked;
    }
    crashAt('move-booked');
  }
  await driveMove(move, 'first');
  return { ok: true, bookingId: booking.id };
}

const MOST_TURNS = 6;

/** Runs a move until it ends or has to wait for the planner. */
export async function driveMove(move: Move, time: 'first' | 'again'): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const [made, old] = await Promise.all([bookingWith(move.newId), bookingWith(move.oldId)]);
    const wish = made && readPlannerTask(detailsOf(made));
    const stands: MoveFacts = { goesFirst: move.goesFirst, new: made?.state ?? 'gone', old: old?.state ?? 'gone' };
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
  readonly wish: PlannerTask;
  readonly time: 'first' | 'again';
}

/** Runs one step. Returns false when the step could not be done now. */
async function take(step: 'cancel-old' | 'book-new' | 'look-for-new' | 'wait', standing: Standing): Promise<boolean> {
  const { move, made, old, wish, time } = standing;
  switch (step) {
    case 'cancel-old': {
      const left = await requestCancel(wish.viewer, old);
      const cancelled = left?.state === 'cancelled';
      if (cancelled) crashAt('move-cancelled');
      // The old booking had to go first and could not: the new one was never requested.
      if (left?.state === 'booked' && move.goesFirst === 'old' && made.state === 'confirming')
        return (await settleBooking(made.id, { state: 'refused' }, now())) !== null;
      return cancelled;
    }
    case 'book-new':
      return time === 'first' ? bookNew(made, wish) : lookForNew(standing);
    case 'look-for-new':
      return lookForNew(standing);
    case 'wait':
      return (await reconcileBooking(made)) === 'known';
  }
}

async function bookNew(made: Booking, { viewer, request }: PlannerTask): Promise<boolean> {
  const asked = request && (await requestBooking(viewer, made, request));
  if (asked?.ok) return true;
  return (await settleBooking(made.id, { state: 'refused' }, now())) !== null;
}

async function lookForNew({ move, made, wish }: Standing): Promise<boolean> {
  const found = await reconcileBooking(made);
  if (found !== 'not-made') return found === 'known';
  // The old booking is gone already, so the new one is requested as long as its slot is free.
  if (move.goesFirst === 'old') return bookNew(made, wish);
  return (await settleBooking(made.id, { state: 'refused' }, now())) !== null;
}
