export type { BookingState } from '~/store/schema.server';
