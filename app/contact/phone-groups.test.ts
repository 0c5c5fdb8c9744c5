import { expect, test } from 'vitest';
import { groupedLike } from './phone-groups';

const MODEL = '+31 88 043 0430';

test('a number takes the groups of one of the same area', () => {
  expect(groupedLike(MODEL, '+31880430440')).toBe('+31 88 043 0440');
  expect(groupedLike(MODEL, '+31 880 430 440')).toBe('+31 88 043 0440');
});

test.each(['+31612345678', '+32880430440', '+3188043044', '112'])('%s keeps the form that it has', (number) => {
  expect(groupedLike(MODEL, number)).toBe(number);
});

test('a model without groups gives none', () => {
  expect(groupedLike('+31880430430', '+31880430440')).toBe('+31880430440');
});
