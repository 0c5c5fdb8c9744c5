import { plannerOfAgency } from '~/agency/planner.server';
import { readPlannerTask } from '~/appointment/booking/planner-task.server';
import { freeSlots } from '~/appointment/free-times.server';
import { dropReservedSlots } from '~/appointment/reserved-slots.server';
import { endFor, rightTo } from '~/appointment/right-ended.server';
import { isProduct, type Slot, slotId } from '~/model/appointment';
import { offerFor } from '~/model/draw';
import { knownValue } from '~/model/loaded';
import { addDays } from '~/model/time';
import { agencyDay, now } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { openBooking } from '~/store/booking.server';
import {
  deleteOldReleases,
  drawRelease,
  endRelease,
  isReserved,
  offerSlot,
  openReleases,
  type Release,
  settleTicket,
  type Ticket,
  takerText,
  ticketsOf,
} from '~/store/draw.server';
import { mailTicket } from './ticket-mail.server';

/** A draw can be verified for this many days after its last slot. */
const KEPT_DAYS = 30;

/** One round over all open releases: draws those whose window has closed, and offers slots in the order drawn. */
export async function drawAndOffer(signal: AbortSignal): Promise<void> {
  await deleteOldReleases(addDays(agencyDay(), -KEPT_DAYS));
  for (const release of await openReleases()) {
    signal.throwIfAborted();
    const drawn = release.state === 'drawn' || (await drawRelease(release.id, now()));
    if (drawn) await offerInOrder(release, signal);
  }
}

async function offerInOrder(release: Release, signal: AbortSignal): Promise<void> {
  for (const ticket of await ticketsOf(release.id)) await settle(ticket, release);
  const tickets = await ticketsOf(release.id);
  const waiting = tickets.filter(({ state }) => state === 'waiting');
  const onOffer = tickets.flatMap(({ state, offer }) => (state === 'offered' && offer ? [offer.slotId] : []));
  const late = release.untilDate <= agencyDay();
  const { offered, allLoaded } = late
    ? { offered: 0, allLoaded: true }
    : await offerSlots(release, waiting, onOffer, signal);
  if (offered > 0) log('draw-offered', { count: offered });
  // An open offer may still pass to the next ticket, and a desk that did not answer may have slots.
  if (!late && (onOffer.length + offered > 0 || (waiting.length > 0 && !allLoaded))) return;
  for (const ticket of waiting) {
    signal.throwIfAborted();
    if (!(await hasRight(ticket, release))) continue;
    if (await settleTicket(ticket.id, 'lost')) await mailTicket(ticket, 'draw-lost');
  }
  await endRelease(release.id);
  dropReservedSlots();
}

/** A ticket whose owner has an appointment is settled; one whose offer expired leaves its slot to the next. */
async function settle({ id, state, owner, caseId, offerUntil }: Ticket, { product }: Release): Promise<void> {
  if (state !== 'waiting' && state !== 'offered') return;
  if (await openBooking(caseId, product, owner)) await settleTicket(id, 'booked');
  else if (state === 'offered' && offerUntil && offerUntil.epochMilliseconds <= now().epochMilliseconds)
    await settleTicket(id, 'missed');
}

/**
 * Offers each ticket, in drawn order, the first slot that fits its party and, if one does, its wishes.
 *
 * @param onOffer ids of slots in open offers
 */
async function offerSlots(
  release: Release,
  waiting: readonly Ticket[],
  onOffer: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly offered: number; readonly allLoaded: boolean }> {
  const { product, desks: chosen, fromDate: from, untilDate: until } = release;
  if (waiting.length === 0 || !isProduct(product)) return { offered: 0, allLoaded: true };
  const known = await plannerOfAgency().desksOf(product);
  const desks = (knownValue(known) ?? []).filter(({ key }) => chosen.length === 0 || chosen.includes(key));
  const taken = new Set(onOffer);
  const bySize = new Map<number, readonly Slot[]>();
  let [offered, allLoaded] = [0, known.state === 'fresh'];
  for (const ticket of waiting) {
    const { partySize: persons } = ticket;
    if (!bySize.has(persons)) {
      const found = await freeSlots(product, desks, { persons, drawn: 'all' }, { from, until });
      allLoaded &&= found.why === null;
      bySize.set(
        persons,
        found.slots.filter((slot) => isReserved(slot, [release])),
      );
    }
    signal.throwIfAborted();
    const slot = offerFor(bySize.get(persons) ?? [], ticket, taken);
    if (!slot || !(await hasRight(ticket, release))) continue;
    taken.add(slotId(slot));
    if (await offerTo(ticket, slot, release)) offered += 1;
  }
  return { offered, allLoaded };
}

/** Whether the ticket's person still has the right to a time. One who lost it is told on their page. */
async function hasRight(ticket: Ticket, { product }: Release): Promise<boolean> {
  const taker = takerOf(ticket);
  // A ticket of before has no name of who took it.
  if (!taker) return true;
  const right = await rightTo(taker, { ...ticket, product });
  if (right !== 'right' && right !== 'unknown') await endFor('ticket', ticket, right);
  return right === 'right';
}

/** Who took a ticket, in a form that the agency can be asked about. */
const takerOf = (ticket: Ticket) => readPlannerTask(takerText(ticket))?.viewer ?? null;

async function offerTo(ticket: Ticket, slot: Slot, { confirmHours }: Release): Promise<boolean> {
  const { date, startTime: time, desk } = slot;
  const until = now().add({ hours: confirmHours });
  const offer = { slotId: slotId(slot), date, time, deskName: desk.name };
  if (!(await offerSlot(ticket.id, offer, until))) return false;
  await mailTicket(ticket, 'draw-offer');
  return true;
}
