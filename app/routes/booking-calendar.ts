import { config } from '~/config/config.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { ownerOf } from '~/identity/owner.server';
import { requireViewer } from '~/identity/session.server';
import { calendarFile } from '~/model/calendar-file';
import { now } from '~/platform/clock.server';
import { readBooking } from '~/store/booking.server';
import { moveOf } from '~/store/move.server';
import { pageAbove } from '~/ui/page-above';

/**
 * The booking for a calendar; one that was moved is the same entry as the new one. Its words say "appointment" and no more: calendars are shared and synchronised.
 */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const booking = await readBooking(ownerOf(viewer), params.booking ?? '');
  // Its page says what became of it, or that there is none.
  if (!booking || !['booked', 'cancelled'].includes(booking.state)) return redirect(pageAbove(request));
  const move = booking.state === 'cancelled' ? await moveOf(booking.owner, booking.id) : null;
  if (move?.state === 'done' && move.oldId === booking.id)
    return redirect(`/${viewer.language}/bookings/${move.newId}/calendar`);
  const t = translatorOf(viewer.language);
  const { street, postcode, city } = booking.place;
  const file = calendarFile(
    {
      uid: `${booking.calendarId}@${new URL(config().ORIGIN).hostname}`,
      sequence: booking.sequence,
      cancelled: booking.state === 'cancelled',
      start: booking.startsAt,
      end: booking.endsAt,
      zone: booking.zone,
      summary: t('appointment:booking.title'),
      location: [booking.deskName, street, `${postcode} ${city}`.trim()].filter(Boolean).join(', '),
      description: booking.code ? `${t('appointment:booking.codeUse')} ${booking.code}` : '',
    },
    now(),
  );
  return new Response(file, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="appointment.ics"',
    },
  });
}
