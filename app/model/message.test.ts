import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Change, DEFAULT_MESSAGE_RULES, dayOf, dueOf, KINDS, loudFrom, type Wishes } from './message';
import { isQuiet } from './watch';

const NOON = Temporal.Instant.from('2026-11-30T12:00:00Z');
const WISHES: Wishes = {
  topics: ['tasks', 'visits', 'decision', 'progress', 'access'],
  ...{ quietFrom: '21:00', quietUntil: '08:00', zone: 'Europe/Amsterdam' },
};
const none = () => 0;
const sending = { now: NOON, rules: DEFAULT_MESSAGE_RULES, wishes: WISHES, sentOn: none };
const change = (kind: Change['kind'], event = kind as string): Change => ({ kind, event, about: 'c' });

const hour = fc.integer({ min: 0, max: 23 }).map((each) => `${String(each).padStart(2, '0')}:00`);
const zone = fc.constantFrom('Europe/Amsterdam', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia');
const moment = fc
  .integer({ min: 1_767_225_600, max: 1_830_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000));
const wishes = fc.record({ topics: fc.constant(WISHES.topics), quietFrom: hour, quietUntil: hour, zone });

test('nothing leaves in quiet hours or before more news may come', () => {
  fc.assert(
    fc.property(moment, wishes, fc.constantFrom(...KINDS), (now, own, kind) => {
      for (const { sendAt } of dueOf([change(kind)], { ...sending, now, wishes: own })) {
        if (kind === 'receipt') {
          expect(sendAt).toEqual(now);
          continue;
        }
        const time = sendAt.toZonedDateTimeISO(own.zone).toPlainTime().toString({ smallestUnit: 'minute' });
        expect(isQuiet(time, own.quietFrom, own.quietUntil)).toBe(false);
        const least = kind === 'visit-soon' ? 0 : DEFAULT_MESSAGE_RULES.mergeMinutes;
        expect(sendAt.since(now).total('minutes')).toBeGreaterThanOrEqual(least);
      }
    }),
  );
});

test('a day never has more of a kind than the agency allows', () => {
  fc.assert(
    fc.property(moment, wishes, fc.integer({ min: 1, max: 3 }), fc.nat(9), (now, own, aDay, full) => {
      const rules = { ...DEFAULT_MESSAGE_RULES, aDay };
      const days = Array.from({ length: full }, (_, days) => dayOf(now.add({ hours: 24 * days }), own));
      const sentOn = (_: string, day: string) => (days.includes(day) ? aDay : 0);
      const [due] = dueOf([change('decision')], { now, rules, wishes: own, sentOn });
      expect(due && sentOn('decision', dayOf(due.sendAt, own))).toBe(0);
    }),
  );
});

test('equal news of several cases counts once a day', () => {
  const due = dueOf([change('decision', 'a'), change('decision', 'b')], sending);
  expect(due.map(({ sendAt }) => `${sendAt}`)).toEqual(['2026-11-30T12:10:00Z', '2026-11-30T12:10:00Z']);
});

test('what would come too late is left out', () => {
  const late = Temporal.Instant.from('2026-11-30T20:30:00Z');
  const soon = { ...change('visit-soon'), until: late.add({ hours: 2 }) };
  expect(dueOf([soon], { ...sending, now: late })).toEqual([]);
  expect(dueOf([{ ...soon, until: late.add({ hours: 20 }) }], { ...sending, now: late })).toHaveLength(1);
});

test('wanted news and receipts are due, others not', () => {
  const all = KINDS.map((kind) => change(kind));
  const rules = { ...DEFAULT_MESSAGE_RULES, off: ['wait-moved'] as const };
  const kindsFor = (topics: Wishes['topics']) =>
    dueOf(all, { ...sending, rules, wishes: { ...WISHES, topics } }).map(({ kind }) => kind);
  expect(kindsFor([])).toEqual(['receipt']);
  expect(kindsFor(['progress'])).toEqual(['receipt', 'received', 'in-treatment', 'term-passed']);
});

test('quiet hours may span midnight and the change of clocks', () => {
  const until = (now: string) => `${loudFrom(Temporal.Instant.from(now), WISHES)}`;
  expect(until('2026-11-30T19:59:00Z')).toBe('2026-11-30T19:59:00Z');
  expect(until('2026-11-30T20:00:00Z')).toBe('2026-12-01T07:00:00Z');
  expect(until('2026-03-28T22:00:00Z')).toBe('2026-03-29T06:00:00Z');
});
