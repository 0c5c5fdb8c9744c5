import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { ownerOf } from '~/case/reference.server';
import { now } from '~/clock.server';
import { config } from '~/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import { calendarFile } from '~/model/calendar-file';
import { readBooking } from '~/store/booking.server';

/** The booking for a calendar. Its words say "appointment" and no more: calendars are shared and synchronised. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const booking = await readBooking(ownerOf(viewer), params.booking ?? '');
  if (!booking || !['booked', 'cancelled'].includes(booking.state)) throw data(null, { status: 404 });
  const t = translatorOf(viewer.language);
  const { street, postcode, city } = booking.place;
  const file = calendarFile(
    {
      uid: `${booking.id}@${new URL(config().ORIGIN).hostname}`,
      sequence: booking.sequence,
      cancelled: booking.state === 'cancelled',
      start: booking.startsAt,
      end: booking.endsAt,
      summary: t('appointment:booking.title'),
      location: [booking.deskName, street, `${postcode} ${city}`.trim()].filter(Boolean).join(', '),
      description: `${t('appointment:booking.codeUse')} ${booking.code ?? ''}`.trim(),
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
