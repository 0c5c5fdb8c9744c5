export type { BookingState } from '~/store/schema/appointment.server';
