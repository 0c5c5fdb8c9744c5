import { Temporal } from 'temporal-polyfill';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { ownerOfPerson } from '~/platform/pseudonym.server';
import { type Booking, openBooking, openBookingsIn, openBookingsOf } from '~/store/booking.server';
import { checkBooking } from './check.server';

/** Most visits of one list whose planners are asked, the soonest; the lines of the rest say since when they are known. */
const MOST_ASKED = 25;

/** The next visit of each case that the viewer may see, by the case's id, as the planners have them now. */
export async function visitsOf(viewer: Viewer, cases: readonly OwnCase[]): Promise<ReadonlyMap<string, Booking>> {
  const known = [...(await storedVisits(cases))];
  const soonest = known
    .map(([, booking]) => booking)
    .sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
    .slice(0, MOST_ASKED);
  const checked = await Promise.all(
    known.map(async ([id, booking]) => {
      const now = soonest.includes(booking) ? (await checkBooking(viewer, booking)).booking : booking;
      return now.state === 'cancelled' ? [] : [[id, now] as const];
    }),
  );
  return new Map(checked.flat());
}

/** The same as they are stored, for lists of hundreds of cases. */
export async function storedVisits(cases: readonly OwnCase[]): Promise<ReadonlyMap<string, Booking>> {
  const visible = new Map(cases.filter(({ rights }) => rights.includes('case')).map((each) => [each.id, each]));
  const visits = new Map<string, Booking>();
  for (const booking of await openBookingsOf([...visible.keys()])) {
    const theCase = visible.get(booking.caseId);
    if (theCase && !visits.has(theCase.id) && isVisible(theCase, booking)) visits.set(theCase.id, booking);
  }
  return visits;
}

function isVisible({ rights, self }: OwnCase, { owner, visitors }: Booking): boolean {
  const own = self.ids.map(ownerOfPerson);
  return rights.includes('book-all') || [owner, ...visitors].some((person) => own.includes(person));
}

/** A case's open bookings as the planners have them now. @param of only those that are for this person; null: all */
export async function visitsIn(viewer: Viewer, caseId: string, of: string | null): Promise<Booking[]> {
  const stored = await openBookingsIn(caseId, of);
  const checked = await Promise.all(stored.map((booking) => checkBooking(viewer, booking)));
  return checked.flatMap(({ booking }) => (booking.state === 'cancelled' ? [] : [booking]));
}

/** A person's open booking for a product of a case; null when the planner no longer has it. */
export async function visitFor(
  viewer: Viewer,
  caseId: string,
  product: string,
  person: string,
): Promise<Booking | null> {
  const open = await openBooking(caseId, product, person);
  if (!open) return null;
  const { booking } = await checkBooking(viewer, open);
  return booking.state === 'cancelled' ? null : booking;
}
