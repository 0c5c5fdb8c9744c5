import { plannerOfAgency } from '~/agency/planner.server';
import type { BookingView, MoveView, WhenView } from '~/appointment/views';
import { formatsOf } from '~/i18n/format.server';
import { isProduct } from '~/model/appointment';
import { moveStateOf } from '~/model/move';
import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { type Booking, bookingWith } from '~/store/booking.server';
import { type Move, moveOf } from '~/store/move.server';
import { mapAddress } from '~/ui/map-address';
import { moveOrder } from './move.server';
import { qrOf } from './qr.server';

/** A booking as its page shows it, with the move that it is part of, if any. */
export async function bookingView(viewer: Viewer, booking: Booking, caseRef: string | null): Promise<BookingView> {
  const { street, postcode, city } = booking.place;
  const address = street ? `${street}, ${postcode} ${city}` : null;
  const past = now().epochMilliseconds > booking.endsAt.epochMilliseconds;
  const move = await moveOf(booking.owner, booking.id);
  const stands = !past && booking.state === 'booked' && viewer.scope === 'write';
  const running = move?.state === 'booking' || move?.state === 'cancelling';
  const { cancel } = plannerOfAgency().capabilities(booking.desk);
  return {
    id: booking.id,
    state: booking.state,
    product: isProduct(booking.product) ? booking.product : 'BIO',
    ...whenOf(viewer, booking),
    address,
    map: address && mapAddress(address),
    code: booking.code,
    codeByMail: booking.code === null && booking.backendKey === null,
    qr: booking.code && booking.state === 'booked' && !past ? qrOf(booking.code) : null,
    persons: booking.partySize,
    past,
    cancel: stands ? (cancel === 'yes' && !booking.backendKey ? 'no' : cancel) : null,
    cancelAddress: booking.backendKey ? plannerOfAgency().cancelAddress(booking.backendKey) : null,
    canMove: stands && !running && moveOrder(booking, booking.desk) !== null,
    move: move && (await moveView(viewer, move, booking)),
    caseRef,
  };
}

/** Day, time and desk in the viewer's words. */
export function whenOf(viewer: Viewer, booking: Pick<Booking, 'localDate' | 'localTime' | 'deskName'>): WhenView {
  const formats = formatsOf(viewer.language);
  return {
    day: formats.weekday(booking.localDate),
    time: formats.time(booking.localTime),
    desk: booking.deskName,
  };
}

async function moveView(viewer: Viewer, move: Move, booking: Booking): Promise<MoveView | null> {
  const part = move.newId === booking.id ? 'new' : 'old';
  const other = await bookingWith(part === 'new' ? move.oldId : move.newId);
  if (!other) return null;
  const [made, old] = part === 'new' ? [booking, other] : [other, booking];
  // A move that has ended stays as it ended; later changes of its bookings are no part of it.
  const running = move.state === 'booking' || move.state === 'cancelling';
  const state = running ? moveStateOf({ goesFirst: move.goesFirst, new: made.state, old: old.state }) : move.state;
  return { part, state, other: { id: other.id, ...whenOf(viewer, other) } };
}
