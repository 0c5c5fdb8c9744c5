import { bookingView } from '~/appointment/booking/booking-view.server';
import { cardOf } from '~/appointment/booking/card.server';
import { makersOf, ownBooking } from '~/appointment/booking/own-booking.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import { pageAbove } from '~/ui/page-above';
import { checkBooking } from '~/visit/check.server';

/** The booking as one small file for a phone without internet: place, time and code only. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const own = await ownBooking(viewer, params.booking);
  const checked = own && (await checkBooking(viewer, own));
  // The booking's page explains what became of it.
  if (checked?.booking.state !== 'booked') return redirect(pageAbove(request));
  return new Response(
    cardOf(await bookingView(viewer, checked, null, await makersOf(viewer, checked.booking)), viewer.language),
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': 'attachment; filename="appointment.html"',
        'cache-control': 'no-store',
      },
    },
  );
}
