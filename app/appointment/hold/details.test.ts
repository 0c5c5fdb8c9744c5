import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Translate } from '~/i18n/keys';
import { readDetails, westernDigits } from './details.server';

const t: Translate = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;

function filledIn(fields: Record<string, string>, count = 1) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  return readDetails(form, count, t);
}
const person = (given: Record<string, string> = {}) => ({
  'givenName-1': 'Amal',
  'familyName-1': 'Idrissi',
  'vNumber-1': '1234567890',
  ...given,
});
const errorsOf = (given: Record<string, string>) => Object.keys(filledIn(person(given)).errors);

describe('western digits', () => {
  test('replace Arabic and Persian digits and keep all else', () => {
    expect(westernDigits('٠١٢٣٤٥٦٧٨٩')).toBe('0123456789');
    expect(westernDigits('۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789');
    expect(westernDigits('+٣١ (6) ۱2-ا')).toBe('+31 (6) 12-ا');
  });

  test('of any mix give the number that was meant', () => {
    const digit = fc
      .nat(9)
      .chain((value) =>
        fc.constantFrom(0x30, 0x660, 0x6f0).map((zero) => ({ value, typed: String.fromCodePoint(zero + value) })),
      );
    fc.assert(
      fc.property(fc.array(digit, { maxLength: 20 }), (digits) => {
        expect(westernDigits(digits.map(({ typed }) => typed).join(''))).toBe(
          digits.map(({ value }) => value).join(''),
        );
      }),
    );
  });
});

describe('the form of a hold', () => {
  test('is trimmed, with western digits and no spaces in numbers', () => {
    const { people, email, phone, errors } = filledIn({
      ...person({ 'givenName-1': '  Amal ', 'vNumber-1': '١٢٣ ٤٥٦ ۷۸۹۰' }),
      email: ' amal@example.org ',
      phone: '٠٦ ١٢٣٤٥٦٧٨',
    });
    expect(errors).toEqual({});
    expect(people).toEqual([{ givenName: 'Amal', familyName: 'Idrissi', vNumber: '1234567890' }]);
    expect([email, phone]).toEqual(['amal@example.org', '06 12345678']);
  });

  test.each([
    ['given', { 'familyName-1': '' }],
    ['family', { 'givenName-1': '' }],
  ])('accepts a single name as the %s name', (_which, given) => {
    expect(errorsOf(given)).toEqual([]);
  });

  test.each(['', '   '])('refuses %j as a name', (blank) => {
    expect(errorsOf({ 'givenName-1': blank, 'familyName-1': blank })).toEqual(['givenName-1']);
  });

  test.each(['1234567890', '١٢٣٤٥٦٧٨٩٠'])('accepts the V-number %j', (vNumber) => {
    expect(errorsOf({ 'vNumber-1': vNumber })).toEqual([]);
  });

  test('needs a V-number for the first visitor only', () => {
    const { errors } = filledIn({ ...person({ 'vNumber-1': '' }), 'givenName-2': 'Yusuf', 'vNumber-2': '' }, 2);
    expect(errors).toEqual({ 'vNumber-1': 'appointment:hold.needVNumber {"number":1}' });
  });

  test.each(['123456789', '12345678901', 'V123'])('refuses the V-number %j', (vNumber) => {
    expect(errorsOf({ 'vNumber-1': vNumber })).toEqual(['vNumber-1']);
  });

  test.each(['', 'a@example.org', 'a.b+c@sub.example.org'])('accepts the address %j', (email) => {
    expect(errorsOf({ email })).toEqual([]);
  });

  test.each(['a', 'a@', '@example.org', 'a@example', 'a b@example.org', `${'a'.repeat(250)}@example.org`])(
    'refuses the address %j',
    (email) => {
      expect(errorsOf({ email })).toEqual(['email']);
    },
  );

  test('reports every error of every person at once', () => {
    const { people, errors } = filledIn(
      { ...person(), 'vNumber-2': '12', 'givenName-4': 'Not asked for', email: 'x' },
      3,
    );
    expect(people).toHaveLength(3);
    expect(errors).toEqual({
      'givenName-2': 'appointment:hold.needName {"number":2}',
      'vNumber-2': 'appointment:hold.badVNumber {"number":2}',
      'givenName-3': 'appointment:hold.needName {"number":3}',
      email: 'appointment:hold.badEmail {}',
    });
    // Wrong input comes back unchanged, to be corrected.
    expect(people[1]?.vNumber).toBe('12');
  });

  test('accepts names of any script', () => {
    expect(errorsOf({ 'givenName-1': 'ሰላም', 'familyName-1': 'الإدريسي' })).toEqual([]);
  });

  test('refuses a name longer than a name can be', () => {
    expect(errorsOf({ 'givenName-1': 'a'.repeat(200) })).toEqual([]);
    expect(errorsOf({ 'givenName-1': 'a'.repeat(201) })).toEqual(['givenName-1']);
  });
});
