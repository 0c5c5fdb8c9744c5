import { Temporal } from 'temporal-polyfill';
import { plannerOfAgency } from '~/agency/planner.server';
import { ownerOf } from '~/case/reference.server';
import { now } from '~/clock.server';
import { config } from '~/config.server';
import { formatsOf } from '~/i18n/format.server';
import { alternativesTo, extendedUntil, isProduct, type Slot, slotId } from '~/model/appointment';
import type { Case } from '~/model/case';
import { productOf } from '~/model/next-step';
import { instantOf } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { openBooking } from '~/store/booking.server';
import { createHold, extendHold, type Hold, markHold } from '~/store/hold.server';
import { freeSlots, slotView, type Wishes } from './search.server';
import type { HoldView, PersonFields, SlotView } from './views';

export type Taken =
  | { readonly ok: true; readonly holdId: string }
  | { readonly ok: false; readonly why: 'taken'; readonly alternatives: readonly SlotView[] }
  | { readonly ok: false; readonly why: 'already'; readonly bookingId: string }
  | { readonly ok: false; readonly why: 'not-needed' | 'could-not-hold' };

/**
 * Keeps a slot for the viewer's case. The slot is looked up anew at its desk, so that nothing of it is taken from the
 * form but its name.
 */
export async function takeSlot(viewer: Viewer, theCase: Case, id: string, wishes: Wishes): Promise<Taken> {
  const product = productOf(theCase.current?.stage ?? null);
  if (!product || viewer.scope !== 'write') return { ok: false, why: 'not-needed' };
  const open = await openBooking(theCase.id, product);
  if (open) return { ok: false, why: 'already', bookingId: open.id };
  const planner = plannerOfAgency();
  const desks = await planner.desksOf(product);
  if (desks.state === 'unavailable') return { ok: false, why: 'could-not-hold' };
  const desk = desks.value.find(({ key }) => id.startsWith(`${key}.`));
  if (!desk) return { ok: false, why: 'could-not-hold' };
  const here = await freeSlots(product, [desk], wishes);
  if (here.why) return { ok: false, why: 'could-not-hold' };
  const slot = here.slots.find((free) => slotId(free) === id);
  const held = slot ? await planner.hold(viewer, product, slot) : { ok: false as const, why: 'slot-taken' as const };
  if (held.ok && slot) return { ok: true, holdId: (await keep(viewer, theCase, product, slot, wishes.persons)).id };
  if (!held.ok && held.why !== 'slot-taken') return { ok: false, why: 'could-not-hold' };
  const chosen = desks.value.filter(({ key }) => wishes.desks.length === 0 || wishes.desks.includes(key));
  const others = await freeSlots(product, chosen, wishes);
  const free = others.slots.filter((other) => slotId(other) !== id);
  // Where the wanted slot is gone from the list, its moment is no longer known: the first free ones are offered.
  const near = slot ? alternativesTo(slot, free) : free.slice(0, 3);
  return { ok: false, why: 'taken', alternatives: near.map((other) => slotView(other, viewer.language)) };
}

async function keep(viewer: Viewer, theCase: Case, product: string, slot: Slot, partySize: number): Promise<Hold> {
  const { HOLD_MINUTES, PLANNER_HOLD_MINUTES } = config();
  const { key, date, startTime, endTime, zone, desk } = slot;
  return createHold(
    {
      owner: ownerOf(viewer),
      caseId: theCase.id,
      product,
      desk: desk.key,
      slot: { key, date, startTime, endTime, zone, deskName: desk.name },
      partySize,
      expiresAt: now().add({ minutes: HOLD_MINUTES }),
      backendUntil: now().add({ minutes: PLANNER_HOLD_MINUTES }),
    },
    now(),
  );
}

/** A hold as its page shows it. @param people prefilled from the case */
export function holdView(viewer: Viewer, hold: Hold, ref: string, people: readonly PersonFields[]): HoldView {
  const formats = formatsOf(viewer.language);
  return {
    id: hold.id,
    ref,
    product: isProduct(hold.product) ? hold.product : 'BIO',
    day: formats.weekday(hold.slot.date),
    time: formats.time(hold.slot.startTime),
    desk: hold.slot.deskName,
    until: formats.clock(hold.expiresAt.toString(), config().AGENCY_ZONE),
    secondsLeft: secondsLeft(hold),
    canExtend: longer(hold) !== null,
    people,
  };
}

export const secondsLeft = (hold: Hold): number =>
  hold.state === 'held' ? Math.max(0, Math.floor(now().until(hold.expiresAt).total('seconds'))) : 0;

/** More time, as far as the planner keeps the slot; null when there is no more to be had. */
export async function askMoreTime(viewer: Viewer, hold: Hold): Promise<Hold | null> {
  const until = longer(hold);
  return until && extendHold(ownerOf(viewer), hold.id, { expiresAt: until, backendUntil: hold.backendUntil }, now());
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

export const releaseHold = (viewer: Viewer, hold: Hold): Promise<Hold | null> =>
  markHold(ownerOf(viewer), hold.id, 'released');

/** The held slot in the words of the port. Null when its wall time does not exist, which no planner should have offered. */
export function slotOfHold({ slot, desk }: Hold): Slot | null {
  const instant = instantOf(slot.date, slot.startTime, slot.zone);
  const { deskName, ...rest } = slot;
  return instant && { ...rest, desk: { key: desk, name: deskName }, instant: instant.toString() };
}

/** The people of a case who would come, as the form is filled in beforehand; empty fields for any more. */
export function peopleFor(theCase: Pick<Case, 'parties' | 'vNumber'>, count: number): PersonFields[] {
  const comers = theCase.parties.filter(({ role }) => role === 'applicant' || role === 'family');
  return Array.from({ length: count }, (_, index) => {
    const person = comers[index];
    const ownNumber = person?.person?.kind === 'vnumber' ? person.person.value : null;
    const caseNumber = person?.role === 'applicant' ? theCase.vNumber : null;
    return {
      givenName: person?.givenName ?? '',
      familyName: person?.familyName ?? '',
      vNumber: (ownNumber ?? caseNumber ?? '').replace(/\D/g, ''),
    };
  });
}
