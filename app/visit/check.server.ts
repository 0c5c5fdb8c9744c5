import { Temporal } from 'temporal-polyfill';
import { within } from '~/agency/budget.server';
import { withoutDeadline } from '~/agency/deadline.server';
import { plannerOfAgency } from '~/agency/planner.server';
import type { FoundBooking } from '~/agency/planner-port';
import { isProduct } from '~/model/appointment';
import { fresh, knownValue, type Loaded } from '~/model/loaded';
import { wallTimeOf } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import type { Booking } from '~/store/booking.server';
import { type NewTime, noteAsItStands, noteCancelled, noteMoved } from '~/store/visit-check.server';

/** How long a page waits for the planner, in milliseconds. */
const BUDGET = 900;
/** How long an answer counts, in seconds, however often the booking is shown. */
const FRESH_SECONDS = 60;
const MOST_KEPT = 5_000;

/** `untold`: the planner can't tell. `not-asked`: it did not answer now. */
export interface CheckedBooking {
  readonly booking: Booking;
  readonly known: 'now' | 'untold' | 'not-asked';
}

interface RecentCheck {
  readonly at: Temporal.Instant;
  readonly answer: Promise<CheckedBooking>;
}

const asked = new Map<string, RecentCheck>();
onClearCaches(() => asked.clear());

/**
 * A booking as its planner has it now: others may have cancelled or moved it there. At most one request a minute for each
 * booking; one that takes longer than a page waits is stored all the same.
 */
export async function checkBooking(viewer: Viewer, booking: Booking): Promise<CheckedBooking> {
  if (!canBeAsked(booking)) return { booking, known: plannerTells(booking) ? 'now' : 'untold' };
  const last = asked.get(booking.id);
  const isFresh = last && now().since(last.at).total('seconds') < FRESH_SECONDS;
  const answer = isFresh ? last.answer : start(viewer, booking);
  const loaded: Loaded<CheckedBooking> = await within(BUDGET, () =>
    answer.then((checked) => fresh(checked, now().toString())),
  );
  const checked = knownValue(loaded);
  if (!checked) return { booking, known: 'not-asked' };
  // The row that was just read is newer than a cached one, unless the planner changed it.
  return {
    booking: isFresh && checked.booking.sequence <= booking.sequence ? booking : checked.booking,
    known: checked.known,
  };
}

/** Whether the planner of a booking can tell how it stands. */
export const plannerTells = ({ desk, backendKey }: Booking): boolean =>
  backendKey !== null && plannerOfAgency().capabilities(desk).tells;

const canBeAsked = (booking: Booking): boolean =>
  booking.state === 'booked' && plannerTells(booking) && Temporal.Instant.compare(now(), booking.endsAt) < 0;

function start(viewer: Viewer, booking: Booking): Promise<CheckedBooking> {
  const answer = withoutDeadline(() => askPlanner(viewer, booking));
  asked.delete(booking.id);
  asked.set(booking.id, { at: now(), answer });
  answer.then(
    // A planner that did not answer is asked again by the next page.
    ({ known }) => known === 'not-asked' && asked.delete(booking.id),
    () => asked.delete(booking.id),
  );
  for (const oldest of asked.keys()) {
    if (asked.size <= MOST_KEPT) break;
    asked.delete(oldest);
  }
  return answer;
}

/** Asks the planner and stores what others changed. */
export async function askPlanner(viewer: Viewer, booking: Booking): Promise<CheckedBooking> {
  const found = await plannerOfAgency().find(viewer, booking.backendKey ?? '');
  if (!found.ok) return { booking, known: found.why === 'not-possible' ? 'untold' : 'not-asked' };
  const stored = await store(booking, found.value);
  return { booking: stored ?? booking, known: 'now' };
}

async function store(booking: Booking, found: FoundBooking): Promise<Booking | null> {
  if (found.state === 'cancelled') return noteCancelled(booking.id, 'cancelled', now());
  if (found.state !== 'booked') return null;
  const moved = await newTimeOf(booking, found);
  if (moved) return noteMoved(booking.id, moved, now());
  const code = found.code !== null && found.code !== booking.code ? found.code : null;
  return noteAsItStands(booking.id, code, now());
}

/** Null for a booking that is where and when it was. */
async function newTimeOf(
  booking: Booking,
  { startsAt: start, endsAt: end, desk }: FoundBooking,
): Promise<NewTime | null> {
  const startsAt = start === null ? booking.startsAt : Temporal.Instant.from(start);
  const elsewhere = desk !== null && desk.key !== booking.desk;
  if (startsAt.equals(booking.startsAt) && !elsewhere) return null;
  const wall = wallTimeOf(startsAt.epochMilliseconds, booking.zone);
  if (!wall) return null;
  const { localDate, localTime, deskName } = booking;
  const length = booking.startsAt.until(booking.endsAt);
  const there = elsewhere ? await placeOf(booking, desk) : { desk: booking.desk, deskName, place: booking.place };
  return {
    ...there,
    startsAt,
    endsAt: end === null ? startsAt.add(length) : Temporal.Instant.from(end),
    localDate: wall.date,
    localTime: wall.time,
    was: { localDate, localTime, deskName },
  };
}

/** The new desk in the words of the planner's own list, where it stands in it. */
async function placeOf({ product }: Booking, { key, name, place }: NonNullable<FoundBooking['desk']>) {
  const desks = isProduct(product)
    ? (knownValue(await within(BUDGET, () => plannerOfAgency().desksOf(product))) ?? [])
    : [];
  const known = desks.find((desk) => desk.key === key);
  return {
    desk: key,
    deskName: name ?? known?.name ?? key,
    place: place ?? known?.place ?? { street: '', postcode: '', city: '' },
  };
}
