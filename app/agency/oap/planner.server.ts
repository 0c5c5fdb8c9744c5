import { z } from 'zod';
import type { OapSettings } from '~/config/planners.server';
import { type Capabilities, type Desk, isWithin, type Slot, USUAL_ASKS } from '~/model/appointment';
import { fresh, type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import { slotAtWallTime } from '~/model/slot-time';
import type { WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { loadedRows, onceEach, type Rows } from '../field-values.server';
import type { Answer, Gate, Question } from '../gate.server';
import type { BookingKeys, BookingRequest, Planner, SoughtBooking } from '../planner-port';
import { asOfNow, PLANNER_CATALOGUE, PLANNER_FAILED_MS, shareAnswers } from '../shared-answer.server';
import { plannedFrom } from './refusal';
import {
  appointmentSchema,
  desksSchema,
  type Envelope,
  envelopeOf,
  isDone,
  type OapAppointment,
  slotsSchema,
  withoutPrefix,
} from './schema.server';
import { appointmentOf, wireSlot } from './wire';

/**
 * A planner that speaks OAP. Holds are anonymous and can't be released or extended. OAP can't move a booking or report
 * its state, and cancels only whole parties, if at all.
 *
 * @param freshMs how long free slots are cached for all callers, in milliseconds
 */
export function oapPlanner(settings: OapSettings, gate: Gate, freshMs: number): Planner {
  const desks = shareAnswers<Desk[]>({ ...PLANNER_CATALOGUE, partly: true });
  // Slots are never taken from a stale answer.
  const slots = shareAnswers<Slot[]>({ freshMs, keptMs: 0, failedMs: PLANNER_FAILED_MS, partly: true });
  const forget = (deskKey: string) => slots.forget((key) => key.split('/')[1] === encodeURIComponent(deskKey));

  function ask<T>(question: Question<T>): Promise<Answer<T>> {
    const headers = { 'oap-locale': 'nl', ...settings.headers, ...question.headers };
    return gate.ask({ ...question, unwrap: withoutPrefix, headers });
  }

  const slotsOf: Planner['slotsOf'] = async (product, desk, partySize, range) => {
    const productKey = settings.products[product];
    if (productKey === undefined || partySize > settings.maxParty) return fresh([], asOfNow());
    const deskPath = encodeURIComponent(desk.key);
    const loaded = await slots.ask(`${product}/${deskPath}/${partySize}`, async () => {
      const path = `/desks/${deskPath}/slots/?productKey=${encodeURIComponent(productKey)}&persons=${partySize}`;
      const answer = loadedFrom(await ask({ path, schema: envelopeOf(slotsSchema) }), desk.name);
      const { zone } = settings;
      return mapLoaded(answer, (list) =>
        onceEach(
          list.flatMap((slot) => slotAtWallTime({ ...slot, desk, zone }) ?? []),
          ({ instant }) => instant,
        ),
      );
    });
    return range ? mapLoaded(loaded, (list) => list.filter(({ date }) => isWithin(date, range))) : loaded;
  };

  const askToBook = (viewer: WritingViewer, productKey: string, request: Omit<BookingRequest, 'hold' | 'reference'>) =>
    ask({
      method: 'POST',
      by: viewer,
      path: `/desks/${encodeURIComponent(request.slot.desk.key)}/appointments/`,
      body: appointmentOf(viewer, productKey, request),
      schema: envelopeOf(appointmentSchema),
    });

  return {
    capabilities: () => capabilitiesOf(settings),
    desksOf: (product) =>
      desks.ask(product, async () => {
        const productKey = settings.products[product];
        if (productKey === undefined) return fresh([], asOfNow());
        const path = `/desks/?productKey=${encodeURIComponent(productKey)}`;
        const answer = loadedFrom(await ask({ path, schema: envelopeOf(desksSchema) }), settings.name);
        const { email = USUAL_ASKS.email, phone = USUAL_ASKS.phone } = settings.asks;
        const asks = { email, phone, own: [] };
        return mapLoaded(answer, (list) => onceEach(list, ({ key }) => key).map((desk) => ({ ...desk, asks })));
      }),
    slotsOf,
    hold: async (viewer, { product, slot }) => {
      const productKey = settings.products[product];
      if (productKey === undefined) return { ok: false, why: 'not-possible' };
      const desk = encodeURIComponent(slot.desk.key);
      const middle = settings.holdPath === 'product' ? `${encodeURIComponent(productKey)}/${desk}` : desk;
      const path = `/desks/${middle}/slots/${encodeURIComponent(slot.key)}`;
      const answer = await ask({
        method: 'POST',
        by: viewer,
        path,
        body: wireSlot(slot),
        schema: envelopeOf(z.unknown()),
      });
      forget(slot.desk.key);
      const until = now().add({ minutes: settings.holdMinutes }).toString();
      return plannedFrom(answer, () => ({ handle: '', until }));
    },
    release: async () => ({ ok: false, why: 'not-possible' }),
    book: async (viewer, request) => {
      const productKey = settings.products[request.product];
      if (productKey === undefined) return { ok: false, why: 'not-possible' };
      const answer = await askToBook(viewer, productKey, request);
      forget(request.slot.desk.key);
      return plannedFrom<OapAppointment, BookingKeys>(answer, keysOf, request);
    },
    reconcile: async (viewer, sought) => {
      forget(sought.slot.desk.key);
      const free = await slotsOf(sought.product, sought.slot.desk, sought.partySize);
      if (free.state !== 'fresh') return { found: 'unclear' };
      // A slot that is offered again was not booked.
      if (free.value.some(({ key }) => key === sought.slot.key)) return { found: 'not-made' };
      const productKey = settings.products[sought.product];
      const again = detailsOf(sought);
      if (productKey === undefined || !again) return { found: 'unclear' };
      // OAP never books one slot twice, so repeating the request can't make a second booking.
      const answer = plannedFrom<OapAppointment, BookingKeys>(await askToBook(viewer, productKey, again), keysOf);
      forget(sought.slot.desk.key);
      if (answer.ok) return { found: 'made', booking: answer.value };
      // Refused because the person has an open booking and the slot is not free: that booking is ours. A slot that is
      // merely taken may be ours or another's.
      return answer.why === 'already-has-booking' ? { found: 'made', booking: null } : { found: 'unclear' };
    },
    find: async () => ({ ok: false, why: 'not-possible' }),
    cancel: async (viewer, bookingKey) => {
      const path = settings.cancelPath?.replace('{key}', encodeURIComponent(bookingKey));
      if (!path) return { ok: false, why: 'not-possible' };
      const answer = await ask({ method: 'DELETE', by: viewer, path, schema: envelopeOf(z.unknown()) });
      slots.forget(() => true);
      // Unknown to the planner: it was cancelled there already.
      if (!answer.ok && answer.status === 404) return { ok: true, value: null };
      return plannedFrom(answer, () => null);
    },
    cancelAddress: (key) => settings.cancelLink?.replace('{key}', encodeURIComponent(key)) ?? null,
  };
}

const keysOf = ({ key, code }: OapAppointment): BookingKeys => ({ key, code });

const capabilitiesOf = ({ maxParty, secondBooking, cancelPath, cancelLink, instead }: OapSettings): Capabilities => ({
  hold: 'anonymous',
  holdRelease: false,
  maxParty,
  move: secondBooking === 'allowed' ? 'book-then-cancel' : 'cancel-then-book',
  cancel: cancelPath ? 'yes' : cancelLink ? 'link' : 'no',
  tells: false,
  instead,
});

function detailsOf({ product, slot, visitors, email, phone }: SoughtBooking) {
  return visitors && email !== undefined && phone !== undefined ? { product, slot, visitors, email, phone } : null;
}

function loadedFrom<T>(answer: Answer<Envelope<Rows<T>>>, of: string): Loaded<T[]> {
  if (!answer.ok) return unavailable(answer.why);
  return isDone(answer.value) ? loadedRows(answer.value.data, of) : unavailable('refused');
}
