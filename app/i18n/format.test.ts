import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '~/model/language';
import { formatsOf } from './format.server';

describe('dates in each language', () => {
  test.each([
    ['nl', '12 maart 2026'],
    ['en', '12 March 2026'],
    ['ar', '12 آذار/مارس 2026'],
    ['fa', '۱۲ مارس ۲۰۲۶'],
    ['uk', '12 березня 2026 р.'],
    ['ru', '12 марта 2026 г.'],
    ['tr', '12 Mart 2026'],
    ['ti', 'መጋቢት 12, 2026'],
    ['so', 'Maarso 12, 2026'],
    ['de', '12. März 2026'],
    ['fr', '12 mars 2026'],
    ['es', '12 de marzo de 2026'],
    ['zh', '2026年3月12日'],
  ] as const)('%s: %s', (language, words) => {
    expect(plain(formatsOf(language).date('2026-03-12'))).toBe(words);
  });

  test.each([
    ['nl', 'donderdag 12 maart'],
    ['en', 'Thursday 12 March'],
    ['ar', 'الخميس، 12 آذار/مارس'],
    ['de', 'Donnerstag, 12. März'],
  ] as const)('%s with the day of the week: %s', (language, words) => {
    expect(plain(formatsOf(language).weekday('2026-03-12'))).toBe(words);
  });

  test.each([
    ['nl', 'maart 2026'],
    ['en', 'March 2026'],
    ['ar', 'آذار/مارس 2026'],
    ['de', 'März 2026'],
  ] as const)('%s, the month of a day and of a month: %s', (language, words) => {
    expect(formatsOf(language).month('2026-03-12')).toBe(words);
    expect(formatsOf(language).month('2026-03')).toBe(words);
  });

  test.each(LANGUAGES)('%s: a day and its month stay on one line', (language) => {
    const { date, weekday } = formatsOf(language);
    const [year, day] = [date('2026-03-12'), weekday('2026-03-12')].map((words) =>
      inPlainDigits(words)
        .split(/ /)
        .find((part) => part.includes('12')),
    );
    for (const part of [year, day]) expect(part).toMatch(/\p{L}{3,}|月/u);
  });

  test('every language shows the Gregorian day and year', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom(...LANGUAGES), (date, language) => {
        const iso = date.toISOString().slice(0, 10);
        const numbers = inPlainDigits(formatsOf(language).date(iso)).match(/\d+/g)?.map(Number);
        expect(numbers).toEqual(expect.arrayContaining([date.getUTCDate(), date.getUTCFullYear()]));
      }),
    );
  });
});

describe('times', () => {
  test.each(LANGUAGES)('%s: a time at a desk stays the same, in 24 hours', (language) => {
    for (const time of ['00:00', '09:10', '12:00', '23:59'])
      expect(inPlainDigits(formatsOf(language).time(time))).toBe(time);
  });

  test('an instant is shown in its zone, with summer time', () => {
    const { clock } = formatsOf('nl');
    expect(clock('2026-01-15T08:30:00Z', 'Europe/Amsterdam')).toBe('09:30');
    expect(clock('2026-07-15T08:30:00Z', 'Europe/Amsterdam')).toBe('10:30');
    expect(clock('2026-07-15T22:30:59.999Z', 'Europe/Amsterdam')).toBe('00:30');
  });
});

describe('numbers and lists', () => {
  test.each([
    ['nl', '12.345'],
    ['en', '12,345'],
    ['ar', '12,345'],
  ] as const)('%s: %s', (language, words) => {
    expect(formatsOf(language).number(12_345)).toBe(words);
  });

  test.each([
    ['nl', 'Zwolle, Den Haag en Den Bosch'],
    ['en', 'Zwolle, Den Haag and Den Bosch'],
    ['ar', 'Zwolle وDen Haag وDen Bosch'],
  ] as const)('%s: %s', (language, words) => {
    expect(formatsOf(language).list(['Zwolle', 'Den Haag', 'Den Bosch'])).toBe(words);
  });

  test.each(LANGUAGES)('%s: lists of one item and of none', (language) => {
    expect(formatsOf(language).list(['Zwolle'])).toBe('Zwolle');
    expect(formatsOf(language).list([])).toBe('');
  });
});

const plain = (words: string): string => words.replaceAll('\u00a0', ' ');

/** Persian has digits of its own. */
const inPlainDigits = (text: string): string =>
  text.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - '۰'.charCodeAt(0)));

test('money has its sign, and two decimals where it has cents', () => {
  expect(formatsOf('en').money(1325.5, '€')).toBe('€\u00a01,325.50');
  expect(formatsOf('nl').money(350, '$')).toBe('$\u00a0350');
});
