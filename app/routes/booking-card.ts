import { bookingView } from '~/appointment/booking/booking-view.server';
import { cardOf } from '~/appointment/booking/card.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { ownerOf } from '~/identity/owner.server';
import { requireViewer } from '~/identity/session.server';
import { readBooking } from '~/store/booking.server';
import { pageAbove } from '~/ui/page-above';

/** The booking as one small file for a phone without internet: place, time and code, and nothing else. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const booking = await readBooking(ownerOf(viewer), params.booking ?? '');
  // Its page says what became of it, or that there is none.
  if (booking?.state !== 'booked') return redirect(pageAbove(request));
  return new Response(cardOf(await bookingView(viewer, booking, null), viewer.language), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="appointment.html"',
      'cache-control': 'no-store',
    },
  });
}
