import type { BookingView } from './booking-view.server';

const BRING = {
  BIO: ['passport', 'letter', 'code', 'noPhoto'],
  DOC: ['passport', 'invitation', 'code', 'oldDocument'],
  VAA: ['passport', 'letter', 'code'],
  TKV: ['passport', 'letter', 'code'],
} as const satisfies Record<BookingView['product'], readonly string[]>;

/** What people bring to a visit, as last parts of `appointment:booking.bringItem`. */
export const bringFor = ({ product, persons, code }: Pick<BookingView, 'product' | 'persons' | 'code'>) =>
  [...BRING[product], ...(persons > 1 ? (['everyone'] as const) : [])].filter(
    (item) => item !== 'code' || code !== null,
  );
