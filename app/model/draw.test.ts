import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawOrder, drawSlots, offerFor, type Release, type Ticket, windowState } from './draw';

const release = (slots: number, seed: string): Release => ({
  slots: Array.from({ length: slots }, (_, index) => `s${index}`),
  opens: '2026-03-02T09:00:00Z',
  windowMinutes: 5,
  seed,
});
const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds)).toISOString();
const ticket = (person: string, seconds = 0, wants: string[] = []): Ticket => ({ person, wants, at: at(seconds) });

test('gives no slot and no person twice, and leaves no wanted slot', () => {
  const people = fc.array(fc.record({ person: fc.integer({ max: 40, min: 0 }), second: fc.nat(299) }));
  fc.assert(
    fc.property(people, fc.nat(30), fc.string(), (entries, slots, seed) => {
      const tickets = entries.map(({ person, second }) => ticket(`p${person}`, second));
      const drawn = drawSlots(tickets, release(slots, seed));
      expect(new Set(drawn.values()).size).toBe(drawn.size);
      expect(drawn.size).toBe(Math.min(slots, new Set(tickets.map(({ person }) => person)).size));
    }),
  );
});

test('being fast, asking often or being listed first does not help', () => {
  const people = Array.from({ length: 50 }, (_, index) => `p${index}`);
  const slow = people.map((person) => ticket(person, 290));
  const fast = people.map((person, index) => ticket(person, index));
  const often = [...fast, ...fast, ...slow].reverse();
  for (const seed of ['a', 'b', 'c']) {
    const winners = [...drawSlots(slow, release(10, seed)).keys()];
    expect([...drawSlots(fast, release(10, seed)).keys()]).toEqual(winners);
    expect([...drawSlots(often, release(10, seed)).keys()]).toEqual(winners);
  }
});

test('tickets outside the window do not count', () => {
  const drawn = drawSlots(
    [ticket('early', -1), ticket('first', 0), ticket('last', 299), ticket('late', 300)],
    release(9, 'x'),
  );
  expect([...drawn.keys()].sort()).toEqual(['first', 'last']);
});

test('everybody has the same chance', () => {
  const tickets = Array.from({ length: 20 }, (_, index) => ticket(`p${index}`));
  const won = new Map<string, number>();
  const draws = 4000;
  for (let draw = 0; draw < draws; draw += 1)
    for (const person of drawSlots(tickets, release(5, `seed ${draw}`)).keys())
      won.set(person, (won.get(person) ?? 0) + 1);
  // A quarter each; five standard deviations of a binomial either way.
  const expected = draws / 4;
  const slack = 5 * Math.sqrt(draws * 0.25 * 0.75);
  for (const { person } of tickets) expect(Math.abs((won.get(person) ?? 0) - expected)).toBeLessThan(slack);
});

test('people with few acceptable slots get one of those or none', () => {
  const drawn = drawSlots([ticket('a', 0, ['s3']), ticket('b', 0, ['s3']), ticket('c')], release(5, 'x'));
  const s3Winners = [drawn.get('a'), drawn.get('b')].filter((slot) => slot !== undefined);
  expect(s3Winners.length === 0 || (s3Winners.length === 1 && s3Winners[0] === 's3')).toBe(true);
  expect(drawn.has('c')).toBe(true);
});

test('the order depends on the numbers and the seed alone', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.string(), (numbers, seed) => {
      const order = drawOrder(numbers, seed);
      expect([...order].sort()).toEqual([...numbers].sort());
      expect(drawOrder([...numbers, ...numbers].reverse(), seed)).toEqual(order);
    }),
  );
});

test('the window includes its first instant and excludes its end', () => {
  const minutes = 5;
  fc.assert(
    fc.property(fc.integer({ min: -400_000, max: 700_000 }), (offset) => {
      const expected = offset < 0 ? 'before' : offset < 300_000 ? 'open' : 'closed';
      expect(windowState(1_000_000 + offset, 1_000_000, minutes)).toBe(expected);
    }),
  );
});

test('an offer suits the wishes if possible and is never taken', () => {
  const slot = (desk: string, date: string) => ({
    key: date,
    desk: { key: desk, name: desk },
    date,
    startTime: '09:00',
    endTime: '09:10',
    zone: 'Europe/Amsterdam',
    instant: `${date}T08:00:00Z`,
  });
  // A Thursday, a Friday and a Monday.
  const free = [slot('AM', '2026-03-05'), slot('ZW', '2026-03-06'), slot('AM', '2026-03-09')];
  const none = new Set<string>();
  const anything = { desks: [], weekdays: [] };
  expect(offerFor(free, anything, none)).toBe(free[0]);
  expect(offerFor(free, { desks: ['ZW'], weekdays: [] }, none)).toBe(free[1]);
  expect(offerFor(free, { desks: ['AM'], weekdays: [1, 2] }, none)).toBe(free[2]);
  expect(offerFor(free, { desks: ['DH'], weekdays: [] }, none)).toBe(free[0]);
  expect(offerFor(free, { desks: ['ZW'], weekdays: [] }, new Set(['ZW.2026-03-06']))).toBe(free[0]);
  expect(offerFor([], anything, none)).toBeUndefined();
});
