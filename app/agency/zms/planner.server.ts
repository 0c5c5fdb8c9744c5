import type { ZmsSettings } from '~/config/planners.server';
import { type Capabilities, isWithin, type PlannerResult, type ProductCode, type Slot } from '~/model/appointment';
import { fresh, type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import { slotAtInstant } from '~/model/slot-time';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { now, today } from '~/platform/clock.server';
import type { Answer, Gate } from '../gate.server';
import type { BookingKeys, BookingRequest, FoundBooking, Planner } from '../planner-port';
import { asOfNow, PLANNER_FAILED_MS, shareAnswers } from '../shared-answer.server';
import { type Offer, offersOf } from './catalogue';
import { codeOf, handleOf, keysIn, type ProcessKeys, startOf, stateOf } from './process';
import { codesIn, refusalIn } from './refusal';
import {
  type Calendar,
  type Catalogue,
  calendarSchema,
  catalogueSchema,
  type Process,
  processSchema,
} from './schema.server';

const MINUTE_MS = 60_000;

/** Free slots by office, ascending. */
type FreeAt = ReadonlyMap<string, Slot[]>;

/**
 * A planner that speaks the ZMS citizen API. A hold is a reserved appointment, opened by its number and key, so that a
 * booking's state can always be read. ZMS knows only the first visitor.
 */
export function zmsPlanner(settings: ZmsSettings, gate: Gate, freshMs: number): Planner {
  const catalogue = shareAnswers<Catalogue>({
    freshMs: 10 * MINUTE_MS,
    keptMs: 24 * 60 * MINUTE_MS,
    failedMs: PLANNER_FAILED_MS,
  });
  // One request for all offices of a service: the API limits calls by client address, and the portal has one address.
  const free = shareAnswers<FreeAt>({ freshMs, keptMs: 0, failedMs: PLANNER_FAILED_MS });
  const offered = shareAnswers<Offer[]>({ freshMs: MINUTE_MS, keptMs: 0 });
  const { headers } = settings;

  const readCatalogue = () =>
    catalogue.ask('all', async () => {
      const answer = await gate.ask({ path: '/offices-and-services/', headers, schema: catalogueSchema });
      return answer.ok ? fresh(answer.value, asOfNow()) : unavailable(answer.why);
    });

  async function offers(product: ProductCode): Promise<Loaded<Offer[]>> {
    const serviceId = settings.products[product];
    if (serviceId === undefined) return fresh([], asOfNow());
    return offered.ask(serviceId, async () =>
      mapLoaded(await readCatalogue(), (all) => offersOf(all, serviceId, settings.language)),
    );
  }

  async function askFree(serviceId: string, at: readonly Offer[], count: number): Promise<Loaded<FreeAt>> {
    const from = today(settings.zone);
    const query = new URLSearchParams({
      startDate: from.toString(),
      endDate: from.add({ days: settings.daysAhead - 1 }).toString(),
      officeIds: at.map(({ office }) => office.id).join(','),
      serviceIds: serviceId,
      serviceCounts: String(count),
    });
    const answer = await gate.ask({ path: `/available-calendar/?${query}`, headers, schema: calendarSchema });
    // The API sends an error for "none".
    const none = codesIn(answer).some((code) => code.startsWith('noAppointment'));
    if (!answer.ok) return none ? fresh(new Map(), asOfNow()) : unavailable(answer.why);
    const { zone } = settings;
    const slotsAt = ({ desk, minutes }: Offer) =>
      startsAt(answer.value, desk.key).flatMap(
        (start) => slotAtInstant({ key: String(start), desk, zone }, start, minutes * count) ?? [],
      );
    return fresh(new Map(at.map((offer) => [offer.desk.key, slotsAt(offer)])), asOfNow());
  }

  /** Every change must send the scope; the field's clients take it from the catalogue too. */
  async function bodyOf({ processId, authKey, officeId }: ProcessKeys) {
    const loaded = await readCatalogue();
    const offices = loaded.state === 'unavailable' ? [] : loaded.value.offices;
    const scope = offices.find(({ id }) => id === officeId)?.scope ?? null;
    return { processId, authKey, scope };
  }

  async function change(
    by: WritingViewer,
    path: string,
    keys: ProcessKeys,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    const body = { ...(await bodyOf(keys)), ...more };
    return gate.ask({ method: 'POST', by, path, headers, body, schema: processSchema });
  }

  const read = (by: Viewer, { processId, authKey }: ProcessKeys): Promise<Answer<Process>> => {
    const query = new URLSearchParams({ processId: String(processId), authKey });
    return gate.ask({ path: `/appointment/?${query}`, by, headers, schema: processSchema });
  };

  const keysOf = (keys: ProcessKeys, process: Process): BookingKeys => ({
    key: handleOf(keys),
    code: codeOf(process),
    state: stateOf(process) === 'awaiting-mail' ? 'awaiting-mail' : 'booked',
  });

  /** From reserved to booked. Only the last steps book, so a failure before them certainly booked nothing. */
  async function bookHeld(
    by: WritingViewer,
    keys: ProcessKeys,
    request: BookingRequest,
  ): Promise<PlannerResult<BookingKeys>> {
    const { scope } = await bodyOf(keys);
    const withNumber = scope?.customTextfieldActivated === true;
    const updated = await change(by, '/update-appointment/', keys, personOf(request, withNumber));
    if (!updated.ok) return alreadyBooked(by, keys, refusalIn(updated, 'could-not-ask'));
    const preconfirmed = await change(by, '/preconfirm-appointment/', keys);
    if (!preconfirmed.ok) return refusalIn(preconfirmed, 'outcome-unknown');
    if (settings.confirm === 'mail-link') return { ok: true, value: keysOf(keys, preconfirmed.value) };
    const confirmed = await change(by, '/confirm-appointment/', keys);
    return confirmed.ok ? { ok: true, value: keysOf(keys, confirmed.value) } : refusalIn(confirmed, 'outcome-unknown');
  }

  /** A hold that is gone may have become the booking in an earlier attempt. */
  async function alreadyBooked(
    by: Viewer,
    keys: ProcessKeys,
    refused: PlannerResult<BookingKeys>,
  ): Promise<PlannerResult<BookingKeys>> {
    if (refused.ok || refused.why !== 'hold-expired') return refused;
    const answer = await read(by, keys);
    return answer.ok && stateOf(answer.value) === 'booked' ? { ok: true, value: keysOf(keys, answer.value) } : refused;
  }

  const cancel = async (by: WritingViewer, keys: ProcessKeys): Promise<PlannerResult<null>> => {
    const answer = await change(by, '/cancel-appointment/', keys);
    free.forget(() => true);
    const gone = codesIn(answer).includes('appointmentNotFound');
    return answer.ok || gone ? { ok: true, value: null } : refusalIn(answer, 'outcome-unknown');
  };

  return {
    capabilities: () => capabilitiesOf(settings),
    desksOf: async (product) => mapLoaded(await offers(product), (list) => list.map(({ desk }) => desk)),
    slotsOf: async (product, desk, partySize, range) => {
      const [serviceId, known] = [settings.products[product], await offers(product)];
      if (known.state === 'unavailable') return known;
      const offer = known.value.find(({ desk: { key } }) => key === desk.key);
      if (!offer || serviceId === undefined || partySize > (offer.maxQuantity ?? settings.maxParty))
        return fresh([], asOfNow());
      const able = known.value.filter(({ maxQuantity }) => partySize <= (maxQuantity ?? settings.maxParty));
      const loaded = await free.ask(`${serviceId}/${partySize}`, () => askFree(serviceId, able, partySize));
      return mapLoaded(loaded, (all) => (all.get(desk.key) ?? []).filter(({ date }) => isWithin(date, range)));
    },
    hold: async (viewer, { product, slot, partySize }) => {
      const [serviceId, timestamp] = [settings.products[product], Number(slot.key)];
      if (serviceId === undefined || !Number.isInteger(timestamp)) return { ok: false, why: 'not-possible' };
      const officeId = slot.desk.key;
      const body = { timestamp, officeId, serviceId: [serviceId], serviceCount: [partySize] };
      const answer = await gate.ask({
        method: 'POST',
        by: viewer,
        path: '/reserve-appointment/',
        headers,
        body,
        schema: processSchema,
      });
      free.forget(() => true);
      if (!answer.ok) return refusalIn(answer, 'outcome-unknown');
      const { processId, authKey, scope } = answer.value;
      const startsAt = startOf(answer.value);
      if (startsAt !== null && startsAt !== slot.instant) {
        // Another time than was shown: the person must not be sent there.
        await cancel(viewer, { processId, authKey, officeId });
        return { ok: false, why: 'not-possible' };
      }
      const until = now()
        .add({ minutes: scope?.reservationDuration ?? settings.holdMinutes })
        .toString();
      return { ok: true, value: { handle: handleOf({ processId, authKey, officeId }), until } };
    },
    release: async (viewer, handle) => {
      const keys = keysIn(handle);
      if (!keys) return { ok: false, why: 'not-possible' };
      const answer = await read(viewer, keys);
      // The booking has its hold's keys, so releasing the hold would cancel the booking.
      if (answer.ok && stateOf(answer.value) !== 'held') return { ok: false, why: 'not-possible' };
      return answer.ok ? cancel(viewer, keys) : refusalIn(answer, 'could-not-ask');
    },
    book: async (viewer, request) => {
      const keys = keysIn(request.hold);
      if (!keys) return { ok: false, why: 'hold-expired' };
      const booked = await bookHeld(viewer, keys, request);
      free.forget(() => true);
      return booked;
    },
    reconcile: async (viewer, { hold }) => {
      const keys = keysIn(hold);
      if (!keys) return { found: 'unclear' };
      const answer = await read(viewer, keys);
      if (!answer.ok) return { found: codesIn(answer).includes('appointmentNotFound') ? 'not-made' : 'unclear' };
      const state = stateOf(answer.value);
      if (state === 'held' || state === 'cancelled') return { found: 'not-made' };
      if (state !== 'awaiting-mail' || settings.confirm === 'mail-link')
        return { found: 'made', booking: keysOf(keys, answer.value) };
      // It stopped between the two steps: run the second now.
      const confirmed = await change(viewer, '/confirm-appointment/', keys);
      return confirmed.ok ? { found: 'made', booking: keysOf(keys, confirmed.value) } : { found: 'unclear' };
    },
    find: async (viewer, handle) => {
      const keys = keysIn(handle);
      if (!keys) return { ok: false, why: 'not-possible' };
      const answer = await read(viewer, keys);
      if (answer.ok) return { ok: true, value: foundIn(answer.value) };
      if (codesIn(answer).includes('appointmentNotFound'))
        return { ok: true, value: { state: 'cancelled', startsAt: null, code: null } };
      return refusalIn(answer, 'could-not-ask');
    },
    cancel: async (viewer, handle) => {
      const keys = keysIn(handle);
      return keys ? cancel(viewer, keys) : { ok: false, why: 'not-possible' };
    },
    cancelAddress: () => null,
  };
}

/** The starts of an office's free slots, in epoch seconds. */
const startsAt = ({ availableDays }: Calendar, office: string): number[] =>
  availableDays.flatMap(({ offices }) =>
    (offices ?? []).flatMap(({ officeId, appointments }) => (officeId === office ? (appointments ?? []) : [])),
  );

const capabilitiesOf = ({ maxParty, instead }: ZmsSettings): Capabilities => ({
  hold: 'owned',
  holdRelease: true,
  maxParty,
  move: 'book-then-cancel',
  cancel: 'yes',
  instead,
});

const foundIn = (process: Process): FoundBooking => ({
  state: stateOf(process),
  startsAt: startOf(process),
  code: codeOf(process),
});

/** The first visitor. The V-number is sent only where the office has a field for it. */
function personOf({ visitors, email, phone }: BookingRequest, withNumber: boolean) {
  const [lead] = visitors;
  const name = lead ? [lead.givenName, lead.familyName].filter(Boolean).join(' ') : '';
  const digits = phone.replace(/[^\d+]/g, '');
  return {
    familyName: name,
    email,
    telephone: /^\+?\d{7,15}$/.test(digits) ? digits : '',
    customTextfield: withNumber ? (lead?.vNumber ?? '') : '',
    customTextfield2: '',
  };
}
