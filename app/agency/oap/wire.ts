import type { Slot } from '~/model/appointment';
import type { Viewer } from '~/model/viewer';
import type { BookingRequest } from '../planner-port';

/** A slot as OAP expects it in requests. The meaning of `parts` is undocumented; every slot in the field has one. */
export const wireSlot = ({ key, date, startTime, endTime }: Slot) => ({ key, date, startTime, endTime, parts: 1 });

/** The body of a booking. The planner sends its own confirmation, in one of its two languages. */
export function appointmentOf(
  viewer: Pick<Viewer, 'language'>,
  productKey: string,
  { slot, visitors, email, phone }: Pick<BookingRequest, 'slot' | 'visitors' | 'email' | 'phone'>,
) {
  const { date, startTime, endTime } = slot;
  return {
    bookableSlot: { ...wireSlot(slot), booked: false },
    appointment: {
      productKey,
      date,
      startTime,
      endTime,
      email,
      phone,
      language: viewer.language === 'nl' ? 'nl' : 'en',
      customers: visitors.map(({ givenName, familyName, vNumber }) => ({
        vNumber,
        firstName: givenName,
        lastName: familyName,
      })),
    },
  };
}
