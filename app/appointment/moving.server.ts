import { plannerOfAgency } from '~/agency/planner.server';
import { productOf } from '~/model/next-step';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { type Booking, bookingWith } from '~/store/booking.server';
import { mayArrange } from './reach.server';
import type { SlotQuery } from './slot-query.server';

/** Which booking goes first when one is moved to a desk: `new` is safe, `old` gives the old one up first; null: no move. */
export function moveOrder(old: Pick<Booking, 'desk' | 'backendKey'>, newDesk: string): 'new' | 'old' | null {
  const [from, to] = [plannerOfAgency().capabilities(old.desk), plannerOfAgency().capabilities(newDesk)];
  if (from.cancel !== 'yes' || !old.backendKey || to.move === 'none') return null;
  return to.move === 'cancel-then-book' ? 'old' : 'new';
}

/** The booking that the address asks to move; null unless the viewer arranges it, it is of this case, and booked. */
export async function movedBooking(viewer: Viewer, theCase: OwnCase, { move }: SlotQuery): Promise<Booking | null> {
  const old = move ? await bookingWith(move) : null;
  const product = productOf(theCase);
  return old?.state === 'booked' && mayArrange(viewer, theCase, old) && old.product === product ? old : null;
}
