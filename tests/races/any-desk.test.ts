import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Gate, openGate } from '../../app/agency/gate.server';
import { plannerFor } from '../../app/agency/planner.server';
import { combinedPlanner } from '../../app/agency/planner-combined.server';
import type { Planner } from '../../app/agency/planner-port';
import { plannersFromJson } from '../../app/config/planners.server';
import type { Desk } from '../../app/model/appointment';
import { knownValue } from '../../app/model/loaded';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import { type Exchange, recording } from '../contract/planner-shapes';
import { booksOf, KINDS, personNumber, thisMorning, VIEWER } from './planners';

let agency: Agency;
const gates: Gate[] = [];
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
});
afterEach(async () => {
  agency.reset();
  for (const gate of gates.splice(0)) await gate.close();
});
afterAll(() => agency.stop());

/** A freshly started portal with all planners, and the requests that it sends to them. */
function portal(freshMs = 0): { planner: Planner; requests: Exchange[] } {
  const requests: Exchange[] = [];
  const planners = plannersFromJson.parse(JSON.stringify(plannerList(agency.url))).map((settings) => {
    const real = openGate({ name: settings.name, baseUrl: settings.url, attemptMs: 30_000 });
    gates.push(real);
    const gate = recording(real, requests);
    return { name: settings.name, title: settings.title ?? '', planner: plannerFor(settings, gate, freshMs) };
  });
  return { planner: combinedPlanner(planners), requests };
}

const desksOf = async (planner: Planner): Promise<Desk[]> => knownValue(await planner.desksOf('BIO')) ?? [];

describe('desks of all planners', () => {
  it('come from all planners, each with slots in its own zone', async () => {
    const { planner } = portal();
    const desks = await desksOf(planner);
    expect(desks.map(({ name }) => name)).toEqual([
      'Amsterdam',
      'Den Haag',
      'Zwolle',
      "'s-Hertogenbosch",
      'Expat Centre Rotterdam',
      'Expat Center Eindhoven',
      'Stadhuis Groningen',
    ]);
    for (const desk of desks) {
      const loaded = await planner.slotsOf('BIO', desk, 1);
      expect(loaded.state).toBe('fresh');
      const slots = knownValue(loaded) ?? [];
      expect(slots.length).toBeGreaterThan(10);
      expect(slots.every((slot) => slot.desk.key === desk.key && slot.zone === 'Europe/Amsterdam')).toBe(true);
      expect([...slots].sort((a, b) => a.instant.localeCompare(b.instant))).toEqual(slots);
    }
  });

  it('are listed without a failed planner, which is named as missing', async () => {
    agency.setFault('zms', 'down');
    const { planner } = portal();
    expect(await planner.desksOf('BIO')).toMatchObject({ state: 'partial', missing: ['Expat Centre Rotterdam'] });
    expect(await desksOf(planner)).toHaveLength(6);
  });

  it('keep their slots when another planner fails later', async () => {
    const { planner } = portal();
    const desks = await desksOf(planner);
    agency.setFault('qmatic', 'error');
    agency.setFault('planner', 'partial');
    const states = await Promise.all(desks.map(async (desk) => (await planner.slotsOf('BIO', desk, 1)).state));
    expect(states).toEqual(['fresh', 'unavailable', 'fresh', 'fresh', 'fresh', 'unavailable', 'fresh']);
  });

  it('are requested once for hundreds of visitors, or once per day', async () => {
    const { planner, requests } = portal(60_000);
    const desks = await desksOf(planner);
    const visit = () => Promise.all(desks.map((desk) => planner.slotsOf('BIO', desk, 1)));
    for (let wave = 0; wave < 3; wave += 1) await Promise.all(Array.from({ length: 100 }, visit));
    const times = requests.filter(({ path }) => path.includes('/slots/') || path.startsWith('/available'));
    // Four desks of OAP; of ZMS one range and ten days, since it gives times for the first day of a range only.
    expect(times).toHaveLength(15);
    const days = requests.filter(({ path }) => path.includes('/dates'));
    expect(days).toHaveLength(11);
    expect(new Set(requests.map(({ path }) => path)).size).toBe(requests.length);
  });
});

describe.each(KINDS)('a booking at %s', (kind) => {
  it('can be found and cancelled by another portal from its stored data', async () => {
    const first = portal().planner;
    const desk = (await desksOf(first))[{ oap: 0, zms: 4, qmatic: 5, jcc: 6 }[kind]];
    if (!desk) throw new Error('no desk');
    const slot = knownValue(await first.slotsOf('BIO', desk, 2))?.at(-1);
    if (!slot) throw new Error('no slot');
    const held = await first.hold(VIEWER, { product: 'BIO', slot, partySize: 2 });
    if (!held.ok) throw new Error(held.why);
    const { visitors, ...contact } = personNumber(1);
    const party = [...visitors, ...personNumber(2).visitors];
    const second = portal().planner;
    const wish = {
      product: 'BIO',
      slot,
      hold: held.value.handle,
      reference: 'wish',
      visitors: party,
      ...contact,
    } as const;
    const booked = await second.book(VIEWER, wish);
    if (!booked.ok) throw new Error(booked.why);
    expect(await booksOf(agency, kind)).toHaveLength(1);
    const third = portal().planner;
    if (kind !== 'oap')
      expect(await third.find(VIEWER, booked.value.key)).toMatchObject({
        value: { state: 'booked', startsAt: slot.instant },
      });
    expect(await third.cancel(VIEWER, booked.value.key)).toEqual({ ok: true, value: null });
    expect(await booksOf(agency, kind)).toEqual([]);
    expect(await third.cancel(VIEWER, booked.value.key)).toEqual({ ok: true, value: null });
  });
});
