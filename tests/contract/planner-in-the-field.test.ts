import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownValue } from '../../app/model/loaded';
import { type Agency, startAgency } from '../../mocks/agency';
import { adapterFor, KINDS, personNumber, type Reached, thisMorning, VIEWER } from '../races/planners';

describe.each(['71', '72', '73'])('planners with the manners of seed %s', (fieldSeed) => {
  let agency: Agency;
  const opened: Reached[] = [];
  beforeAll(async () => {
    agency = await startAgency({ now: thisMorning(), fieldSeed });
    for (const api of ['planner', 'zms', 'qmatic', 'jcc'] as const) agency.setFault(api, 'as-in-the-field');
  });
  afterAll(async () => {
    for (const { gate } of opened) await gate.close();
    await agency.stop();
  });

  it.each(KINDS)('a visit at %s is found, booked and cancelled', async (kind) => {
    const reached = adapterFor(agency, kind);
    opened.push(reached);
    const { planner } = reached;
    const [desk] = knownValue(await planner.desksOf('BIO')) ?? [];
    if (!desk) throw new Error('no desk');
    const slots = knownValue(await planner.slotsOf('BIO', desk, 1)) ?? [];
    const soon = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
    const slot = slots.find(({ date }) => date > soon);
    if (!slot) throw new Error('no slot');
    expect(new Set(slots.map(({ key }) => key)).size).toBe(slots.length);
    const held = await planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 });
    if (!held.ok) throw new Error(held.why);
    const request = { product: 'BIO', slot, hold: held.value.handle, reference: 'wish', ...personNumber(1) } as const;
    const booked = await planner.book(VIEWER, request);
    if (!booked.ok) throw new Error(booked.why);
    if (planner.capabilities().tells)
      expect(await planner.find(VIEWER, booked.value.key)).toMatchObject({
        value: { state: 'booked', startsAt: slot.instant },
      });
    expect(await planner.cancel(VIEWER, booked.value.key)).toEqual({ ok: true, value: null });
  });
});
