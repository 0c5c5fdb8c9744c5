import { plannerOfAgency } from '~/agency/planner.server';
import type { Maker } from '~/answer/maker.server';
import { sinceOf } from '~/answer/visit-since.server';
import { moveOrder } from '~/appointment/moving.server';
import { whenOf } from '~/appointment/when.server';
import { config } from '~/config/config.server';
import { isProduct } from '~/model/appointment';
import { moveStateOf } from '~/model/move';
import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { type Booking, bookingWith } from '~/store/booking.server';
import { type Move, moveOf } from '~/store/move.server';
import { mapAddress } from '~/ui/map-address';
import type { CheckedBooking } from '~/visit/check.server';
import { qrOf } from './qr.server';

/** The view model of a booking's page. @param caseRef the case's address; null when the case could not be loaded */
export async function bookingView(
  viewer: Viewer,
  { booking, known }: CheckedBooking,
  caseRef: string | null,
  makers: Makers,
) {
  const { street, postcode, city } = booking.place;
  const address = street ? `${street}, ${postcode} ${city}` : null;
  const past = now().epochMilliseconds > booking.endsAt.epochMilliseconds;
  const move = await moveOf(booking.owner, booking.id);
  const stands = !past && booking.state === 'booked' && makers.canChange;
  const running = move?.state === 'booking' || move?.state === 'cancelling';
  const { cancel } = plannerOfAgency().capabilities(booking.desk);
  return {
    id: booking.id,
    state: booking.state,
    product: isProduct(booking.product) ? booking.product : 'BIO',
    ...whenOf(viewer, booking),
    address,
    map: address && mapAddress(config().AGENCY_DIR.map, address),
    code: booking.code,
    /** The planner sends the code by e-mail: its reply was lost, or it never returns one. */
    codeByMail: booking.code === null && booking.backendKey === null,
    qr: booking.code && booking.state === 'booked' && !past ? qrOf(booking.code) : null,
    persons: booking.partySize,
    minutes: Math.round((booking.endsAt.epochMilliseconds - booking.startsAt.epochMilliseconds) / 60_000),
    madeBy: makers.maker,
    past,
    /** Who can cancel the booking now; null when it can no longer be cancelled. */
    /** Who changed it elsewhere; null when nobody did. */
    changed: booking.changed,
    was: booking.was && whenOf(viewer, booking.was),
    /** Others moved it to another desk at the same time. */
    sameTime: booking.was?.localDate === booking.localDate && booking.was.localTime === booking.localTime,
    /** Since when the portal knows of it, where the planner did not confirm it just now; null where it did. */
    since: booking.state === 'booked' && !past && known !== 'now' ? sinceOf(booking, viewer.language) : null,
    /** The planner never tells, so the person may tell that it was cancelled. */
    tellsNothing: known === 'untold',
    canTell: stands && known === 'untold' && !running,
    cancel: stands ? (cancel === 'yes' && !booking.backendKey ? 'no' : cancel) : null,
    cancelAddress: booking.backendKey ? plannerOfAgency().cancelAddress(booking.backendKey) : null,
    canMove: stands && !running && moveOrder(booking, booking.desk) !== null,
    move: move && (await moveView(viewer, move, booking)),
    caseRef,
  };
}

export interface Makers {
  readonly maker: Maker;
  /** False for who only comes along. */
  readonly canChange: boolean;
}

export type BookingView = Awaited<ReturnType<typeof bookingView>>;

async function moveView(viewer: Viewer, move: Move, booking: Booking) {
  const part: 'new' | 'old' = move.newId === booking.id ? 'new' : 'old';
  const other = await bookingWith(part === 'new' ? move.oldId : move.newId);
  if (!other) return null;
  const [made, old] = part === 'new' ? [booking, other] : [other, booking];
  // A finished move keeps its end state, whatever happens to its bookings later.
  const running = move.state === 'booking' || move.state === 'cancelling';
  const state = running ? moveStateOf({ goesFirst: move.goesFirst, new: made.state, old: old.state }) : move.state;
  return { part, state, other: { id: other.id, ...whenOf(viewer, other) } };
}

export type MoveView = NonNullable<Awaited<ReturnType<typeof moveView>>>;
