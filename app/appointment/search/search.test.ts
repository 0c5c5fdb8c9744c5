import { expect, test } from 'vitest';
import { timesOf } from './search.server';

const NOTHING = { slots: [], failed: [], gaps: [], why: null };
const desk = { key: 'AM', name: 'Amsterdam', place: { street: '', postcode: '', city: '' }, zone: 'Europe/Amsterdam' };

test.each([
  ['a planner did not answer', { ...NOTHING, failed: [desk], why: 'down' as const }, true, 'down'],
  ['some days of a desk are unknown', { ...NOTHING, gaps: [{ desk, from: '2026-03-03' }] }, true, 'malformed'],
  ['a planner’s desks are unknown', NOTHING, false, 'malformed'],
])('no free times are claimed none while %s', (_why, found, isWhole, why) => {
  expect(timesOf(found, [], isWhole, 'en', null)).toEqual({ state: 'could-not-ask', why });
});

test('none is said when each desk has answered for each day', () => {
  expect(timesOf(NOTHING, [], true, 'en', null)).toEqual({ state: 'none' });
});
