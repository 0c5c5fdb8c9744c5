import { expect, test } from 'vitest';
import { histories } from './event-log';
import { simulate } from './simulate';

const OPTIONS = { seed: 3, weeks: 156, endsOn: '2026-01-05' };
const log = simulate(OPTIONS);

test('equal seeds give equal logs, and others differ', () => {
  expect(simulate(OPTIONS)).toEqual(log);
  expect(simulate({ ...OPTIONS, seed: 4 }).slice(0, 50)).not.toEqual(log.slice(0, 50));
});

test('the past stays the same when the world grows by a week', () => {
  const older = simulate({ ...OPTIONS, weeks: 157, endsOn: '2026-01-12' });
  expect(older.filter((event) => event.entered < '2026-01-05')).toEqual(log);
});

test('three years have 20,000 cases of 8 procedures in order of time', () => {
  const cases = histories(log);
  expect(cases.filter((one) => (one.entered[0] ?? 0) >= Date.parse('2023-01-02') / 86_400_000).length).toBeGreaterThan(
    20_000,
  );
  expect(new Set(log.map((event) => event.procedure)).size).toBe(8);
  expect(log.every((event) => event.entered < '2026-01-05')).toBe(true);
  const decided = cases.filter((one) => one.decided < Number.POSITIVE_INFINITY).length;
  expect(decided / cases.length).toBeGreaterThan(0.85);
});

test('less capacity makes a longer queue', () => {
  const calm = simulate({ ...OPTIONS, shocks: [] });
  const short = simulate({
    ...OPTIONS,
    shocks: [{ what: 'capacity', target: '*', fromDay: 900, toDay: 1092, factor: 0.6 }],
  });
  const open = (events: typeof log): number =>
    histories(events).filter((one) => one.decided === Number.POSITIVE_INFINITY).length;
  expect(open(short)).toBeGreaterThan(1.4 * open(calm));
});
