import type { Temporal } from 'temporal-polyfill';
import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';
import { type Booking, claimUnsettled, closePast, detailsOf, settleBooking } from '~/store/booking.server';
import { claimMove } from '~/store/move.server';
import { claimVisitToCheck } from '~/store/visit-check.server';
import { askPlanner, plannerTells } from '~/visit/check.server';
import { driveMove } from './move.server';
import { readPlannerTask } from './planner-task.server';
import { reconcileBooking, requestCancel } from './settle.server';

const MOST_A_ROUND = 50;

/** Ends what requests could not: moves, lost answers, cancellations that wait. One that fails holds up no other. */
export async function followUp(signal: AbortSignal): Promise<void> {
  await closePast(now());
  const moves = await eachDue(signal, claimMove, (move) => driveMove(move, 'again'));
  const bookings = await eachDue(signal, claimUnsettled, settlePending);
  const visits = await eachDue(signal, claimVisitToCheck, checkOnItsOwn);
  if (moves + bookings > 0) log('followed-up', { count: moves + bookings });
  if (visits > 0) log('visits-checked', { count: visits });
}

/** Who asks when no page does. It may only read, and its planner learns no name. */
const NOBODY: Viewer = {
  actor: { id: 'portal', role: 'staff', name: '' },
  subject: { person: { kind: 'vnumber', value: '' }, name: '' },
  basis: 'view-as',
  scope: 'read',
  purpose: 'follow-up',
  language: 'nl',
};

/** Before the day of a visit its planner is asked how it stands, so that the list and the mails are right. */
async function checkOnItsOwn(booking: Booking): Promise<void> {
  if (plannerTells(booking)) await askPlanner(NOBODY, booking);
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
