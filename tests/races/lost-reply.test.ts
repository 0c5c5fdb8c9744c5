import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Gate } from '../../app/agency/gate.server';
import { plannerFor } from '../../app/agency/planner.server';
import type { BookingRequest, Planner, SoughtBooking } from '../../app/agency/planner-port';
import { plannersFromJson } from '../../app/config/planners.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import {
  adapterFor,
  at,
  booksOf,
  freeSlots,
  KINDS,
  type Kind,
  personNumber,
  type Reached,
  thisMorning,
  VIEWER,
} from './planners';

let agency: Agency;
const opened: Reached[] = [];
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
});
afterEach(async () => {
  agency.reset();
  for (const { gate } of opened.splice(0)) await gate.close();
});
afterAll(() => agency.stop());

/** The request that completes a booking at each planner. */
const LAST_STEP: Readonly<Record<Kind, string>> = {
  oap: '/appointments/',
  zms: '/confirm-appointment/',
  qmatic: '/confirm',
  jcc: '/appointment',
};

/**
 * A gate that loses one response for paths that contain `part`: `after` the planner did it, or `before` it was sent.
 */
function losing(gate: Gate, part: string, when: 'before' | 'after'): Gate {
  let done = false;
  return {
    ...gate,
    async ask(request) {
      if (done || request.method !== 'POST' || !request.path.includes(part)) return gate.ask(request);
      done = true;
      if (when === 'after') await gate.ask(request);
      return { ok: false, why: 'late' };
    },
  };
}

/**
 * Holds the first slot and books it, but loses the response to the last request. Returns the planner and the request.
 */
async function bookWithLoss(kind: Kind, when: 'before' | 'after', change: Readonly<Record<string, unknown>> = {}) {
  const reached = adapterFor(agency, kind, change);
  opened.push(reached);
  const { slots } = await freeSlots(reached.planner);
  const [slot] = slots;
  if (!slot) throw new Error('no slot');
  const held = await reached.planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 });
  if (!held.ok) throw new Error(held.why);
  const part = change.holds === false ? '/book' : LAST_STEP[kind];
  const settings = { ...plannerList(agency.url).find((each) => each.kind === kind), ...change };
  const [read] = plannersFromJson.parse(JSON.stringify([settings]));
  if (!read) throw new Error('no settings');
  const planner = plannerFor(read, losing(reached.gate, part, when), 0);
  const request: BookingRequest = {
    product: 'BIO',
    slot,
    hold: held.value.handle,
    reference: `wish-${kind}`,
    ...personNumber(1),
  };
  expect(await planner.book(VIEWER, request)).toEqual({ ok: false, why: 'outcome-unknown' });
  const { visitors: _visitors, email: _email, phone: _phone, ...rest } = request;
  const sought: SoughtBooking = { ...rest, partySize: 1 };
  return { planner, request, sought };
}

const others = async (planner: Planner, { slot }: BookingRequest) =>
  (await freeSlots(planner)).slots.filter(({ key }) => key === slot.key).length;

describe.each([
  ['zms', 'confirmed', {}],
  ['qmatic', 'confirmed', {}],
  ['qmatic', 'direct', { holds: false }],
] as const)('%s: a %s booking whose response was lost', (kind, _how, change) => {
  it('is found once, with the keys to cancel it', async () => {
    const { planner, request, sought } = await bookWithLoss(kind, 'after', change);
    const truth = await planner.reconcile(VIEWER, sought);
    expect(truth).toMatchObject({ found: 'made', booking: { key: expect.any(String), state: 'booked' } });
    expect(await booksOf(agency, kind)).toEqual([{ email: request.email, at: at(request.slot) }]);
    if (truth.found !== 'made' || !truth.booking) return;
    expect(await planner.find(VIEWER, truth.booking.key)).toMatchObject({
      ok: true,
      value: { state: 'booked', startsAt: request.slot.instant },
    });
    expect(await planner.cancel(VIEWER, truth.booking.key)).toEqual({ ok: true, value: null });
    expect(await booksOf(agency, kind)).toEqual([]);
    expect(await planner.find(VIEWER, truth.booking.key)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
  });

  it('is not doubled by a second request', async () => {
    const { planner, request } = await bookWithLoss(kind, 'after', change);
    await planner.book(VIEWER, request);
    expect(await booksOf(agency, kind)).toHaveLength(1);
  });
});

describe.each(['zms', 'qmatic'] as const)('%s: a booking request that never arrived', (kind) => {
  it('is found or repeated, and leaves one booking', async () => {
    const { planner, request, sought } = await bookWithLoss(kind, 'before');
    const truth = await planner.reconcile(VIEWER, sought);
    // ZMS stopped between two steps, and the adapter sends the second. Qmatic still has the reservation.
    expect(truth.found).toBe(kind === 'zms' ? 'made' : 'not-made');
    if (truth.found === 'not-made') expect(await planner.book(VIEWER, request)).toMatchObject({ ok: true });
    expect(await booksOf(agency, kind)).toEqual([{ email: request.email, at: at(request.slot) }]);
  });
});

describe('oap, which has no request to read a booking', () => {
  it('is known to have a booking when it refuses the same one', async () => {
    const { planner, request, sought } = await bookWithLoss('oap', 'after');
    expect(await planner.reconcile(VIEWER, sought)).toEqual({ found: 'unclear' });
    expect(await planner.reconcile(VIEWER, { ...sought, ...personNumber(1) })).toEqual({
      found: 'made',
      booking: null,
    });
    expect(await booksOf(agency, 'oap')).toEqual([{ email: request.email, at: at(request.slot) }]);
  });

  it('lists the slot again after the hold expires: nothing was booked', async () => {
    const { planner, request, sought } = await bookWithLoss('oap', 'before');
    expect(await planner.reconcile(VIEWER, sought)).toEqual({ found: 'unclear' });
    agency.moveClock({ advanceMinutes: 16 });
    expect(await others(planner, request)).toBe(1);
    expect(await planner.reconcile(VIEWER, { ...sought, ...personNumber(1) })).toEqual({ found: 'not-made' });
    expect(await booksOf(agency, 'oap')).toEqual([]);
  });

  it('books a request that never arrived when it is sent again', async () => {
    const { planner, sought } = await bookWithLoss('oap', 'before');
    const truth = await planner.reconcile(VIEWER, { ...sought, ...personNumber(1) });
    expect(truth).toMatchObject({ found: 'made', booking: { code: expect.any(String) } });
    expect(await booksOf(agency, 'oap')).toHaveLength(1);
  });

  it("can not tell another person's booking from the portal's own", async () => {
    const { planner, request, sought } = await bookWithLoss('oap', 'before');
    await fetch(`${agency.url}/control/planner/take`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ desk: request.slot.desk.key, key: request.slot.key }),
    });
    expect(await planner.reconcile(VIEWER, { ...sought, ...personNumber(1) })).toEqual({ found: 'unclear' });
  });
});

describe('jcc, which lists no bookings', () => {
  it('stays unclear while somebody has the time', async () => {
    const { planner, request, sought } = await bookWithLoss('jcc', 'after');
    expect(await planner.reconcile(VIEWER, sought)).toEqual({ found: 'unclear' });
    await planner.book(VIEWER, request);
    expect(await booksOf(agency, 'jcc')).toEqual([{ email: request.email, at: at(request.slot) }]);
  });

  it('knows that one counter was not booked whose time is free again', async () => {
    const { planner, sought } = await bookWithLoss('jcc', 'before');
    expect(await planner.reconcile(VIEWER, sought)).toEqual({ found: 'not-made' });
    const several = await bookWithLoss('jcc', 'before', { counters: 'several' });
    expect(await several.planner.reconcile(VIEWER, several.sought)).toEqual({ found: 'unclear' });
    expect(await booksOf(agency, 'jcc')).toEqual([]);
  });
});

describe.each(KINDS.filter((kind) => kind !== 'jcc'))('%s: a hold', (kind) => {
  it('hides the slot until it expires or is released', async () => {
    const reached = adapterFor(agency, kind);
    opened.push(reached);
    const { planner } = reached;
    const [slot] = (await freeSlots(planner)).slots;
    if (!slot) throw new Error('no slot');
    const isFree = async () => (await freeSlots(planner)).slots.some(({ key }) => key === slot.key);
    const held = await planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 });
    if (!held.ok) throw new Error(held.why);
    const minutes = (Date.parse(held.value.until ?? '') - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThan(16);
    expect(await isFree()).toBe(false);
    expect(await planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 })).toEqual({
      ok: false,
      why: 'slot-taken',
    });
    const { holdRelease } = planner.capabilities();
    expect((await planner.release(VIEWER, held.value.handle)).ok).toBe(holdRelease);
    // ZMS hides a released slot for some time, to prevent trading.
    expect(await isFree()).toBe(kind === 'qmatic');
    agency.moveClock({ advanceMinutes: 31 });
    expect(await isFree()).toBe(true);
  });

  it('can not be booked after it expires, nor released after booking', async () => {
    const reached = adapterFor(agency, kind);
    opened.push(reached);
    const { planner } = reached;
    const { slots } = await freeSlots(planner);
    const [first, second] = slots.slice(-2);
    if (!first || !second) throw new Error('no slots');
    const held = await planner.hold(VIEWER, { product: 'BIO', slot: first, partySize: 1 });
    if (!held.ok) throw new Error(held.why);
    agency.moveClock({ advanceMinutes: 16 });
    const about = { product: 'BIO', reference: 'wish', ...personNumber(1) } as const;
    const late = await planner.book(VIEWER, { ...about, slot: first, hold: held.value.handle });
    // An OAP hold has no owner, so the slot can be booked if it is still free.
    expect(late).toMatchObject(kind === 'oap' ? { ok: true } : { ok: false, why: 'hold-expired' });
    if (kind === 'oap') return;
    const again = await planner.hold(VIEWER, { product: 'BIO', slot: second, partySize: 1 });
    if (!again.ok) throw new Error(again.why);
    expect((await planner.book(VIEWER, { ...about, slot: second, hold: again.value.handle })).ok).toBe(true);
    expect(await planner.release(VIEWER, again.value.handle)).toEqual({ ok: false, why: 'not-possible' });
    expect(await booksOf(agency, kind)).toHaveLength(1);
  });
});
