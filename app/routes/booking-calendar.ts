import { calendarEntry, movedTo } from '~/appointment/booking/calendar-entry.server';
import { ownBooking } from '~/appointment/booking/own-booking.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import { pageAbove } from '~/ui/page-above';
import { checkBooking } from '~/visit/check.server';

/** The booking as a calendar file. For one that was moved it redirects to the file of the new booking. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const own = await ownBooking(viewer, params.booking);
  const booking = own && (await checkBooking(viewer, own)).booking;
  const newId = booking && (await movedTo(booking));
  if (newId) return redirect(`/${viewer.language}/bookings/${newId}/calendar`);
  // The booking's page explains what became of it. Calendars do not remove an entry by a file, so none is given.
  if (booking?.state !== 'booked') return redirect(pageAbove(request));
  return new Response(calendarEntry(booking, viewer.language), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="appointment.ics"',
    },
  });
}
