import { z } from 'zod';
import type { JccSettings } from '~/config/planners.server';
import type { Capabilities } from '~/model/appointment';
import { fresh, knownValue } from '~/model/loaded';
import { instantOf } from '~/model/time';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { textOrNone } from '../field-values.server';
import type { Gate } from '../gate.server';
import type { BookingRequest, FoundBooking, Planner } from '../planner-port';
import { GONE } from '../planner-port';
import { asOfNow } from '../shared-answer.server';
import { jccActivities, placeOf } from './activities.server';
import { mainCustomer, messageOf } from './customer';
import { jccFreeTimes } from './free-times.server';
import { refusalFor, refusalIn } from './refusal';
import { type Appointment, acknowledgedSchema, appointmentSchema } from './schema.server';
import { jccSession } from './session.server';

/**
 * A planner that speaks the REST API of JCC-Afspraken (warp-api v1); the older SOAP service is not spoken. It has no
 * holds and lists no bookings, so a time is looked up again just before it is booked, and a booking whose answer was
 * lost stays unclear, unless a location has one counter.
 *
 * @param freshMs how long free slots are cached for all callers, in milliseconds
 */
export function jccPlanner(settings: JccSettings, gate: Gate, freshMs: number): Planner {
  const ask = jccSession(settings, gate);
  const activities = jccActivities(settings, ask);
  const times = jccFreeTimes(settings, ask, freshMs);

  const pathOf = (id: string, part = '') => `/appointment${part}?id=${encodeURIComponent(id)}`;
  const read = (by: Viewer, id: string) => ask({ by, path: pathOf(id), schema: appointmentSchema });

  /** The text of the QR code that the visitor shows at the kiosk. */
  async function codeOf(by: Viewer, id: string): Promise<string | null> {
    const answer = await ask({ by, path: pathOf(id, '/qrcode'), schema: textOrNone });
    return answer.ok ? answer.value : null;
  }

  /** Whether the API answers at all: a proxy that knows no path says 404 of every appointment. */
  const isThere = async () => (await ask({ path: '/version', schema: z.unknown() })).ok;

  async function send(by: WritingViewer, activity: string, request: BookingRequest) {
    const { slot, visitors } = request;
    const fields = knownValue(await activities.fieldsOf(activity)) ?? null;
    const body = {
      id: null,
      activityList: [{ activityId: activity, amount: visitors.length }],
      customerList: [mainCustomer(request, fields)],
      fromDateTime: withOffset(slot.date, slot.startTime, slot.zone),
      toDateTime: withOffset(slot.date, slot.endTime, slot.zone),
      locationId: slot.desk.key,
      message: messageOf(request),
      fieldList: null,
    };
    const answer = await ask({ method: 'POST', by, path: '/appointment', body, schema: acknowledgedSchema });
    times.forget(slot.desk.key);
    return answer;
  }

  const book: Planner['book'] = async (viewer, request) => {
    const activity = settings.products[request.product];
    if (activity === undefined) return { ok: false, why: 'not-possible' };
    const { slot, visitors } = request;
    const isFree = () => times.isFree({ activity, partySize: visitors.length }, slot);
    const before = await isFree();
    if (!before) times.forget(slot.desk.key);
    if (before === null) return { ok: false, why: 'could-not-ask' };
    if (!before) return { ok: false, why: 'slot-taken' };
    const answer = await send(viewer, activity, request);
    const made = answer.ok && !answer.value.refused ? answer.value.id : null;
    if (made !== null) return { ok: true, value: { key: made, code: await codeOf(viewer, made), state: 'booked' } };
    const refused =
      answer.ok && answer.value.refused
        ? refusalFor(answer.value.words, request)
        : refusalIn(answer, 'outcome-unknown', request);
    // The API has no word for a time that was taken meanwhile.
    if (refused.why === 'not-possible' && (await isFree()) === false) return { ok: false, why: 'slot-taken' };
    return refused;
  };

  return {
    capabilities: () => capabilitiesOf(settings),
    desksOf: async (product) => {
      const activity = settings.products[product];
      return activity === undefined ? fresh([], asOfNow()) : activities.desksOf(activity);
    },
    slotsOf: async (product, desk, partySize, range) => {
      const activity = settings.products[product];
      if (activity === undefined || partySize > settings.maxParty) return fresh([], asOfNow());
      const most = await activities.mostOf(activity);
      if (most !== null && partySize > most) return fresh([], asOfNow());
      return times.free({ activity, partySize, desk }, range);
    },
    hold: async (_viewer, { product }) =>
      settings.products[product] === undefined
        ? { ok: false, why: 'not-possible' }
        : { ok: true, value: { handle: '', until: null } },
    release: async () => ({ ok: false, why: 'not-possible' }),
    book,
    reconcile: async (_viewer, { product, slot, partySize }) => {
      const activity = settings.products[product];
      times.forget(slot.desk.key);
      if (activity === undefined || settings.counters !== 'one') return { found: 'unclear' };
      return { found: (await times.isFree({ activity, partySize }, slot)) ? 'not-made' : 'unclear' };
    },
    find: async (viewer, id) => {
      const [answer, code] = await Promise.all([read(viewer, id), codeOf(viewer, id)]);
      if (answer.ok) {
        const places = await activities.placesOf(Object.values(settings.products)[0] ?? '');
        const place = places?.find((each) => each.id === answer.value.location?.id);
        return { ok: true, value: { ...foundIn(answer.value, settings.zone, place && placeOf(place)), code } };
      }
      if (answer.status !== 404) return refusalIn(answer, 'could-not-ask');
      return (await isThere()) ? { ok: true, value: GONE } : { ok: false, why: 'could-not-ask' };
    },
    cancel: async (viewer, id) => {
      const answer = await ask({ method: 'DELETE', by: viewer, path: pathOf(id), schema: acknowledgedSchema });
      times.forget();
      if (answer.ok && !answer.value.refused && answer.value.id !== null) return DONE;
      if (!answer.ok && answer.status === 404) return (await isThere()) ? DONE : { ok: false, why: 'could-not-ask' };
      if (answer.ok && answer.value.refused) return { ok: false, why: 'not-possible' };
      return refusalIn(answer, 'outcome-unknown');
    },
    cancelAddress: () => null,
  };
}

const DONE = { ok: true, value: null } as const;

const capabilitiesOf = ({ maxParty, instead }: JccSettings): Capabilities => ({
  hold: 'none',
  holdRelease: false,
  maxParty,
  move: 'book-then-cancel',
  cancel: 'yes',
  tells: true,
  instead,
});

/** A wall time as the API takes it: "2026-08-21T15:40:00+02:00". */
const withOffset = (date: string, time: string, zone: string): string =>
  instantOf(date, time, zone)?.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' }) ??
  `${date}T${time}:00`;

function foundIn(appointment: Appointment, zone: string, place: ReturnType<typeof placeOf> | undefined): FoundBooking {
  const { startDateTime, endDateTime, location } = appointment;
  const startsAt = instantIn(startDateTime, zone);
  const endsAt = instantIn(endDateTime, zone);
  const ended = endsAt ?? startsAt;
  return {
    state: ended !== null && Date.parse(ended) < now().epochMilliseconds ? 'past' : 'booked',
    startsAt,
    endsAt,
    desk: location && { key: location.id, name: location.description, place: place ?? null },
    code: null,
  };
}

/** The instant of a wall time without a zone, as the API tells an appointment. */
function instantIn(wall: string | null, zone: string): string | null {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(wall ?? '') ?? [];
  return date && time ? (instantOf(date, time, zone)?.toString() ?? null) : null;
}
