import { plannerOfAgency } from '~/agency/planner.server';
import { freeSlots } from '~/appointment/free-times.server';
import { releaseHold, storeHold } from '~/appointment/hold/hold.server';
import { endFor, rightTo } from '~/appointment/right-ended.server';
import { config } from '~/config/config.server';
import { isProduct, type ProductCode, type Slot, slotId } from '~/model/appointment';
import { knownValue } from '~/model/loaded';
import { assignOffers, isQuiet, type Watcher } from '~/model/watch';
import { agencyDay, now } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { bookingWith, openBooking } from '~/store/booking.server';
import type { Hold } from '~/store/hold.server';
import { putInOutbox } from '~/store/outbox.server';
import { allWatches, deleteOldWatches, deleteWatch, endOffers, offer, type Watch } from '~/store/watch.server';
import { watcherWith } from './watch.server';

/** How long an offered slot is withheld from other watchers, in minutes; a planner's own hold may be shorter. */
const OFFER_MINUTES = 15;

/** Offers earlier slots to all watches: one request per desk, product and party size, however many watches share it. */
export async function offerEarlierSlots(signal: AbortSignal): Promise<void> {
  await endOffers(now());
  await deleteOldWatches(agencyDay());
  const groups = new Map<string, Watch[]>();
  for (const watch of await allWatches()) {
    if (await isOver(watch)) {
      await deleteWatch(watch.owner, watch.caseId, watch.product);
      continue;
    }
    const key = `${watch.product}/${watch.partySize}`;
    groups.set(key, [...(groups.get(key) ?? []), watch]);
  }
  for (const watches of groups.values()) await offerToGroup(watches, signal);
}

/** A watch is over when its case has a booking, or when the booking to move is gone. */
async function isOver({ moves, caseId, product, owner }: Watch): Promise<boolean> {
  if (moves) return (await bookingWith(moves))?.state !== 'booked';
  return (await openBooking(caseId, product, owner)) !== null;
}

async function offerToGroup(watches: readonly Watch[], signal: AbortSignal): Promise<void> {
  const [first] = watches;
  if (!first || !isProduct(first.product)) return;
  const { product } = first;
  const all = knownValue(await plannerOfAgency().desksOf(product)) ?? [];
  const wanted = all.filter(({ key }) => watches.some(({ desks }) => desks.length === 0 || desks.includes(key)));
  const { slots } = await freeSlots(product, wanted, { persons: first.partySize });
  const taken = watches.flatMap(({ state, offer: made }) => (state === 'offered' && made ? [made.slotId] : []));
  const byId = new Map(watches.map((watch) => [watch.id, watch]));
  const offers = assignOffers(watches.map(watcherOf), slots, taken);
  for (const { watcher, slot } of offers) {
    signal.throwIfAborted();
    const watch = byId.get(watcher);
    if (watch) await offerTo(watch, product, slot);
  }
  if (offers.length > 0) log('earlier-offered', { count: offers.length });
}

function watcherOf(watch: Watch): Watcher {
  const { id, desks, weekdays, part, before, seen, state, quietFrom, quietUntil } = watch;
  const time = now().toZonedDateTimeISO(config().AGENCY_ZONE).toPlainTime().toString({ smallestUnit: 'minute' });
  const waitingSince = watch.waitingSince.toString();
  const busy = state === 'offered' || isQuiet(time, quietFrom, quietUntil);
  return { id, desks, weekdays, part, before, declined: seen, waitingSince, busy };
}

/** Offers a slot, if the person still has the right to it: held where the planner holds slots for a person, announced everywhere. */
async function offerTo(watch: Watch, product: ProductCode, slot: Slot): Promise<void> {
  const watcher = watcherWith(watch);
  if (!watcher) return;
  const right = await rightTo(watcher, watch);
  if (right === 'unknown') return;
  if (right !== 'right') return endFor('watch', watch, right);
  let until = now().add({ minutes: OFFER_MINUTES });
  let hold: Hold | null = null;
  if (plannerOfAgency().capabilities(slot.desk.key).hold === 'owned') {
    const held = await plannerOfAgency().hold(watcher, { product, slot, partySize: watch.partySize });
    if (!held.ok) return;
    const { owner, caseId, partySize, moves } = watch;
    hold = await storeHold(owner, { caseId, product, slot, partySize, moves }, held.value, OFFER_MINUTES);
    until = hold.expiresAt;
  }
  const { date, startTime: time, desk } = slot;
  const made = { slotId: slotId(slot), date, time, deskName: desk.name };
  if (!(await offer(watch, { offer: made, holdId: hold?.id ?? null, until }, now()))) {
    if (hold) await releaseHold(watcher, hold);
    return;
  }
  const { id: watchId, addressId, language } = watch;
  await putInOutbox({ watchId, addressId, kind: 'earlier-slot', language, notBefore: now() }, now());
}
