import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { calendarFile } from '~/model/calendar-file';
import type { Language } from '~/model/language';
import { now } from '~/platform/clock.server';
import type { Booking } from '~/store/booking.server';
import { moveOf } from '~/store/move.server';

/** The id of the booking that a cancelled one was moved to; null when it was not moved. */
export async function movedTo(booking: Booking): Promise<string | null> {
  const move = booking.state === 'cancelled' ? await moveOf(booking.owner, booking.id) : null;
  return move?.state === 'done' && move.oldId === booking.id ? move.newId : null;
}

/**
 * An iCalendar file with the booking. It says "appointment" and never what for, because people share their calendars.
 * A moved booking keeps its `uid`, so that calendars replace the old entry.
 */
export function calendarEntry(booking: Booking, language: Language): string {
  const t = translatorOf(language);
  const { street, postcode, city } = booking.place;
  return calendarFile(
    {
      uid: `${booking.calendarId}@${new URL(config().ORIGIN).hostname}`,
      sequence: booking.sequence,
      start: booking.startsAt,
      end: booking.endsAt,
      zone: booking.zone,
      summary: t('appointment:booking.title'),
      location: [booking.deskName, street, `${postcode} ${city}`.trim()].filter(Boolean).join(', '),
      description: booking.code ? `${t('appointment:booking.codeUse')} ${booking.code}` : '',
    },
    now(),
  );
}
