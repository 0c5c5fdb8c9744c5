import { calendarEntry, movedTo } from '~/appointment/booking/calendar-entry.server';
import { ownBooking } from '~/appointment/booking/own-booking.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import { pageAbove } from '~/ui/page-above';

/** The booking as a calendar file. For one that was moved it redirects to the file of the new booking. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const booking = await ownBooking(viewer, params.booking);
  // The booking's page explains what became of it.
  if (!booking || !['booked', 'cancelled'].includes(booking.state)) return redirect(pageAbove(request));
  const newId = await movedTo(booking);
  if (newId) return redirect(`/${viewer.language}/bookings/${newId}/calendar`);
  return new Response(calendarEntry(booking, viewer.language), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="appointment.ics"',
    },
  });
}
