import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcomeOf, peopleOf100, verdictOn } from './track-record-sums';

test('right, early and late add up to 100 people', () => {
  const count = fc.double({ min: 0, max: 5000, noNaN: true });
  fc.assert(
    fc.property(count, count, count, (early, covered, late) => {
      const outcome = outcomeOf({ n: early + covered + late, early, covered, late });
      if (!outcome) {
        expect(early + covered + late).toBeLessThan(30);
        return;
      }
      expect(outcome.right + outcome.early + outcome.late).toBe(100);
      expect(Math.min(outcome.right, outcome.early, outcome.late)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('fewer than thirty people give no outcome', () => {
  expect(outcomeOf({ n: 29, early: 0, covered: 29, late: 0 })).toBeNull();
  expect(outcomeOf({ n: 30, early: 3, covered: 24, late: 3 })).toMatchObject({ right: 80, early: 10, late: 10 });
});

test('shares weigh by decisions; unknown quarters are skipped', () => {
  const quarter = (decisions: number, withinPast80: number | null) => ({
    quarter: '2025-Q4',
    decisions,
    withinTerm: null,
    withinPast80,
  });
  expect(peopleOf100([quarter(100, 0.9), quarter(300, 0.5), quarter(1000, null)], 'withinPast80')).toBe(60);
  expect(peopleOf100([quarter(100, 0.9)], 'withinTerm')).toBeNull();
});

test('a track record below the promise is called bad', () => {
  const right = (people: number) => verdictOn({ people: 100, right: people, early: 0, late: 100 - people });
  expect([74, 75, 85, 86].map(right)).toEqual(['bad', 'good', 'good', 'wide']);
});
