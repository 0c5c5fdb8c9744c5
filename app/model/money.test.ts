import { expect, test } from 'vitest';
import { amountIn, symbolOf } from './money';

test.each([
  ['350', 350],
  ['€ 1.325,50', 1325.5],
  ['€\u00a01 325,50', 1325.5],
  ['1,325.50 EUR', 1325.5],
  ['EUR 350.00', 350],
  ['350 euro', 350],
  ['350,00 €', 350],
  ['243,-', 243],
  ['€243,--', 243],
  ['３５０', 350],
  ['free', null],
  ['0', null],
  ['-350', null],
  ['$ 350', null],
  ['USD 350', null],
  ['350 of 400', null],
  ['1.325.50,1', null],
  ['€', null],
  ['', null],
])('%j is an amount in euros: %s', (text, amount) => {
  expect(amountIn(text, 'EUR')).toBe(amount);
});

test("an amount in another agency's currency has its own sign", () => {
  expect([symbolOf('CAD'), symbolOf('CHF'), symbolOf('EUR')]).toEqual(['$', 'CHF', '€']);
  expect(amountIn('CAD 1,325.50', 'CAD')).toBe(1325.5);
  expect(amountIn("CHF 1'325.50", 'CHF')).toBe(1325.5);
  expect(amountIn('€ 350', 'CHF')).toBeNull();
});
