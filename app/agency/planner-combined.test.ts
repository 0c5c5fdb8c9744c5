import { describe, expect, test } from 'vitest';
import type { Capabilities, Desk } from '~/model/appointment';
import { fresh, knownValue, type Loaded, unavailable } from '~/model/loaded';
import { REQUEST, SLOT, VIEWER } from '../../tests/agency/planner';
import { combinedPlanner } from './planner-combined.server';
import type { BookingRequest, Planner } from './planner-port';

const CAPABILITIES: Capabilities = {
  hold: 'owned',
  holdRelease: true,
  maxParty: 5,
  move: 'book-then-cancel',
  cancel: 'yes',
  tells: true,
  instead: {},
};

/** A planner with some desks that logs the requests it receives. */
function planner(desks: Loaded<Desk[]>, change: Partial<Capabilities> = {}) {
  const asked: unknown[] = [];
  const note = (...what: unknown[]) => void asked.push(what);
  const own: Planner = {
    capabilities: (deskKey) => {
      note('capabilities', deskKey);
      return { ...CAPABILITIES, ...change };
    },
    desksOf: async () => desks,
    slotsOf: async (_product, desk) => {
      note('slots', desk.key);
      return fresh([{ ...SLOT, desk }], '2027-01-01T00:00:00Z');
    },
    hold: async (_viewer, { slot }) => {
      note('hold', slot.desk.key);
      return { ok: true, value: { handle: 'h1', until: null } };
    },
    release: async (_viewer, handle) => {
      note('release', handle);
      return { ok: true, value: null };
    },
    book: async (_viewer, { slot, hold }) => {
      note('book', slot.desk.key, hold);
      return { ok: true, value: { key: 'b1', code: 'C' } };
    },
    reconcile: async (_viewer, { slot, hold }) => {
      note('reconcile', slot.desk.key, hold);
      return { found: 'made', booking: { key: 'b1', code: 'C' } };
    },
    find: async (_viewer, handle) => {
      note('find', handle);
      const desk = { key: '31001', name: null, place: null };
      return { ok: true, value: { state: 'booked', startsAt: null, endsAt: null, desk, code: null } };
    },
    cancel: async (_viewer, handle) => {
      note('cancel', handle);
      return { ok: true, value: null };
    },
    cancelAddress: (handle) => `https://cancel.example/${handle}`,
  };
  return { own, asked };
}

const AMSTERDAM: Desk = { key: 'AM', name: 'Amsterdam' };
const ROTTERDAM: Desk = { key: '31001', name: 'Rotterdam' };
const some = (...desks: Desk[]) => fresh(desks, '2027-01-01T00:00:00Z');

function both(
  agency = some(AMSTERDAM),
  rotterdam: Loaded<Desk[]> = some(ROTTERDAM),
  change: Partial<Capabilities> = {},
) {
  const [a, b] = [planner(agency), planner(rotterdam, change)];
  const combined = combinedPlanner([
    { name: '', title: 'Agency', planner: a.own },
    { name: 'rotterdam', title: 'Expat centre', planner: b.own },
  ]);
  return { combined, agency: a.asked, rotterdam: b.asked };
}

const at = (key: string): Pick<BookingRequest, 'slot'> => ({ slot: { ...SLOT, desk: { key, name: 'x' } } });

describe('desks', () => {
  test('of all planners have names that tell them apart', async () => {
    const loaded = await both().combined.desksOf('BIO');
    expect(loaded).toMatchObject({
      state: 'fresh',
      value: [AMSTERDAM, { key: 'rotterdam~31001', name: 'Rotterdam' }],
    });
  });

  test('of a failing planner are missing by name, others shown', async () => {
    const { combined } = both(some(AMSTERDAM), unavailable('down'));
    expect(await combined.desksOf('BIO')).toMatchObject({
      state: 'partial',
      value: [AMSTERDAM],
      missing: ['Expat centre'],
    });
  });

  test('that a planner could not name are missing by its title', async () => {
    const some_ = { state: 'partial', value: [ROTTERDAM], asOf: '2027-01-01T00:00:00Z', missing: ['x'] } as const;
    const { combined } = both(some(AMSTERDAM), { ...some_, value: [ROTTERDAM] });
    expect(await combined.desksOf('BIO')).toMatchObject({
      state: 'partial',
      value: [{ key: 'AM' }, { key: 'rotterdam~31001' }],
      missing: ['Expat centre'],
    });
    const alone = combinedPlanner([
      { name: '', title: 'Agency', planner: planner({ ...some_, value: [AMSTERDAM] }).own },
    ]);
    expect(await alone.desksOf('BIO')).toMatchObject({ state: 'partial', missing: ['Agency'] });
  });

  test('are unavailable, not none, when only planners without desks answered', async () => {
    const { combined } = both(some(), unavailable('late'));
    expect(await combined.desksOf('TKV')).toEqual({ state: 'unavailable', why: 'late' });
  });

  test('are kept when some of them are kept', async () => {
    const kept = {
      ...some(ROTTERDAM),
      state: 'kept',
      asOf: '2027-01-01T00:00:00Z',
      why: 'down',
      value: [ROTTERDAM],
    } as const;
    const { combined } = both(some(AMSTERDAM), { ...kept, value: [ROTTERDAM] });
    expect(await combined.desksOf('BIO')).toMatchObject({
      state: 'kept',
      value: [{ key: 'AM' }, { key: 'rotterdam~31001' }],
    });
  });
});

describe('a desk, a hold and a booking', () => {
  test('are routed by the planner’s own key and prefixed on return', async () => {
    const { combined, agency, rotterdam } = both();
    const slots = await combined.slotsOf('BIO', { key: 'rotterdam~31001', name: 'Rotterdam' }, 1);
    expect(slots).toMatchObject({ value: [{ desk: { key: 'rotterdam~31001' } }] });
    const held = await combined.hold(VIEWER, { product: 'BIO', partySize: 1, ...at('rotterdam~31001') });
    expect(held).toMatchObject({ value: { handle: 'rotterdam~h1' } });
    const request = { ...REQUEST, ...at('rotterdam~31001'), hold: 'rotterdam~h1' };
    expect(await combined.book(VIEWER, request)).toMatchObject({ value: { key: 'rotterdam~b1', code: 'C' } });
    expect(await combined.reconcile(VIEWER, { ...request, partySize: 1 })).toMatchObject({
      booking: { key: 'rotterdam~b1' },
    });
    expect(await combined.find(VIEWER, 'rotterdam~b1')).toMatchObject({ value: { desk: { key: 'rotterdam~31001' } } });
    await combined.cancel(VIEWER, 'rotterdam~b1');
    await combined.release(VIEWER, 'rotterdam~h1');
    expect(combined.cancelAddress('rotterdam~b1')).toBe('https://cancel.example/b1');
    expect(rotterdam).toEqual([
      ['slots', '31001'],
      ['hold', '31001'],
      ['book', '31001', 'h1'],
      ['reconcile', '31001', 'h1'],
      ['find', 'b1'],
      ['cancel', 'b1'],
      ['release', 'h1'],
    ]);
    expect(agency).toEqual([]);
  });

  test('of the planner without a name keep their keys, whatever they contain', async () => {
    const { combined, agency } = both();
    expect(await combined.hold(VIEWER, { product: 'BIO', partySize: 1, ...at('AM') })).toMatchObject({
      value: { handle: 'h1' },
    });
    for (const handle of ['', 'b1', 'a~b', '~b']) await combined.cancel(VIEWER, handle);
    expect(agency.slice(1)).toEqual([
      ['cancel', ''],
      ['cancel', 'b1'],
      ['cancel', 'a~b'],
      ['cancel', '~b'],
    ]);
  });

  test('of a planner that was removed are refused without a request', async () => {
    const only = planner(some(ROTTERDAM));
    const combined = combinedPlanner([{ name: 'rotterdam', title: 'Expat centre', planner: only.own }]);
    expect(await combined.cancel(VIEWER, 'eindhoven~b1')).toEqual({ ok: false, why: 'not-possible' });
    expect(await combined.slotsOf('BIO', { key: 'eindhoven~1', name: 'x' }, 1)).toMatchObject({ state: 'unavailable' });
    expect(only.asked).toEqual([]);
  });
});

describe('capabilities', () => {
  test('of a desk are its planner’s', () => {
    const { combined } = both(some(AMSTERDAM), some(ROTTERDAM), { hold: 'none', cancel: 'no' });
    expect(combined.capabilities('AM')).toMatchObject({ hold: 'owned', cancel: 'yes' });
    expect(combined.capabilities('rotterdam~31001')).toMatchObject({ hold: 'none', cancel: 'no' });
  });

  test('without a desk are common to all, with the largest party', () => {
    const { combined } = both(some(AMSTERDAM), some(ROTTERDAM), { hold: 'anonymous', cancel: 'no', maxParty: 8 });
    expect(combined.capabilities()).toEqual({ ...CAPABILITIES, hold: 'anonymous', cancel: 'no', maxParty: 8 });
  });
});

test('each desk carries its planner’s own page, where it has one', async () => {
  const desks = () => planner(fresh([{ key: '1', name: 'One' }], '2027-01-01T00:00:00Z')).own;
  const page = 'https://planner.example/times';
  const both = combinedPlanner([
    { name: '', title: 'Agency', page, planner: desks() },
    { name: 'other', title: 'Other', page: null, planner: desks() },
  ]);
  expect(await both.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [{ key: '1', page }, { key: 'other~1' }] });
  const [, second] = knownValue(await both.desksOf('BIO')) ?? [];
  expect(second).not.toHaveProperty('page');
});
