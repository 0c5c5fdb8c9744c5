import { z } from 'zod';
import { config } from '~/config.server';
import type { Desk, Planned, Refusal, Slot } from '~/model/appointment';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { instantOf } from '~/model/time';
import type { Answer, Question } from '../gate.server';
import { gates } from '../gates.server';
import type { BookingKeys, Planner } from '../planner-port';
import { asOfNow, shareAnswers } from '../shared-answer.server';
import { appointmentSchema, deskSchema, envelopeOf, type OapSlot, slotSchema, withoutPrefix } from './schema.server';

const MINUTE_MS = 60_000;

/**
 * The agency's planner, OAP. Holds are anonymous: they carry no identity and can't be released or extended. It can't
 * move a booking, and cancels a party only as a whole.
 */
export function oapPlanner(): Planner {
  const desks = shareAnswers<Desk[]>({ freshMs: 10 * MINUTE_MS, keptMs: 24 * 60 * MINUTE_MS });
  // Equal questions of many visitors become one; a slot is never shown from a kept answer.
  const slots = shareAnswers<Slot[]>({ freshMs: 2_000, keptMs: 0 });
  return {
    capabilities: () => ({
      maxPartySize: 6,
      partialCancel: false,
      cancel: config().PLANNER_CANCEL_PATH !== undefined,
      hold: 'anonymous',
    }),
    desksOf: (product) =>
      desks.ask(product, async () =>
        loadedFrom(await ask({ path: `/desks/?productKey=${product}`, schema: envelopeOf(z.array(deskSchema)) })),
      ),
    slotsOf: (product, desk, partySize) =>
      slots.ask(`${product}/${desk.key}/${partySize}`, async () => {
        const path = `/desks/${encodeURIComponent(desk.key)}/slots/?productKey=${product}&persons=${partySize}`;
        const loaded = loadedFrom(await ask({ path, schema: envelopeOf(z.array(slotSchema)) }));
        if (loaded.state === 'unavailable') return loaded;
        const zone = config().AGENCY_ZONE;
        return { ...loaded, value: loaded.value.flatMap((slot) => slotOf(slot, desk, zone) ?? []) };
      }),
    hold: async (_viewer, product, slot) => {
      const desk = encodeURIComponent(slot.desk.key);
      const key = encodeURIComponent(slot.key);
      // Both paths are in use in the field; which one an installation has is configuration.
      const path =
        config().PLANNER_HOLD_PATH === 'product'
          ? `/desks/${product}/${desk}/slots/${key}`
          : `/desks/${desk}/slots/${key}`;
      const answer = await ask({ method: 'POST', path, body: wire(slot), schema: envelopeOf(z.unknown()) });
      return plannedFrom(answer, () => null);
    },
    book: async (viewer, { product, slot, visitors, email, phone }) => {
      const answer = await ask({
        method: 'POST',
        path: `/desks/${encodeURIComponent(slot.desk.key)}/appointments/`,
        body: {
          bookableSlot: { ...wire(slot), booked: false },
          appointment: {
            productKey: product,
            date: slot.date,
            startTime: slot.startTime,
            endTime: slot.endTime,
            email,
            phone,
            // The planner writes its own confirmation and knows two languages.
            language: viewer.language === 'nl' ? 'nl' : 'en',
            customers: visitors.map(({ givenName, familyName, vNumber }) => ({
              vNumber,
              firstName: givenName,
              lastName: familyName,
            })),
          },
        },
        schema: envelopeOf(appointmentSchema),
      });
      return plannedFrom<{ key: string; code: string }, BookingKeys>(answer, ({ key, code }) => ({ key, code }));
    },
    cancel: async (_viewer, bookingKey) => {
      const path = config().PLANNER_CANCEL_PATH?.replace('{key}', encodeURIComponent(bookingKey));
      if (!path) return { ok: false, why: 'not-possible' };
      const answer = await ask({ method: 'DELETE', path, schema: envelopeOf(z.unknown()) });
      // Unknown to the planner: somebody cancelled it there already, which is what was asked.
      if (!answer.ok && answer.status === 404) return { ok: true, value: null };
      return plannedFrom(answer, () => null);
    },
  };
}

type Envelope<T> = { status: string; data?: T | string | null | undefined };

function ask<T>(question: Question<T>): Promise<Answer<T>> {
  return gates().planner.ask({ ...question, unwrap: withoutPrefix, headers: { 'oap-locale': 'nl' } });
}

function loadedFrom<T>(answer: Answer<Envelope<T[]>>): Loaded<T[]> {
  if (!answer.ok) return unavailable(answer.why);
  const { status, data } = answer.value;
  return status === 'OK' && Array.isArray(data) ? fresh(data, asOfNow()) : unavailable('refused');
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  APT_TAKEN: 'slot-taken',
  SIMILAR_APT_EXISTS: 'already-has-booking',
};

function plannedFrom<T, V>(answer: Answer<Envelope<T>>, derive: (data: T) => V): Planned<V> {
  if (answer.ok) {
    const { status, data } = answer.value;
    if (status === 'OK') return { ok: true, value: derive(data as T) };
    return { ok: false, why: REFUSALS[String(data)] ?? 'not-possible' };
  }
  // Which HTTP status a refusal has is not known, so its code is looked for in the body of any.
  if (answer.why === 'refused') {
    const code = Object.keys(REFUSALS).find((known) => answer.body?.includes(known));
    return { ok: false, why: (code && REFUSALS[code]) || 'not-possible' };
  }
  return { ok: false, why: answer.unsent ? 'could-not-ask' : 'outcome-unknown' };
}

const wire = (slot: Slot): OapSlot => ({
  key: slot.key,
  date: slot.date,
  startTime: slot.startTime,
  endTime: slot.endTime,
  parts: 1,
});

/** A slot at a wall time that its zone does not have, or has twice, is not offered. */
function slotOf({ key, date, startTime, endTime }: OapSlot, desk: Desk, zone: string): Slot | null {
  const start = startTime.padStart(5, '0');
  const instant = instantOf(date, start, zone);
  if (!instant) return null;
  return { key, desk, date, startTime: start, endTime: endTime.padStart(5, '0'), zone, instant: instant.toString() };
}
