import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bsnOf } from './bsn';

test('a BSN of nine digits stays, one of eight is padded', () => {
  expect(bsnOf('111222333')).toBe('111222333');
  expect(bsnOf('12345672')).toBe('012345672');
  expect(bsnOf('012345672')).toBe('012345672');
  expect(bsnOf('99990019')).toBe('099990019');
});

test.each([
  '',
  '0',
  '00000000',
  '000000000',
  '1234567',
  '1112223330',
  '111222334',
  ' 111222333',
  '١١١٢٢٢٣٣٣',
  '11122233x',
])('"%s" is no BSN', (text) => {
  expect(bsnOf(text)).toBeNull();
});

test('changing one digit of a BSN breaks it', () => {
  fc.assert(
    fc.property(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const digits = [...'111222333'];
      digits[at] = `${(Number(digits[at]) + by) % 10}`;
      expect(bsnOf(digits.join(''))).toBeNull();
    }),
  );
});
