import { expect, test } from 'vitest';
import { type EffectPlan, featureOn, weeksOf } from './plan';

const PLAN: EffectPlan = {
  feature: 'own-answers',
  kind: 'wedge',
  procedures: ['a', 'b', 'c', 'd', 'e', 'f'],
  firstWeek: '2027-03-01',
  weeksBefore: 8,
  weeks: 12,
  steps: 3,
  washout: 4,
  seed: 'drawn at noon',
  misplaced: 0.1,
  hash: '',
};
const on = (day: string) =>
  PLAN.procedures.filter((procedure) => featureOn(PLAN, 'own-answers', procedure, day)).length;

test.each([
  ['before the plan', '2027-01-03', 6],
  ['in the weeks that are counted before', '2027-01-04', 0],
  ['on the last day before the experiment', '2027-02-28', 0],
  ['when the first group gets it', '2027-03-01', 2],
  ['on the last day before the next group', '2027-04-11', 2],
  ['when the second group gets it', '2027-04-12', 4],
  ['on the last day of the experiment', '2027-05-23', 4],
  ['when the experiment is over', '2027-05-24', 6],
])('%s the right procedures have the feature', (_when, day, count) => {
  expect(on(day)).toBe(count);
});

test('a procedure that the plan does not name has the feature', () => {
  expect(featureOn(PLAN, 'own-answers', 'other', '2027-03-01')).toBe(true);
  expect(featureOn(null, 'own-answers', 'a', '2027-03-01')).toBe(true);
});

test('weeks of a plan are Mondays, one after the other', () => {
  expect(weeksOf(PLAN)).toHaveLength(20);
  expect([weeksOf(PLAN)[0], weeksOf(PLAN)[8], weeksOf(PLAN)[19]]).toEqual(['2027-01-04', '2027-03-01', '2027-05-17']);
});
