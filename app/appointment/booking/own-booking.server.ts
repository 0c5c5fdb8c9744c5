import type { Viewer } from '~/model/viewer';
import { ownerOf } from '~/platform/pseudonym.server';
import { type Booking, bookingOfHold, readBooking } from '~/store/booking.server';

/** The viewer's own booking of that id; null when there is none, also when the id belongs to somebody else's. */
export const ownBooking = (viewer: Viewer, id = ''): Promise<Booking | null> => readBooking(ownerOf(viewer), id);

/** The booking that was made from a hold of the viewer's; null when none was made, or the planner refused it. */
export async function bookingMadeFrom(viewer: Viewer, holdId: string): Promise<Booking | null> {
  const booking = await bookingOfHold(ownerOf(viewer), holdId);
  return booking?.state === 'refused' ? null : booking;
}
