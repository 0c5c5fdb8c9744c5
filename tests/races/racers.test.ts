import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Planner } from '../../app/agency/planner-port';
import type { Refusal, Slot } from '../../app/model/appointment';
import { type Agency, startAgency } from '../../mocks/agency';
import { adapterFor, at, booksOf, freeSlots, KINDS, personNumber, type Reached, thisMorning, VIEWER } from './planners';

/** `npm run test:deep` lets more of them race. */
const CLIENTS = process.env.DEEP === '1' ? 200 : 60;
const SLOTS = 20;
const TRIES = 3;

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

type RaceOutcome = { readonly slot: Slot } | { readonly why: Refusal };

/**
 * Tries to book any of the slots: some of those listed, in an order of its own. When all are taken it lists again,
 * until none is left.
 */
async function race(planner: Planner, person: number, client: number, wanted: readonly Slot[]): Promise<RaceOutcome> {
  let seen = wanted;
  while (seen.length > 0) {
    for (let tried = 0; tried < Math.min(TRIES, seen.length); tried += 1) {
      const slot = seen[(tried * 7 + client) % seen.length];
      if (!slot) continue;
      const held = await planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 });
      if (!held.ok && held.why !== 'slot-taken') return held;
      if (!held.ok) continue;
      const about = { product: 'BIO', slot, hold: held.value.handle, reference: `race-${client}` } as const;
      const booked = await planner.book(VIEWER, { ...about, ...personNumber(person) });
      if (booked.ok) return { slot };
      if (booked.why !== 'slot-taken') return booked;
    }
    const { slots } = await freeSlots(planner);
    seen = slots.filter(({ key }) => wanted.some((each) => each.key === key));
  }
  return { why: 'slot-taken' };
}

describe.each([
  ['oap', 'with anonymous holds', {}],
  ['zms', 'with personal holds', {}],
  ['qmatic', 'with personal holds', {}],
  ['qmatic', 'without holds', { holds: false }],
  ['jcc', 'which has no holds', {}],
] as const)('%s %s', (kind, _how, change) => {
  it(`${SLOTS} of ${CLIENTS} concurrent people get the ${SLOTS} slots, one each`, async () => {
    const reached = adapterFor(agency, kind, change);
    opened.push(reached);
    const { slots } = await freeSlots(reached.planner);
    const wanted = slots.slice(0, SLOTS);
    expect(wanted).toHaveLength(SLOTS);
    const ended = await Promise.all(
      Array.from({ length: CLIENTS }, (_, client) => race(reached.planner, client, client, wanted)),
    );
    const won = ended.flatMap((each) => ('slot' in each ? [at(each.slot)] : []));
    expect(new Set(won).size).toBe(SLOTS);
    expect(won).toHaveLength(SLOTS);
    // All others get "slot-taken" and no other error.
    expect(ended.filter((each) => 'why' in each && each.why === 'slot-taken')).toHaveLength(CLIENTS - SLOTS);
    const books = await booksOf(agency, kind);
    expect(books.map((each) => each.at).sort()).toEqual(wanted.map(at).sort());
    expect(new Set(books.map(({ email }) => email)).size).toBe(SLOTS);
  }, 60_000);
});

describe.each(KINDS.filter((kind) => kind === 'oap' || kind === 'zms'))('%s', (kind) => {
  it('gives a person with many concurrent clients one booking', async () => {
    const reached = adapterFor(agency, kind);
    opened.push(reached);
    const { slots } = await freeSlots(reached.planner);
    const ended = await Promise.all(
      Array.from({ length: 12 }, (_, client) => race(reached.planner, 1, client, slots.slice(0, SLOTS))),
    );
    expect(ended.filter((each) => 'slot' in each)).toHaveLength(1);
    expect(ended.filter((each) => 'why' in each && each.why === 'already-has-booking')).toHaveLength(11);
    expect(await booksOf(agency, kind)).toHaveLength(1);
  }, 30_000);
});
