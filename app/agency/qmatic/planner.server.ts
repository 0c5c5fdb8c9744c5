import { z } from 'zod';
import type { QmaticSettings } from '~/config/planners.server';
import type { Capabilities, OwnField, PlannerResult, Slot } from '~/model/appointment';
import { fresh, unavailable } from '~/model/loaded';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import type { Answer, Gate, Question } from '../gate.server';
import type { BookingKeys, BookingRequest, FoundBooking, Planner } from '../planner-port';
import { GONE } from '../planner-port';
import { asOfNow } from '../shared-answer.server';
import { customersOf, instantOfStamp, stateOf } from './appointment';
import { placeOf, qmaticBranches } from './branches.server';
import { qmaticFreeTimes } from './free-times.server';
import { REASON_HEADERS, refusalIn } from './refusal';
import { type Appointment, appointmentSchema, appointmentsSchema } from './schema.server';

/**
 * A planner that speaks the Qmatic calendar API. A hold is an appointment without people, which confirming fills; an
 * installation without holds books in one step.
 *
 * @param freshMs how long free slots are cached for all callers, in milliseconds
 */
export function qmaticPlanner(settings: QmaticSettings, gate: Gate, freshMs: number): Planner {
  const branches = qmaticBranches(settings, gate);
  const times = qmaticFreeTimes(settings, gate, freshMs);
  const countOf = (partySize: number) => (settings.partyCount === 'total' ? partySize : partySize - 1);

  const ask = <T>(question: Question<T>): Promise<Answer<T>> =>
    gate.ask({ ...question, headers: settings.headers, reasonHeaders: REASON_HEADERS });
  const read = (by: Viewer, publicId: string) =>
    ask({ by, path: `/v1/appointments/${encodeURIComponent(publicId)}`, schema: appointmentSchema });
  const remove = (by: WritingViewer, publicId: string) =>
    ask({ method: 'DELETE', by, path: `/v1/appointments/${encodeURIComponent(publicId)}`, schema: z.unknown() });

  /** Whether the API answers at all: a proxy that knows no path says 404 of every booking. */
  async function isThere(): Promise<boolean> {
    const [service = ''] = Object.values(settings.products);
    const path = `/v1/services/${encodeURIComponent(service)}/branches`;
    return (await ask({ path, schema: z.unknown() })).ok;
  }

  const slotsOf: Planner['slotsOf'] = async (product, desk, partySize, range) => {
    const service = settings.products[product];
    if (service === undefined || partySize > settings.maxParty) return fresh([], asOfNow());
    const [known, details] = await Promise.all([branches.ofService(service), branches.serviceAt(desk.key, service)]);
    if (known.state === 'unavailable') return known;
    if (details.state === 'unavailable') return details;
    const branch = known.value.find(({ publicId }) => publicId === desk.key);
    if (!branch || !details.value?.asks) return fresh([], asOfNow());
    const zone = branches.zoneOf(branch);
    // Without a length its end is not known, so nobody is sent there.
    if (details.value.minutes === null) return unavailable('malformed');
    const minutes = details.value.minutes + details.value.minutesMore * (partySize - 1);
    return times.free({ desk, service, customers: countOf(partySize), minutes, zone, range });
  };

  /** Reserves or books a time, and verifies that it is the one that was shown. */
  async function take(
    by: WritingViewer,
    verb: 'reserve' | 'book',
    slot: Slot,
    partySize: number,
    body: unknown,
    sent: BookingRequest | null = null,
  ) {
    const at = `/v2/branches/${encodeURIComponent(slot.desk.key)}/dates/${slot.date}/times/${slot.startTime}`;
    const path = `${at}/${verb};numberOfCustomers=${countOf(partySize)}`;
    const answer = await ask({ method: 'POST', by, path, body, schema: appointmentSchema });
    times.forget(slot.desk.key, slot.date);
    if (!answer.ok) return refusalIn(answer, 'outcome-unknown', 'not-possible', sent);
    if (instantOfStamp(answer.value.start) === slot.instant) return { ok: true as const, value: answer.value };
    await remove(by, answer.value.publicId);
    return { ok: false as const, why: 'not-possible' as const };
  }

  async function bookAtOnce(
    by: WritingViewer,
    service: string,
    request: BookingRequest,
  ): Promise<PlannerResult<BookingKeys>> {
    const { slot, visitors } = request;
    const body = { ...(await personsOf(request, service)), services: [{ publicId: service }] };
    const taken = await take(by, 'book', slot, visitors.length, body, request);
    return taken.ok ? { ok: true, value: keysOf(taken.value) } : taken;
  }

  /** Never books again when confirming fails, as other clients do: only the reply may be lost. */
  async function confirmHeld(
    by: WritingViewer,
    service: string,
    request: BookingRequest,
  ): Promise<PlannerResult<BookingKeys>> {
    const path = `/v2/branches/appointments/${encodeURIComponent(request.hold)}/confirm`;
    const body = await personsOf(request, service);
    const answer = await ask({ method: 'POST', by, path, body, schema: appointmentSchema });
    times.forget(request.slot.desk.key, request.slot.date);
    if (answer.ok) return { ok: true, value: keysOf(answer.value) };
    const refused = refusalIn(answer, 'outcome-unknown', 'hold-expired', request);
    if (refused.why === 'outcome-unknown' || refused.why === 'could-not-ask') return refused;
    // An earlier attempt may have confirmed it.
    const found = await read(by, request.hold);
    return found.ok && stateOf(found.value, nowMs()) === 'booked' ? { ok: true, value: keysOf(found.value) } : refused;
  }

  async function personsOf(request: BookingRequest, service: string) {
    const { slot, visitors, email, phone, reference, answers = {} } = request;
    const details = await branches.serviceAt(slot.desk.key, service);
    const title = (details.state !== 'unavailable' && details.value?.name) || 'Online';
    const own = (details.state !== 'unavailable' && details.value?.asks?.own) || [];
    // Where installations keep what is theirs: JSON in a text.
    const custom = own.length > 0 ? { custom: JSON.stringify(answersTo(own, answers)) } : {};
    return { title, notes: '', customers: customersOf(visitors, email, phone, reference), ...custom };
  }

  return {
    capabilities: () => capabilitiesOf(settings),
    desksOf: async (product) => {
      const service = settings.products[product];
      if (service === undefined) return fresh([], asOfNow());
      return branches.desksOf(service);
    },
    slotsOf,
    hold: async (viewer, { product, slot, partySize }) => {
      const service = settings.products[product];
      if (service === undefined) return { ok: false, why: 'not-possible' };
      if (!settings.holds) return { ok: true, value: { handle: '', until: null } };
      const reserved = await take(viewer, 'reserve', slot, partySize, { services: [{ publicId: service }] });
      if (!reserved.ok) return reserved;
      const until = now().add({ minutes: settings.holdMinutes }).toString();
      return { ok: true, value: { handle: reserved.value.publicId, until } };
    },
    release: async (viewer, handle) => {
      if (handle === '') return { ok: false, why: 'not-possible' };
      const answer = await read(viewer, handle);
      // The booking has its hold's id, so releasing the hold would delete the booking.
      if (answer.ok && stateOf(answer.value, nowMs()) !== 'held') return { ok: false, why: 'not-possible' };
      if (!answer.ok) return answer.status === 404 ? DONE : refusalIn(answer, 'could-not-ask');
      const removed = await remove(viewer, handle);
      times.forget('');
      return removed.ok || removed.status === 404 ? DONE : refusalIn(removed, 'outcome-unknown');
    },
    book: async (viewer, request) => {
      const service = settings.products[request.product];
      if (service === undefined) return { ok: false, why: 'not-possible' };
      if (!settings.holds) return bookAtOnce(viewer, service, request);
      return request.hold === '' ? { ok: false, why: 'hold-expired' } : confirmHeld(viewer, service, request);
    },
    reconcile: async (viewer, sought) => {
      if (sought.hold !== '') {
        const answer = await read(viewer, sought.hold);
        if (!answer.ok) return { found: answer.status === 404 ? 'not-made' : 'unclear' };
        const state = stateOf(answer.value, nowMs());
        if (state === null) return { found: 'unclear' };
        if (state === 'held' || state === 'cancelled') return { found: 'not-made' };
        return { found: 'made', booking: keysOf(answer.value) };
      }
      const path = `/v1/customers/externalId/${encodeURIComponent(sought.reference)}/appointments`;
      const listed = await ask({ by: viewer, path, schema: appointmentsSchema });
      const list = listed.ok ? listed.value.appointmentList.rows : [];
      const ours = list.find(({ start }) => instantOfStamp(start) === sought.slot.instant);
      if (ours) return { found: 'made', booking: keysOf(ours) };
      // An installation that drops our reference would not list it either; a slot that is free again is better
      // evidence.
      times.forget(sought.slot.desk.key);
      const { date } = sought.slot;
      const free = await slotsOf(sought.product, sought.slot.desk, sought.partySize, { from: date, until: date });
      const again = free.state === 'fresh' && free.value.some(({ instant }) => instant === sought.slot.instant);
      return { found: again ? 'not-made' : 'unclear' };
    },
    find: async (viewer, handle) => {
      const answer = await read(viewer, handle);
      const state = answer.ok && stateOf(answer.value, nowMs());
      if (answer.ok && state) return { ok: true, value: foundIn(answer.value, state) };
      if (answer.ok) return { ok: false, why: 'could-not-ask' };
      if (answer.status === 404)
        return (await isThere()) ? { ok: true, value: GONE } : { ok: false, why: 'could-not-ask' };
      return refusalIn(answer, 'could-not-ask');
    },
    cancel: async (viewer, handle) => {
      const answer = await remove(viewer, handle);
      times.forget('');
      return answer.ok || answer.status === 404 ? DONE : refusalIn(answer, 'outcome-unknown');
    },
    cancelAddress: () => null,
  };
}

const answersTo = (own: readonly OwnField[], answers: Readonly<Record<string, string>>) =>
  Object.fromEntries(own.map(({ name, maxLength }) => [name, (answers[name] ?? '').slice(0, maxLength)]));

const DONE = { ok: true, value: null } as const;
const nowMs = () => now().epochMilliseconds;

const capabilitiesOf = ({ holds, maxParty, instead }: QmaticSettings): Capabilities => ({
  hold: holds ? 'owned' : 'none',
  holdRelease: holds,
  maxParty,
  move: 'book-then-cancel',
  cancel: 'yes',
  tells: true,
  instead,
});

/** Qmatic gives no code for the counter. */
const keysOf = ({ publicId }: Appointment): BookingKeys => ({ key: publicId, code: null, state: 'booked' });

const foundIn = (appointment: Appointment, state: FoundBooking['state']): FoundBooking => {
  const { branch, start, end } = appointment;
  return {
    state,
    startsAt: instantOfStamp(start),
    endsAt: end && instantOfStamp(end),
    desk: branch ? { key: branch.publicId, name: branch.name, place: placeOf(branch) } : null,
    code: null,
  };
};
