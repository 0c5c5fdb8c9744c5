import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcomeOf, peopleOf100, verdictOn } from './record-sums';

test('right, earlier and later make 100 people, whatever the counts', () => {
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

test('nothing is said on fewer than thirty people', () => {
  expect(outcomeOf({ n: 29, early: 0, covered: 29, late: 0 })).toBeNull();
  expect(outcomeOf({ n: 30, early: 3, covered: 24, late: 3 })).toMatchObject({ right: 80, early: 10, late: 10 });
});

test('shares of quarters weigh by decisions, and those that are not known do not count', () => {
  const quarter = (decisions: number, withinPast80: number | null) => ({
    quarter: '2025-Q4',
    decisions,
    withinTerm: null,
    withinPast80,
  });
  expect(peopleOf100([quarter(100, 0.9), quarter(300, 0.5), quarter(1000, null)], 'withinPast80')).toBe(60);
  expect(peopleOf100([quarter(100, 0.9)], 'withinTerm')).toBeNull();
});

test('a record that is worse than promised is called so', () => {
  const right = (people: number) => verdictOn({ people: 100, right: people, early: 0, late: 100 - people });
  expect([74, 75, 85, 86].map(right)).toEqual(['bad', 'good', 'good', 'wide']);
});
