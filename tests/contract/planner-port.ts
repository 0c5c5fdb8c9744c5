import { afterEach, describe, expect, it } from 'vitest';
import type { Planner } from '../../app/agency/planner-port';
import type { Desk, ProductCode, Slot } from '../../app/model/appointment';
import { slotAtWallTime } from '../../app/model/slot-time';
import type { WritingViewer } from '../../app/model/viewer';

/** A planner to test, with at least two free slots for one person. */
export interface PlannerUnderTest {
  readonly planner: Planner;
  readonly product: ProductCode;
  /** Two people who have no booking yet. */
  readonly people: readonly [WritingViewer, WritingViewer];
  readonly close?: () => Promise<unknown>;
}

/**
 * What the portal relies on from every planner. Call it in the test file of an adapter.
 *
 * @param open a planner whose answers are not cached, as at the start of a day
 */
export function planner(name: string, open: () => Promise<PlannerUnderTest>): void {
  describe(`${name} keeps the contract of a planner`, () => {
    let opened: PlannerUnderTest | undefined;
    afterEach(async () => {
      await opened?.close?.();
      opened = undefined;
    });
    const start = async () => {
      opened = await open();
      const { planner, product } = opened;
      const desks = await planner.desksOf(product);
      const desk = desks.state === 'fresh' ? desks.value[0] : undefined;
      if (!desk) throw new Error(`no desk: ${JSON.stringify(desks)}`);
      return { ...opened, desk, slots: await slotsOf(opened, desk) };
    };

    it('offers free slots in order, each at a time of its desk', async () => {
      const { desk, slots } = await start();
      expect(slots.length).toBeGreaterThan(1);
      const instants = slots.map(({ instant }) => instant);
      expect(instants).toEqual(instants.toSorted());
      expect(new Set(slots.map(({ key }) => key)).size).toBe(slots.length);
      for (const slot of slots) {
        expect(slot.desk).toEqual(desk);
        expect(slotAtWallTime(slot)).toEqual(slot);
      }
    });

    it('offers the days that are asked for, and no others', async () => {
      const { planner, product, desk, slots } = await start();
      const last = slots.at(-1)?.date ?? '';
      const loaded = await planner.slotsOf(product, desk, 1, { from: last, until: last });
      const dates = loaded.state === 'fresh' ? loaded.value.map(({ date }) => date) : [];
      expect(new Set(dates)).toEqual(new Set([last]));
    });

    it('offers nothing to a party that is too large', async () => {
      const { planner, product, desk } = await start();
      const { maxParty } = planner.capabilities(desk.key);
      expect(await planner.slotsOf(product, desk, maxParty + 1)).toMatchObject({ state: 'fresh', value: [] });
    });

    it('hides a slot while it is held, where it holds slots', async () => {
      const under = await start();
      const slot = lastOf(under.slots);
      const held = await holdOf(under, 0, slot);
      const listed = (await slotsOf(under, under.desk)).some(({ key }) => key === slot.key);
      expect(listed).toBe(held.until === null);
      const released = await under.planner.release(under.people[0], held.handle);
      if (!released.ok) expect(released.why).toBe('not-possible');
    });

    it('books a slot for one person and refuses it to the next', async () => {
      const under = await start();
      const slot = lastOf(under.slots);
      const booked = await bookedBy(under, 0, slot);
      expect(booked.key).not.toBe('');
      expect(await slotsOf(under, under.desk)).not.toContainEqual(slot);
      const second = await under.planner.hold(under.people[1], { product: under.product, slot, partySize: 1 });
      const refused = second.ok
        ? await under.planner.book(under.people[1], requestOf(under, 1, slot, second.value.handle))
        : second;
      expect(refused).toMatchObject({ ok: false, why: 'slot-taken' });
    });

    it('never says of a booking that it was not made', async () => {
      const under = await start();
      const slot = lastOf(under.slots);
      const held = await holdOf(under, 0, slot);
      const request = requestOf(under, 0, slot, held.handle);
      expect(await under.planner.book(under.people[0], request)).toMatchObject({ ok: true });
      const truth = await under.planner.reconcile(under.people[0], { ...request, partySize: 1 });
      expect(truth.found).not.toBe('not-made');
    });

    it('tells how a booking stands, or that it can not tell', async () => {
      const under = await start();
      const slot = lastOf(under.slots);
      const { key } = await bookedBy(under, 0, slot);
      const found = await under.planner.find(under.people[0], key);
      if (found.ok) expect(found.value).toMatchObject({ state: 'booked', startsAt: slot.instant });
      else expect(found.why).toBe('not-possible');
    });

    it('cancels a booking once and for all, where it cancels', async () => {
      const under = await start();
      const slot = lastOf(under.slots);
      const { key } = await bookedBy(under, 0, slot);
      const { cancel } = under.planner.capabilities(under.desk.key);
      const cancelled = await under.planner.cancel(under.people[0], key);
      expect(cancelled.ok).toBe(cancel === 'yes');
      if (!cancelled.ok) return;
      const found = await under.planner.find(under.people[0], key);
      if (found.ok) expect(found.value.state).toBe('cancelled');
      expect(await under.planner.cancel(under.people[0], key)).toEqual({ ok: true, value: null });
    });
  });
}

async function slotsOf({ planner, product }: PlannerUnderTest, desk: Desk): Promise<Slot[]> {
  const loaded = await planner.slotsOf(product, desk, 1);
  if (loaded.state !== 'fresh') throw new Error(`no slots: ${JSON.stringify(loaded)}`);
  return loaded.value;
}

async function holdOf({ planner, product, people }: PlannerUnderTest, who: 0 | 1, slot: Slot) {
  const held = await planner.hold(people[who], { product, slot, partySize: 1 });
  if (!held.ok) throw new Error(`not held: ${held.why}`);
  return held.value;
}

async function bookedBy(under: PlannerUnderTest, who: 0 | 1, slot: Slot) {
  const held = await holdOf(under, who, slot);
  const booked = await under.planner.book(under.people[who], requestOf(under, who, slot, held.handle));
  if (!booked.ok) throw new Error(`not booked: ${booked.why}`);
  return booked.value;
}

const requestOf = ({ product, people }: PlannerUnderTest, who: 0 | 1, slot: Slot, hold: string) => ({
  product,
  slot,
  hold,
  reference: `wish of ${people[who].actor.id}`,
  visitors: [{ givenName: 'A', familyName: people[who].actor.name, vNumber: people[who].subject.person.value }],
  email: `${people[who].actor.id}@example.test`,
  phone: '0600000000',
});

/** The slot that is furthest ahead: an early one may begin before the test has booked it. */
function lastOf(slots: readonly Slot[]): Slot {
  const slot = slots.at(-1);
  if (!slot) throw new Error('no free slot');
  return slot;
}
