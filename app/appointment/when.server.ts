import { formatsOf } from '~/i18n/format.server';
import type { Viewer } from '~/model/viewer';
import type { Booking } from '~/store/booking.server';

export function whenOf({ language }: Viewer, booking: Pick<Booking, 'localDate' | 'localTime' | 'deskName'>) {
  const formats = formatsOf(language);
  return {
    day: formats.weekday(booking.localDate),
    time: formats.time(booking.localTime),
    desk: booking.deskName,
  };
}
