import { expect, test } from 'vitest';
import { addressFor, isIban, type Way, waysFor } from './ways';

const way = (procedures: string[], url: string): Way => ({ kind: 'online', url, procedures, note: {} });
const common = way([], 'https://agency.example/upload');
const own = way(['family'], 'https://agency.example/family?case={reference}');

test('a procedure with ways of its own has only these', () => {
  expect(waysFor([common, own], 'family')).toEqual([own]);
  expect(waysFor([common, own], 'study')).toEqual([common]);
  expect(waysFor([common, own], null)).toEqual([common]);
});

test('a reference is encoded into an address', () => {
  expect(addressFor('https://agency.example/family?case={reference}', 'Z 1/2&3')).toBe(
    'https://agency.example/family?case=Z%201%2F2%263',
  );
});

test.each([
  ['NL91 ABNA 0417 1643 00', true],
  ['DE89370400440532013000', true],
  ['NL91 ABNA 0417 1643 01', false],
  ['1234', false],
])('%s: account number is %s', (text, expected) => expect(isIban(text)).toBe(expected));
