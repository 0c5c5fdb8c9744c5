import type { Temporal } from 'temporal-polyfill';
import { now } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';
import { type Booking, claimUnsettled, closePast, detailsOf, settleBooking } from '~/store/booking.server';
import { claimMove } from '~/store/move.server';
import { driveMove } from './move.server';
import { readPlannerTask } from './planner-task.server';
import { reconcileBooking, requestCancel } from './settle.server';

const MOST_A_ROUND = 50;

/** Ends what requests could not: moves, lost answers, cancellations that wait. One that fails holds up no other. */
export async function followUp(signal: AbortSignal): Promise<void> {
  await closePast(now());
  const moves = await eachDue(signal, claimMove, (move) => driveMove(move, 'again'));
  const bookings = await eachDue(signal, claimUnsettled, settlePending);
  if (moves + bookings > 0) log('followed-up', { count: moves + bookings });
}

/** Works on what is due, one after another; gives how many there were. */
async function eachDue<T>(
  signal: AbortSignal,
  claim: (at: Temporal.Instant) => Promise<T | null>,
  work: (due: T) => Promise<void>,
): Promise<number> {
  for (let count = 0; count < MOST_A_ROUND; count += 1) {
    signal.throwIfAborted();
    const due = await claim(now());
    if (!due) return count;
    await attempt(() => work(due));
  }
  return MOST_A_ROUND;
}

/** The truth about a booking whose answer is still to come, in its state. */
export async function settlePending(booking: Booking): Promise<void> {
  if (booking.state === 'cancelling') {
    const wish = readPlannerTask(detailsOf(booking));
    if (wish) await requestCancel(wish.viewer, booking);
    return;
  }
  if ((await reconcileBooking(booking)) === 'not-made') await settleBooking(booking.id, { state: 'refused' }, now());
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log('follow-up-failed', { error: errorName(error) }, 'error');
  }
}
