import { z } from 'zod';
import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { plannerTaskText, readPlannerTask } from '~/appointment/booking/planner-task.server';
import { desksIn, optionalEmail, weekdaysIn } from '~/appointment/form-fields.server';
import { DESK_BUDGET } from '~/appointment/free-times.server';
import { openDesks } from '~/appointment/known-desks.server';
import { movedBooking } from '~/appointment/moving.server';
import { bookedFor } from '~/appointment/party.server';
import { endedNotes } from '~/appointment/right-ended.server';
import { type SlotQuery, slotQueryAddress } from '~/appointment/slot-query.server';
import { weekdayNames } from '~/appointment/weekdays.server';
import { whenOf } from '~/appointment/when.server';
import { noteAct } from '~/audit/noted-act.server';
import { formatsOf } from '~/i18n/format.server';
import type { ProductCode } from '~/model/appointment';
import { knownValue } from '~/model/loaded';
import { productOf, visitUntil } from '~/model/next-step';
import { mayBook, type OwnCase } from '~/model/rights';
import { addDays } from '~/model/time';
import { typedDate } from '~/model/typed-text';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { HOURS, PARTS_OF_DAY } from '~/model/watch';
import { sendsMail } from '~/notification/mail.server';
import { leaveMailAddress, mailAddressView } from '~/notification/mail-address.server';
import { agencyDay, now } from '~/platform/clock.server';
import { clockWords, dayWords } from '~/platform/moment-words.server';
import { caseReference, ownerOf } from '~/platform/pseudonym.server';
import type { Booking } from '~/store/booking.server';
import { putInOutbox } from '~/store/outbox.server';
import { deleteWatch, secretOf, setWatch, type Watch, watchOf } from '~/store/watch.server';

const secretSchema = z.object({ wish: z.string() });
const hour = z.enum(HOURS);
const USUAL_DAYS = 56;

/** Who watches; null when no current key opens it. */
export function watcherWith(watch: Watch): WritingViewer | null {
  const text = secretOf(watch);
  const parsed = text === null ? null : secretSchema.safeParse(JSON.parse(text));
  const wish = parsed?.success ? readPlannerTask(parsed.data.wish) : null;
  return wish?.viewer ?? null;
}

/** The view model of the watch page; null when the case's stage needs no visit. */
export async function watchView(viewer: Viewer, theCase: OwnCase, wishes: SlotQuery) {
  const product = productOf(theCase);
  if (!product) return null;
  const [desks, watch, old] = await Promise.all([
    within(DESK_BUDGET, () => plannerOfAgency().desksOf(product)),
    watchOf(bookedFor(viewer, theCase), theCase.id, product),
    movedBooking(viewer, theCase, wishes),
  ]);
  const mail = await mailAddressView(viewer, watch?.addressId ?? null);
  const all = knownValue(desks) ?? [];
  const day = agencyDay();
  const names = weekdayNames(viewer.language, 'long');
  const ref = caseReference(viewer, theCase);
  const until = visitUntil(theCase);
  return {
    ref,
    product,
    set: watch && watch.state !== 'ended' ? watchWords(viewer, watch, all, mail.byMail) : null,
    ended: await endedNotes(viewer, theCase.id),
    confirm: mail.toConfirm,
    form: {
      desks: all.map(({ key, name }) => ({
        key,
        name,
        chosen: wishes.desks.length === 0 || wishes.desks.includes(key),
      })),
      weekdays: names
        .slice(0, 5)
        .map((name, index) => ({ day: index + 1, name, chosen: wishes.weekdays.includes(index + 1) })),
      part: wishes.part,
      persons: old?.partySize ?? wishes.persons,
      before: old?.localDate ?? beforeOf(until, day),
      until: until && formatsOf(viewer.language).date(until),
      earliest: addDays(day, 1),
      moving: old && { id: old.id, ...whenOf(viewer, old) },
      // An advisor leaves no address: mail goes where the client wants it.
      mail: sendsMail() && !viewer.cases,
    },
    address: `/${viewer.language}/cases/${ref}/watch`,
    search: `/${viewer.language}/cases/${ref}/appointment${slotQueryAddress(wishes)}`,
  };
}

/** Times up to the last day to come: `before` leaves its own day out. A day that is over limits nothing. */
const beforeOf = (until: string | null, day: string): string =>
  until !== null && until > day ? addDays(until, 1) : addDays(day, USUAL_DAYS);

export type WatchView = NonNullable<Awaited<ReturnType<typeof watchView>>>;

function watchWords(
  viewer: Viewer,
  watch: Watch,
  desks: readonly { readonly key: string; readonly name: string }[],
  byMail: boolean,
) {
  const formats = formatsOf(viewer.language);
  const names = weekdayNames(viewer.language, 'long');
  const listed = (words: readonly string[]) => (words.length > 0 ? formats.list(words) : null);
  const { quietFrom, quietUntil } = watch;
  return {
    before: formats.date(watch.before),
    desks: listed(watch.desks.map((key) => desks.find((desk) => desk.key === key)?.name ?? key)),
    weekdays: listed(watch.weekdays.map((day) => names[day - 1] ?? '')),
    part: watch.part,
    persons: watch.partySize,
    byMail,
    quiet: quietFrom === quietUntil ? null : { from: formats.time(quietFrom), until: formats.time(quietUntil) },
    since: dayWords(watch.waitingSince, viewer.language),
    offer: offerView(viewer, watch),
  };
}

/** The watch of a case and what has ended, for the case page; null when there is neither. */
export async function watchNoteOf(viewer: Viewer, theCase: OwnCase) {
  const product = mayBook(theCase) ? productOf(theCase) : null;
  const watch = product && (await watchOf(bookedFor(viewer, theCase), theCase.id, product));
  const ended = await endedNotes(viewer, theCase.id);
  const address = `/${viewer.language}/cases/${caseReference(viewer, theCase)}/watch`;
  const running = watch && watch.state !== 'ended' ? { address, offer: offerView(viewer, watch) } : null;
  return running || ended.length > 0 ? { running, ended } : null;
}

export type WatchNoteView = NonNullable<Awaited<ReturnType<typeof watchNoteOf>>>;

/** The open offer of the viewer's watch for a case; null when there is none. */
export async function offerOf(viewer: Viewer, theCase: OwnCase, product: ProductCode) {
  const watch = await watchOf(bookedFor(viewer, theCase), theCase.id, product);
  return watch && offerView(viewer, watch);
}

function offerView(viewer: Viewer, watch: Watch) {
  const { state, offer, offerHoldId, offerUntil, caseId, partySize, moves } = watch;
  if (state !== 'offered' || !offer || !offerUntil || offerUntil.epochMilliseconds <= now().epochMilliseconds)
    return null;
  const query = new URLSearchParams({ persons: String(partySize), ...(moves ? { move: moves } : {}) });
  return {
    ...whenOf(viewer, { localDate: offer.date, localTime: offer.time, deskName: offer.deskName }),
    slotId: offer.slotId,
    holdId: offerHoldId,
    address: `/${viewer.language}/cases/${caseReference(viewer, { id: caseId })}/appointment?${query}`,
    until: clockWords(offerUntil, viewer.language),
  };
}

export type OfferView = NonNullable<ReturnType<typeof offerView>>;

export type StartWatchResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'not-needed' | 'bad-date' | 'bad-email' };

export function readWatch(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const clock = (name: string) => hour.safeParse(text(name).replace('.', ':').padStart(5, '0')).data ?? '00:00';
  return {
    desks: desksIn(form),
    before: typedDate(text('before')) ?? text('before').slice(0, 20),
    weekdays: weekdaysIn(form),
    part: PARTS_OF_DAY.find((part) => part === text('part')) ?? 'any',
    email: text('email').slice(0, 255),
    quietFrom: clock('quietFrom'),
    quietUntil: clock('quietUntil'),
  };
}

export type WatchFilledIn = ReturnType<typeof readWatch>;

/** Starts a watch, or replaces the viewer's watch for this case and product. */
export async function startWatch(
  viewer: WritingViewer,
  theCase: OwnCase,
  filledIn: WatchFilledIn,
  wishes: SlotQuery,
): Promise<StartWatchResult> {
  const product = productOf(theCase);
  if (!product || viewer.scope !== 'write' || !mayBook(theCase)) return { ok: false, why: 'not-needed' };
  const old = await movedBooking(viewer, theCase, wishes);
  const { before: wanted, email: typed, ...wish } = filledIn;
  const before = earlierOf(z.iso.date().safeParse(wanted).data ?? null, old);
  if (before === null || before <= agencyDay()) return { ok: false, why: 'bad-date' };
  const address = optionalEmail.safeParse(sendsMail() ? typed : '');
  if (!address.success) return { ok: false, why: 'bad-email' };
  const addressId = await leaveMailAddress(viewer, address.data);
  const watch = await setWatch(
    {
      ...wish,
      desks: await openDesks(product, wish.desks),
      owner: old?.owner ?? bookedFor(viewer, theCase),
      setBy: ownerOf(viewer),
      caseId: theCase.id,
      product,
      before,
      partySize: old?.partySize ?? wishes.persons,
      moves: old?.id ?? null,
      language: viewer.language,
      addressId,
    },
    JSON.stringify({ wish: plannerTaskText({ viewer, request: null }) }),
    now(),
  );
  noteAct(viewer.actor, { action: 'set-watch', objectType: 'watch', objectRef: watch.id, onBehalfOf: watch.owner });
  const mail = { watchId: watch.id, addressId, language: viewer.language, notBefore: now() };
  await putInOutbox({ ...mail, kind: 'watch-set' }, now());
  return { ok: true };
}

/** A watch for a booking to be moved ends at that booking's date. */
function earlierOf(before: string | null, old: Booking | null): string | null {
  return before !== null && old !== null && old.localDate < before ? old.localDate : before;
}

/** Deletes the watch and its unsent mail; its address follows within minutes. */
export async function stopWatch(viewer: WritingViewer, theCase: OwnCase): Promise<void> {
  const product = productOf(theCase);
  if (!product) return;
  await deleteWatch(bookedFor(viewer, theCase), theCase.id, product);
  noteAct(viewer.actor, { action: 'stop-watch', objectType: 'watch', objectRef: caseReference(viewer, theCase) });
}
