import { expect, test } from 'vitest';
import { birthDateIn } from './birth-date';

test.each([
  ['1990-12-31', '1990-12-31'],
  [' 31-12-1990 ', '1990-12-31'],
  ['1/2/1990', '1990-02-01'],
  ['1.2.1990', '1990-02-01'],
  ['2026-03-02', '2026-03-02'],
  ['31-2-1990', null],
  ['2026-03-03', null],
  ['1890-01-01', null],
  ['31-12-90', null],
  ['yesterday', null],
])('the date of birth %j is %j', (text, iso) => {
  expect(birthDateIn(text, '2026-03-02')).toBe(iso);
});
