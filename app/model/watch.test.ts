import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Slot, slotId } from './appointment';
import { assignOffers, isQuiet, isWanted, type Watcher } from './watch';

const slot = (key: string, date = '2026-03-10', startTime = '09:00', desk = 'AM'): Slot => ({
  key,
  desk: { key: desk, name: desk },
  date,
  startTime,
  endTime: startTime.replace(/..$/, '50'),
  zone: 'Europe/Amsterdam',
  instant: `${date}T${startTime}:00Z`,
});
const watcher = (id: string, given: Partial<Watcher> = {}): Watcher => ({
  id,
  desks: [],
  weekdays: [],
  part: 'any',
  before: null,
  waitingSince: '2026-03-01T09:00:00Z',
  declined: [],
  busy: false,
  ...given,
});

describe('wanted slots', () => {
  const tuesday = slot('a', '2026-03-10', '11:50');
  test.each([
    ['any slot, who asks for nothing', {}, true],
    ['one at his desk', { desks: ['AM'] }, true],
    ['none at another', { desks: ['DH'] }, false],
    ['one on his day', { weekdays: [2] }, true],
    ['none on another', { weekdays: [1, 3, 4, 5] }, false],
    ['one before noon in the morning', { part: 'morning' as const }, true],
    ['none before noon in the afternoon', { part: 'afternoon' as const }, false],
    ['none on the day itself, but before it', { before: '2026-03-10' }, false],
    ['one on the day before', { before: '2026-03-11' }, true],
  ])('%s', (_, wish, wanted) => {
    expect(isWanted(tuesday, watcher('w', wish))).toBe(wanted);
  });
});

describe('offers', () => {
  test('go to the longest waiting first, with the earliest slot', () => {
    const line = [watcher('late', { waitingSince: '2026-03-02T09:00:00Z' }), watcher('early')];
    const offers = assignOffers(line, [slot('b', '2026-03-12'), slot('a', '2026-03-11')]);
    expect(offers.map(({ watcher: who, slot: { key } }) => [who, key])).toEqual([
      ['early', 'a'],
      ['late', 'b'],
    ]);
  });

  test('skip busy watchers and slots declined before', () => {
    const line = [watcher('1', { busy: true }), watcher('2', { declined: ['AM.a'] }), watcher('3')];
    expect(assignOffers(line, [slot('a')])).toMatchObject([{ watcher: '3' }]);
  });

  test('are never doubled, and a later watcher never goes first', () => {
    const keys = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 8 });
    const people = fc.array(
      fc.record({ since: fc.integer({ min: 1, max: 28 }), weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(keys, people, (days, line) => {
        const slots = days.map((day) => slot(`s${day}`, `2026-04-${String(day).padStart(2, '0')}`));
        const watchers = line.map(({ since, weekdays }, index) =>
          watcher(`w${index}`, { weekdays, waitingSince: `2026-03-${String(since).padStart(2, '0')}T09:00:00Z` }),
        );
        const offers = assignOffers(watchers, slots);
        expect(new Set(offers.map((offer) => slotId(offer.slot))).size).toBe(offers.length);
        expect(new Set(offers.map((offer) => offer.watcher)).size).toBe(offers.length);
        for (const without of watchers.filter(({ id }) => !offers.some((offer) => offer.watcher === id)))
          for (const { watcher: id, slot: given } of offers) {
            const other = watchers.find((each) => each.id === id);
            if (other && other.waitingSince > without.waitingSince) expect(isWanted(given, without)).toBe(false);
          }
      }),
    );
  });
});

describe('quiet hours', () => {
  test.each([
    ['21:59', '22:00', '07:00', false],
    ['22:00', '22:00', '07:00', true],
    ['03:00', '22:00', '07:00', true],
    ['07:00', '22:00', '07:00', false],
    ['13:00', '12:00', '14:00', true],
    ['14:00', '12:00', '14:00', false],
    ['13:00', '00:00', '00:00', false],
  ])('%s with %s to %s: %s', (time, from, until, quiet) => {
    expect(isQuiet(time, from, until)).toBe(quiet);
  });
});
