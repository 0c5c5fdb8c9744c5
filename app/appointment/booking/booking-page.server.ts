import type { Viewer } from '~/model/viewer';
import { caseReference } from '~/platform/pseudonym.server';
import { accessTo } from './access.server';
import { recheckBooking } from './booking.server';
import { bookingView } from './booking-view.server';
import { dueVisit, makersOf, ownBooking } from './own-booking.server';

/** What the page of a booking shows; null for a booking that is not the viewer's. @param asked the page's address */
export async function bookingPage(viewer: Viewer, id: string | undefined, asked: URLSearchParams) {
  const own = await ownBooking(viewer, id);
  if (!own) return null;
  const checked = await recheckBooking(viewer, own);
  const { booking } = checked;
  const [access = null] = await accessTo(viewer.language, booking.product, [booking.desk]);
  const caseRef = caseReference(viewer, { id: booking.caseId });
  return {
    asks: asked.has('cancel'),
    tells: asked.has('gone'),
    alreadyBooked: asked.has('already'),
    access,
    due: await dueVisit(viewer, booking),
    booking: await bookingView(viewer, checked, caseRef, await makersOf(viewer, booking)),
  };
}
