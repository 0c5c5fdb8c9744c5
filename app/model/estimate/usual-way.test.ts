import { expect, test } from 'vitest';
import type { ProcedureModel } from './model';
import { usualWayOf } from './usual-way';

/** Two stages and one that sends cases back: received → review → (documents → review) → decision. */
const model = (again: number, seen = 1_000): ProcedureModel => ({
  asOf: '2026-03-02',
  stages: ['received', 'review', 'documents'],
  bins: [0, 14, 28],
  stageHazard: [
    [0.1, 0.1, 0.1],
    [0, 0.05, 0.05],
    [0, 0, 0],
  ],
  destinations: [
    [
      [0, 0, 1, 0],
      [0, 0, 1, 0],
      [0, 0, 1, 0],
    ],
    [
      [1 - again, 0, 0, again],
      [1 - again, 0, 0, again],
      [1 - again, 0, 0, again],
    ],
    [
      [0, 0, 1, 0],
      [0, 0, 1, 0],
      [0, 0, 1, 0],
    ],
  ],
  seen: [
    [seen, seen, seen],
    [seen, seen, seen],
    [seen, seen, seen],
  ],
  ageHazard: [],
  stagePace: [],
  agePace: [],
  queueTrust: 0,
  stageWeight: 1,
  lowShare: 0.1,
  highShare: 0.1,
  byStage: [],
  decisionsBehind: 500,
  unrest: [],
  coverage: null,
  recentCoverage: null,
});

test('half of the cases have left a stage by its usual time', () => {
  expect(usualWayOf(model(0)).days).toEqual({ received: 7, review: 28, documents: null });
});

test('few cases give no usual time', () => {
  expect(usualWayOf(model(0, 0.1)).days).toEqual({ received: null, review: null, documents: null });
});

test('the share of cases that come to a stage again is told', () => {
  expect(usualWayOf(model(1 / 7)).oneInComesBack).toBe(7);
  expect(usualWayOf(model(0.005)).oneInComesBack).toBeNull();
});
