import { Temporal } from 'temporal-polyfill';
import { plannerOfAgency } from '~/agency/planner.server';
import type { Held } from '~/agency/planner-port';
import { freeSlots, type SlotView, slotView } from '~/appointment/free-times.server';
import { movedBooking, moveOrder } from '~/appointment/moving.server';
import { bookedFor, comersOf, whomFor } from '~/appointment/party.server';
import { inReach, mayArrange } from '~/appointment/reach.server';
import { daysWanted, type SlotQuery } from '~/appointment/slot-query.server';
import { whenOf } from '~/appointment/when.server';
import { config } from '~/config/config.server';
import { data } from '~/framework/node.server';
import { formatsOf } from '~/i18n/format.server';
import { alternativesTo, extendedUntil, isProduct, type ProductCode, type Slot, slotId } from '~/model/appointment';
import type { Trouble } from '~/model/loaded';
import { productOf, visitUntil } from '~/model/next-step';
import { mayBook, type OwnCase } from '~/model/rights';
import { instantOf } from '~/model/time';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import { ownerOf } from '~/platform/pseudonym.server';
import { type Booking, bookingWith } from '~/store/booking.server';
import { offeredTicket } from '~/store/draw.server';
import { createHold, extendHold, type Hold, heldSlot, holdsSince, markHold, readHold } from '~/store/hold.server';
import { visitFor } from '~/visit/visits.server';
import { asksOf, fieldOf } from './desk-asks.server';
import { oneAtATime } from './one-at-a-time.server';
import { visitsOf } from './second-visit.server';

export type { Hold };

export type TakeResult =
  | { readonly ok: true; readonly holdId: string }
  | { readonly ok: false; readonly why: 'taken'; readonly alternatives: readonly SlotView[] }
  | { readonly ok: false; readonly why: 'already-booked'; readonly bookingId: string }
  /** `until`: when they can choose again, as a clock time. */
  | { readonly ok: false; readonly why: 'too-many'; readonly until: string }
  | { readonly ok: false; readonly why: 'not-needed' | 'could-not-hold' };

/** At most this many new holds per person in this many minutes: a held slot is withheld from others. */
const MOST_HOLDS = 3;
const IN_MINUTES = 10;

/**
 * Holds a slot for the viewer's case. Only the slot's id is taken from the form; the slot itself is fetched from its
 * desk again. A double click makes one hold.
 */
export const takeSlot = (viewer: WritingViewer, theCase: OwnCase, id: string, wishes: SlotQuery): Promise<TakeResult> =>
  oneAtATime(ownerOf(viewer), () => take(viewer, theCase, id, wishes));

async function take(viewer: WritingViewer, theCase: OwnCase, id: string, wishes: SlotQuery): Promise<TakeResult> {
  const product = productOf(theCase);
  if (!product || viewer.scope !== 'write' || !mayBook(theCase)) return { ok: false, why: 'not-needed' };
  const person = bookedFor(viewer, theCase);
  const old = await movedBooking(viewer, theCase, wishes);
  const open = await visitFor(viewer, theCase.id, product, old?.owner ?? person);
  if (open && open.id !== old?.id) return { ok: false, why: 'already-booked', bookingId: open.id };
  const used = old && (await readHold(old.idempotencyKey));
  if (old && used && id === `${used.desk}.${used.slot.key}`)
    return { ok: false, why: 'already-booked', bookingId: old.id };
  const mine = await heldSlot(ownerOf(viewer), { caseId: theCase.id, slotId: id, moves: old?.id ?? null }, now());
  if (mine?.partySize === wishes.persons) return { ok: true, holdId: mine.id };
  const until = await nextTurn(viewer);
  if (until !== null) return { ok: false, why: 'too-many', until };
  const planner = plannerOfAgency();
  const desks = await planner.desksOf(product);
  if (desks.state === 'unavailable') return { ok: false, why: 'could-not-hold' };
  const desk = desks.value.find(({ key }) => id.startsWith(`${key}.`));
  // A desk that no longer exists has no slots; one whose planner does not answer may have them.
  if (!desk && desks.state === 'partial') return { ok: false, why: 'could-not-hold' };
  const won = await offeredTicket(person, theCase.id, product, now());
  const drawn = won?.offer?.slotId ?? null;
  const asking = { persons: wishes.persons, drawn, sure: true };
  const here = await freeSlots(product, desk ? [desk] : [], asking, daysWanted(wishes));
  if (here.why) return { ok: false, why: 'could-not-hold' };
  const slot = here.slots.find((free) => slotId(free) === id);
  // Its day may be one that the planner did not answer for.
  if (!slot && here.gaps.some(({ from }) => from !== null)) return { ok: false, why: 'could-not-hold' };
  const held = slot
    ? await planner.hold(viewer, { product, slot, partySize: wishes.persons })
    : { ok: false as const, why: 'slot-taken' as const };
  if (held.ok && slot) {
    const wanted = { caseId: theCase.id, product, slot, partySize: wishes.persons, moves: old?.id ?? null };
    return { ok: true, holdId: (await storeHold(ownerOf(viewer), wanted, held.value)).id };
  }
  if (!held.ok && held.why !== 'slot-taken') return { ok: false, why: 'could-not-hold' };
  const chosen = desks.value.filter(({ key }) => wishes.desks.length === 0 || wishes.desks.includes(key));
  const others = await freeSlots(product, chosen, wishes);
  const free = others.slots.filter((other) => slotId(other) !== id);
  // Without the slot its moment is unknown: the first free ones are offered.
  const near = slot ? alternativesTo(slot, free) : free.slice(0, 3);
  return { ok: false, why: 'taken', alternatives: near.map((other) => slotView(other, viewer.language)) };
}

/**
 * When somebody who held as many times as they may can hold one again, as a clock time; null when they can now. Rounded up, so
 * that the limit is over at that minute.
 */
export async function nextTurn(viewer: Viewer): Promise<string | null> {
  const recent = await holdsSince(ownerOf(viewer), now().subtract({ minutes: IN_MINUTES }));
  const oldest = recent[MOST_HOLDS - 1];
  if (!oldest) return null;
  const until = oldest.add({ minutes: IN_MINUTES }).round({ smallestUnit: 'minute', roundingMode: 'ceil' });
  return clockWords(until, viewer.language);
}

interface WantedHold {
  readonly caseId: string;
  readonly product: ProductCode;
  readonly slot: Slot;
  readonly partySize: number;
  readonly moves: string | null;
}

/** Stores a hold. @param minutes how long the person has; HOLD_MINUTES by default */
export async function storeHold(
  owner: string,
  { caseId, product, slot, partySize, moves }: WantedHold,
  held: Held,
  minutes = config().HOLD_MINUTES,
): Promise<Hold> {
  const ends = now().add({ minutes });
  const until = held.until === null ? ends : Temporal.Instant.from(held.until);
  const { key, date, startTime, endTime, zone, desk } = slot;
  return createHold(
    {
      owner,
      caseId,
      product,
      desk: desk.key,
      slot: { key, date, startTime, endTime, zone, deskName: desk.name, hold: held.handle },
      partySize,
      moves,
      expiresAt: Temporal.Instant.compare(ends, until) < 0 ? ends : until,
      backendUntil: until,
    },
    now(),
  );
}

/**
 * The view model of a hold's page, with the people of the case who can come.
 *
 * @param ref the case's address
 * @param opened the case, or why it can't be loaded: the slot is kept all the same
 */
export async function holdView(
  viewer: Viewer,
  hold: Hold,
  ref: string,
  opened: { readonly theCase: OwnCase } | { readonly why: Trouble },
) {
  const theCase = 'theCase' in opened ? opened.theCase : null;
  const old = await replacedBooking(viewer, hold, theCase);
  const comers = theCase ? comersOf(theCase, whomFor(viewer, theCase, old)) : [];
  const visits = await visitsOf(viewer, comers, hold);
  const free = comers.filter((_, index) => visits[index] === null).slice(0, hold.partySize);
  const { slot } = hold;
  const { email, phone, own } = await asksOf(hold);
  return {
    id: hold.id,
    ref,
    asks: { email, phone, own: own.map(({ name, ...field }) => ({ ...field, name, field: fieldOf(name) })) },
    product: isProduct(hold.product) ? hold.product : ('BIO' as const),
    ...whenOf(viewer, { localDate: slot.date, localTime: slot.startTime, deskName: slot.deskName }),
    ...timeLeft(viewer, hold),
    kept: plannerOfAgency().capabilities(hold.desk).hold !== 'none',
    people: comers.map((comer, index) => ({
      name: `${comer.givenName} ${comer.familyName}`.trim(),
      vNumber: comer.vNumber,
      /** When they have a visit for the same already; null when they have none. */
      visit: visits[index] ?? null,
      /** Whether they come, unless the person chooses others. */
      comes: old?.visitors.length ? comer.owners.some((owner) => old.visitors.includes(owner)) : free.includes(comer),
    })),
    persons: hold.partySize,
    minutes: minutesOf(slot),
    /** The last day to come, when the slot is after it. */
    tooLate: theCase && lateFor(viewer, theCase, slot.date),
    why: 'why' in opened ? opened.why : null,
    moving: old && {
      id: old.id,
      ...whenOf(viewer, old),
      oldGoesFirst: oldGoesFirst(old, hold),
    },
  };
}

/** How long a slot is, from its wall times. */
function minutesOf({ startTime, endTime }: Pick<Slot, 'startTime' | 'endTime'>): number {
  const { minutes } = Temporal.PlainTime.from(startTime).until(endTime, { largestUnit: 'minutes' });
  return minutes;
}

/** The last day to come in words, when a day is after it; null otherwise. */
function lateFor({ language }: Viewer, theCase: OwnCase, day: string): string | null {
  const until = visitUntil(theCase);
  return until && day > until ? formatsOf(language).date(until) : null;
}

export type HoldView = Awaited<ReturnType<typeof holdView>>;

/** How long the slot stays kept. `until` is a clock time of the agency's zone. */
export const timeLeft = ({ language }: Viewer, hold: Hold) => ({
  until: clockWords(hold.expiresAt, language),
  secondsLeft: secondsLeft(hold),
  canExtend: longer(hold) !== null,
});

export type TimeLeft = ReturnType<typeof timeLeft>;

/** A hold that is the viewer's, or of a case whose visits they arrange. @throws a 404 response for any other id */
export async function requireHold(viewer: Viewer, id: string | undefined): Promise<Hold> {
  const hold = await inReach(viewer, await readHold(id ?? ''));
  if (!hold) throw data(null, { status: 404 });
  return hold;
}

/** Whether the old booking is given up first, to which the person must agree. */
export const oldGoesFirst = (old: Booking, hold: Hold): boolean => moveOrder(old, hold.desk) === 'old';

/** The booking that a hold is to replace, if the viewer may move it. */
export async function replacedBooking(
  viewer: Viewer,
  { moves }: Hold,
  theCase: OwnCase | null,
): Promise<Booking | null> {
  const old = moves && theCase ? await bookingWith(moves) : null;
  return old && theCase && mayArrange(viewer, theCase, old) ? old : null;
}

export const secondsLeft = (hold: Hold): number =>
  hold.state === 'held' ? Math.max(0, Math.floor(now().until(hold.expiresAt).total('seconds'))) : 0;

/** Extends a hold as far as the planner keeps the slot; null when it can't be extended. */
export async function extendOwnHold(_viewer: WritingViewer, hold: Hold): Promise<Hold | null> {
  const until = longer(hold);
  return until && extendHold(hold.owner, hold.id, { expiresAt: until, backendUntil: hold.backendUntil }, now());
}

function longer(hold: Hold): Temporal.Instant | null {
  const until = extendedUntil(
    now().epochMilliseconds,
    hold.expiresAt.epochMilliseconds,
    hold.backendUntil.epochMilliseconds,
    config().HOLD_MINUTES * 60_000,
  );
  return until === null ? null : Temporal.Instant.fromEpochMilliseconds(until);
}

/** Releases the slot, at the planner too where it can. */
export async function releaseHold(viewer: WritingViewer, hold: Hold): Promise<void> {
  const released = await markHold(hold.owner, hold.id, 'released');
  if (released && plannerOfAgency().capabilities(hold.desk).holdRelease)
    await plannerOfAgency().release(viewer, hold.slot.hold ?? '');
}

/** The held slot as the port needs it; null when its wall time does not exist in its zone. */
export function slotOfHold({ slot, desk }: Hold): Slot | null {
  const instant = instantOf(slot.date, slot.startTime, slot.zone);
  const { deskName, hold: _hold, ...rest } = slot;
  return instant && { ...rest, desk: { key: desk, name: deskName }, instant: instant.toString() };
}
