import type { ZmsSettings } from '~/config/planners.server';
import type { Capabilities, Desk, PlannerResult, ProductCode } from '~/model/appointment';
import { fresh, type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import type { Answer, Gate } from '../gate.server';
import type { BookingKeys, BookingRequest, FoundBooking, Planner } from '../planner-port';
import { GONE } from '../planner-port';
import { asOfNow, PLANNER_CATALOGUE, shareAnswers } from '../shared-answer.server';
import { answersFor, contactPlace, type Offers, offersOf } from './catalogue';
import { needsChallenge, zmsChallenge } from './challenge.server';
import { zmsFreeTimes } from './free-times.server';
import { codeOf, handleOf, keysIn, type ProcessKeys, startOf, stateOf } from './process';
import { codesIn, isBare404, refusalIn } from './refusal';
import { type Catalogue, catalogueSchema, type Office, type Process, processSchema } from './schema.server';

const MINUTE_MS = 60_000;

/**
 * A planner that speaks the ZMS citizen API. A hold is a reserved appointment, opened by its number and key, so that a
 * booking's state can always be read. ZMS knows only the first visitor.
 */
export function zmsPlanner(settings: ZmsSettings, gate: Gate, freshMs: number): Planner {
  const catalogue = shareAnswers<Catalogue>(PLANNER_CATALOGUE);
  const offered = shareAnswers<Offers>({ freshMs: MINUTE_MS, keptMs: 0 });
  const { headers, vNumberLabels } = settings;
  const challenge = zmsChallenge(headers, gate);
  const free = zmsFreeTimes(settings, gate, freshMs, challenge);

  const readCatalogue = () =>
    catalogue.ask('all', async () => {
      const answer = await gate.ask({ path: '/offices-and-services/', headers, schema: catalogueSchema });
      return answer.ok ? fresh(answer.value, asOfNow()) : unavailable(answer.why);
    });

  async function offers(product: ProductCode): Promise<Loaded<Offers>> {
    const serviceId = settings.products[product];
    if (serviceId === undefined) return fresh({ offers: [], gap: false }, asOfNow());
    return offered.ask(serviceId, async () =>
      mapLoaded(await readCatalogue(), (all) => offersOf(all, serviceId, settings)),
    );
  }

  async function officeWith(id: string): Promise<Office | null> {
    const loaded = await readCatalogue();
    return loaded.state === 'unavailable'
      ? null
      : (loaded.value.offices.rows.find((office) => office.id === id) ?? null);
  }

  /** Every change must send the scope; the field's clients take it from the catalogue too. */
  async function bodyOf({ processId, authKey, officeId }: ProcessKeys) {
    const office = await officeWith(officeId);
    return { processId, authKey, scope: office?.scope?.sent ?? null };
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
    const office = await officeWith(keys.officeId);
    const updated = await change(by, '/update-appointment/', keys, personOf(request, office, vNumberLabels));
    if (!updated.ok) {
      const refused = refusalIn(updated, 'could-not-ask', request);
      return alreadyBooked(by, keys, (await isGone(updated)) ? { ok: false, why: 'hold-expired' } : refused);
    }
    const preconfirmed = await change(by, '/preconfirm-appointment/', keys);
    if (!preconfirmed.ok) return refusalIn(preconfirmed, 'outcome-unknown', request);
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

  /**
   * Whether the API no longer has an appointment, which it says with either of two codes, or with none. Then it must
   * answer otherwise: a proxy that knows no path says 404 of every appointment.
   */
  async function isGone(answer: Answer<unknown>): Promise<boolean> {
    if (codesIn(answer).some((code) => code === 'appointmentNotFound' || code === 'appointmentNotAvailable'))
      return true;
    return (
      isBare404(answer) && (await gate.ask({ path: '/offices-and-services/', headers, schema: catalogueSchema })).ok
    );
  }

  const cancel = async (by: WritingViewer, keys: ProcessKeys): Promise<PlannerResult<null>> => {
    const answer = await change(by, '/cancel-appointment/', keys);
    free.forget();
    return answer.ok || (await isGone(answer)) ? { ok: true, value: null } : refusalIn(answer, 'outcome-unknown');
  };

  return {
    capabilities: () => capabilitiesOf(settings),
    desksOf: async (product) => withGap(await offers(product), settings.name),
    slotsOf: async (product, desk, partySize, range) => {
      const [serviceId, known] = [settings.products[product], await offers(product)];
      if (known.state === 'unavailable') return known;
      const able = known.value.offers.filter(({ maxQuantity }) => partySize <= (maxQuantity ?? settings.maxParty));
      const offer = able.find(({ desk: { key } }) => key === desk.key);
      if (!offer || serviceId === undefined) return fresh([], asOfNow());
      return free.slotsOf({ serviceId, at: able, count: partySize }, offer, range);
    },
    hold: async (viewer, { product, slot, partySize }) => {
      const [serviceId, timestamp] = [settings.products[product], Number(slot.key)];
      if (serviceId === undefined || !Number.isInteger(timestamp)) return { ok: false, why: 'not-possible' };
      const officeId = slot.desk.key;
      const wish = { timestamp, officeId, serviceId: [serviceId], serviceCount: [partySize] };
      const reserve = (captchaToken?: string) =>
        gate.ask({
          method: 'POST',
          by: viewer,
          path: '/reserve-appointment/',
          headers,
          body: { ...wish, ...(captchaToken === undefined ? {} : { captchaToken }) },
          schema: processSchema,
        });
      const office = await officeWith(officeId);
      const answer = office && needsChallenge(office) ? await challenge.answered(reserve) : await reserve();
      free.forget();
      if (!answer) return { ok: false, why: 'challenge-needed' };
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
      free.forget();
      return booked;
    },
    reconcile: async (viewer, { hold }) => {
      const keys = keysIn(hold);
      if (!keys) return { found: 'unclear' };
      const answer = await read(viewer, keys);
      if (!answer.ok) return { found: (await isGone(answer)) ? 'not-made' : 'unclear' };
      const state = stateOf(answer.value);
      if (state === null) return { found: 'unclear' };
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
      const state = answer.ok && stateOf(answer.value);
      if (answer.ok && state) return { ok: true, value: foundIn(answer.value, state) };
      if (await isGone(answer)) return { ok: true, value: GONE };
      return refusalIn(answer, 'could-not-ask');
    },
    cancel: async (viewer, handle) => {
      const keys = keysIn(handle);
      return keys ? cancel(viewer, keys) : { ok: false, why: 'not-possible' };
    },
    cancelAddress: () => null,
  };
}

function withGap(loaded: Loaded<Offers>, of: string): Loaded<Desk[]> {
  const desks = mapLoaded(loaded, ({ offers }) => offers.map(({ desk }) => desk));
  if (desks.state === 'unavailable' || loaded.state === 'unavailable' || !loaded.value.gap) return desks;
  return { state: 'partial', value: desks.value, asOf: desks.asOf, missing: [of] };
}

const capabilitiesOf = ({ maxParty, instead }: ZmsSettings): Capabilities => ({
  hold: 'owned',
  holdRelease: true,
  maxParty,
  move: 'book-then-cancel',
  cancel: 'yes',
  tells: true,
  instead,
});

function foundIn(process: Process, state: FoundBooking['state']): FoundBooking {
  const { officeId, officeName, scope } = process;
  return {
    state,
    startsAt: startOf(process),
    endsAt: null,
    desk: officeId ? { key: officeId, name: officeName, place: contactPlace(scope?.provider?.contact) } : null,
    code: codeOf(process),
  };
}

/** The first visitor. A telephone number is sent only where the office takes one. */
function personOf(
  { visitors, email, phone, answers = {} }: BookingRequest,
  office: Office | null,
  vNumberLabels: readonly string[],
) {
  const [lead] = visitors;
  const name = lead ? [lead.givenName, lead.familyName].filter(Boolean).join(' ') : '';
  const digits = office?.scope?.telephoneActivated === false ? '' : phone.replace(/[^\d+]/g, '');
  return {
    familyName: name,
    email,
    telephone: /^\+?\d{7,15}$/.test(digits) ? digits : '',
    ...answersFor(office?.scope ?? null, { vNumber: lead?.vNumber ?? '', answers }, vNumberLabels),
  };
}
