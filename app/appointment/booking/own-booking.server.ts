import { makerOf } from '~/answer/maker.server';
import { inReach, mayArrange } from '~/appointment/reach.server';
import { askCases } from '~/case/case-view.server';
import { formatsOf } from '~/i18n/format.server';
import { isOver } from '~/model/case-state';
import { knownValue } from '~/model/loaded';
import { productOf, visitUntil } from '~/model/next-step';
import type { Viewer } from '~/model/viewer';
import { ownerOf } from '~/platform/pseudonym.server';
import { type Booking, bookingFromHold, bookingWith } from '~/store/booking.server';
import type { Hold } from '~/store/hold.server';
import { visitFor } from '~/visit/visits.server';
import type { Makers } from './booking-view.server';

/** The booking of that id, if it is for the viewer or of a case whose visits they arrange; null for any other id. */
export const ownBooking = async (viewer: Viewer, id = ''): Promise<Booking | null> =>
  inReach(
    viewer,
    await bookingWith(id),
    ({ owner, visitors }) => [owner, ...visitors].includes(ownerOf(viewer)),
    'see',
  );

/** The same for who wants to move or cancel it: who only comes along can't. */
export const changeableBooking = async (viewer: Viewer, id = ''): Promise<Booking | null> =>
  inReach(viewer, await bookingWith(id));

/** Who made a booking, and whether the viewer may change it. Asks for the cases only when it is not all their own. */
export async function makersOf(viewer: Viewer, booking: Booking): Promise<Makers> {
  const me = ownerOf(viewer);
  const isSelf = viewer.basis !== 'represents' && !viewer.cases;
  if (isSelf && booking.madeBy === me && booking.owner === me) return { maker: 'you', canChange: true };
  const theCase = knownValue(await askCases(viewer))?.find(({ id }) => id === booking.caseId) ?? null;
  return {
    maker: makerOf(viewer, booking.madeBy, theCase),
    canChange: (isSelf && booking.owner === me) || (theCase !== null && mayArrange(viewer, theCase, booking)),
  };
}

/**
 * What is still due of a visit that was cancelled, or that is after the last day to come. Null: nothing, or the case
 * can't be asked.
 */
export async function dueVisit(viewer: Viewer, booking: Booking) {
  if (booking.state !== 'booked' && booking.state !== 'cancelled') return null;
  const theCase = knownValue(await askCases(viewer))?.find(({ id }) => id === booking.caseId);
  if (!theCase || isOver(theCase.state) || productOf(theCase) !== booking.product) return null;
  const until = visitUntil(theCase);
  const by = until && formatsOf(viewer.language).date(until);
  if (booking.state === 'cancelled') {
    const another = await visitFor(viewer, booking.caseId, booking.product, booking.owner);
    return another ? null : { by, why: 'cancelled' as const };
  }
  return until && booking.localDate > until ? { by, why: 'too-late' as const } : null;
}

export type DueVisit = Awaited<ReturnType<typeof dueVisit>>;

/** The booking that was made from a hold, also for a relative; null when none was made, or the planner refused it. */
export async function bookingMadeFrom(hold: Hold): Promise<Booking | null> {
  const booking = await bookingFromHold(hold);
  return booking?.state === 'refused' ? null : booking;
}
