import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRetryBudget } from './retry-budget';

test('a backend that always fails gets a tenth more calls', () => {
  const budget = createRetryBudget();
  let attempts = 0;
  for (let call = 0; call < 1_000; call += 1) {
    budget.called();
    attempts += budget.spend() ? 2 : 1;
  }
  expect(attempts).toBeLessThanOrEqual(1_000 * 1.1 + 10);
  expect(attempts).toBeGreaterThan(1_050);
});

test('I11: retries never exceed ten and a tenth of the calls', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 400 }), (failures) => {
      const budget = createRetryBudget();
      let retries = 0;
      for (const fails of failures) {
        budget.called();
        if (fails && budget.spend()) retries += 1;
      }
      expect(retries).toBeLessThanOrEqual(10 + failures.length / 10 + 1);
    }),
  );
});

test('a single failure has its retry again after ten calls', () => {
  const budget = createRetryBudget();
  while (budget.spend());
  for (let call = 0; call < 10; call += 1) budget.called();
  expect([budget.spend(), budget.spend()]).toEqual([true, false]);
});
