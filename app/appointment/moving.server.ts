import { plannerOfAgency } from '~/agency/planner.server';
import type { Case } from '~/model/case';
import { productOf } from '~/model/next-step';
import type { Viewer } from '~/model/viewer';
import { ownerOf } from '~/platform/pseudonym.server';
import { type Booking, readBooking } from '~/store/booking.server';
import type { SlotQuery } from './slot-query.server';

/** Which booking goes first when one is moved to a desk: `new` is safe, `old` gives the old one up first; null: no move. */
export function moveOrder(old: Pick<Booking, 'desk' | 'backendKey'>, newDesk: string): 'new' | 'old' | null {
  const [from, to] = [plannerOfAgency().capabilities(old.desk), plannerOfAgency().capabilities(newDesk)];
  if (from.cancel !== 'yes' || !old.backendKey || to.move === 'none') return null;
  return to.move === 'cancel-then-book' ? 'old' : 'new';
}

/** The booking that the address asks to move; null unless it is the viewer's own, of this case, and still booked. */
export async function movedBooking(viewer: Viewer, theCase: Case, { move }: SlotQuery): Promise<Booking | null> {
  const old = move ? await readBooking(ownerOf(viewer), move) : null;
  const product = productOf(theCase.current?.stage ?? null);
  return old?.state === 'booked' && old.caseId === theCase.id && old.product === product ? old : null;
}
