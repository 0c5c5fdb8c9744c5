import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReachedStep } from './case';
import { courseOf } from './case-course';
import { dayNumberOf } from './counting';
import type { Meaning } from './meaning';

const MEANS: Readonly<Record<string, Meaning>> = {
  received: 'wait',
  documents: 'send-papers',
  review: 'wait',
  decided: 'decided',
  closed: 'closed',
};
const ORDER = Object.keys(MEANS);

const step = (stage: string, since: string, given: Partial<ReachedStep> = {}): ReachedStep => ({
  stage,
  means: MEANS[stage] ?? null,
  product: null,
  optional: false,
  name: stage,
  order: ORDER.indexOf(stage),
  final: stage === 'closed',
  since,
  instant: null,
  ...given,
});
const TODAY = '2026-03-02';
const day = (date: string) => dayNumberOf(date) + 0.5;
const course = (steps: readonly ReachedStep[], ended: string | null = null) =>
  courseOf({ received: '2026-01-05', ended, steps }, TODAY);
const told = (steps: readonly ReachedStep[], ended: string | null = null) => {
  const read = course(steps, ended);
  return read && [read.stages.map(({ code, entered }) => `${code} ${entered - day('2026-01-05')}`), read.decided];
};
const OPEN = Number.POSITIVE_INFINITY;

test('a case goes through its stages to its decision', () => {
  const steps = [step('received', '2026-01-05'), step('review', '2026-01-09'), step('decided', '2026-02-01')];
  expect(told(steps)).toEqual([['received 0', 'review 4'], day('2026-02-01')]);
  expect(told(steps.toReversed())).toEqual(told(steps));
  expect(told(steps.slice(0, 2))).toEqual([['received 0', 'review 4'], OPEN]);
});

test('steps of one day go by their time, then by their number', () => {
  const at = (hour: number) => Date.parse(`2026-01-09T${hour}:00:00Z`);
  const [received] = [step('received', '2026-01-05')];
  const both = [
    step('review', '2026-01-09', { instant: at(10) }),
    step('documents', '2026-01-09', { instant: at(15) }),
  ];
  expect(course([...both, received].reverse())?.stages.map(({ code }) => code)).toEqual([
    'received',
    'review',
    'documents',
  ]);
  const days = both.map((one) => ({ ...one, instant: null }));
  expect(course([received, ...days])?.stages.map(({ code }) => code)).toEqual(['received', 'documents', 'review']);
});

test('a stage that was set again is no new one', () => {
  const steps = [step('received', '2026-01-05'), step('review', '2026-01-09'), step('review', '2026-01-20')];
  expect(told(steps)).toEqual([['received 0', 'review 4'], OPEN]);
});

test('neither a decision soon undone nor a later reopening counts', () => {
  const before = [step('received', '2026-01-05'), step('decided', '2026-01-20')];
  expect(told([...before, step('review', '2026-01-25')])).toEqual([['received 0', 'review 20'], OPEN]);
  expect(told([...before, step('review', '2026-02-25')])).toEqual([['received 0'], day('2026-01-20')]);
});

test.each([
  ['without a last step ends it', '2026-02-10', day('2026-02-10')],
  ['in the future', '2026-05-01', OPEN],
  ['before its beginning', '2025-12-01', OPEN],
  ['before its last open step', '2026-01-07', OPEN],
])('an end %s', (_what, ended, decided) => {
  expect(course([step('received', '2026-01-05'), step('review', '2026-01-09')], ended)?.decided).toBe(decided);
});

test('the future has not happened', () => {
  expect(told([step('received', '2026-01-05'), step('decided', '2026-03-03')])).toEqual([['received 0'], OPEN]);
  expect(courseOf({ received: '2026-03-03', ended: null, steps: [step('received', '2026-03-03')] }, TODAY)).toBeNull();
});

test('a case without an open stage is no course', () => {
  expect(course([])).toBeNull();
  expect(course([step('decided', '2026-01-20')])).toBeNull();
});

test('a step without a key has the registry’s name', () => {
  const unnamed = step('Quarantaine', '2026-01-09', { stage: null });
  expect(told([step('received', '2026-01-05'), unnamed])).toEqual([['received 0', 'Quarantaine 4'], OPEN]);
  expect(course([step('received', '2026-01-05'), { ...unnamed, final: true }])?.decided).toBe(day('2026-01-09'));
});

test('whatever the dates, stages follow each other between receipt and decision', () => {
  const date = fc
    .integer({ min: -60, max: 90 })
    .map((n) => new Date(Date.UTC(2026, 0, 5 + n)).toISOString().slice(0, 10));
  const steps = fc.array(fc.tuple(fc.constantFrom(...ORDER), date).map(([stage, since]) => step(stage, since)));
  fc.assert(
    fc.property(steps, fc.option(date), (given, ended) => {
      const read = course(given, ended);
      if (!read) return;
      const times = [read.received, ...read.stages.map(({ entered }) => entered), read.decided];
      expect(times.toSorted((a, b) => a - b)).toEqual(times);
      expect(read.stages[0]?.entered).toBe(read.received);
    }),
  );
});
