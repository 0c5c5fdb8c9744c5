import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Translate } from '~/i18n/keys';
import { westernDigits } from '~/model/digits';
import { readDetails } from './details.server';

const t: Translate = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;

const comer = (name: string, vNumber = '') => ({
  givenName: name,
  familyName: '',
  vNumber,
  owners: [`hash of ${name}`],
  isApplicant: false,
});
const AMAL = comer('Amal', '1234567890');
const YUSUF = comer('Yusuf');

function filledIn(fields: Record<string, string | string[]>, count = 1, comers = [AMAL]) {
  const form = new FormData();
  for (const [field, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(field, value);
  return readDetails(form, count, comers, t);
}
const errorsOf = (given: Record<string, string>) => Object.keys(filledIn(given).errors);

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
  test('is trimmed, with western digits', () => {
    const { email, phone, errors } = filledIn({ email: ' amal@example.org ', phone: '٠٦ ١٢٣٤٥٦٧٨' });
    expect([email, phone, errors]).toEqual(['amal@example.org', '06 12345678', {}]);
  });

  test('never decides a name or a V-number', () => {
    const forged = { 'givenName-1': 'Mallory', 'vNumber-1': '9999999999', vNumber: '9999999999', people: 'x' };
    const { details } = filledIn(forged);
    expect(details.people).toEqual([{ givenName: 'Amal', familyName: '', vNumber: '1234567890' }]);
    expect(details.visitors).toEqual(['hash of Amal']);
  });

  test('chooses who comes when not all do, and nobody outside the case', () => {
    const choose = (who: string[]) => filledIn({ who }, 1, [AMAL, YUSUF]);
    expect(choose(['0']).details.people.map(({ givenName }) => givenName)).toEqual(['Amal']);
    for (const who of [[], ['0', '1'], ['7'], ['-1'], ['x']]) expect(Object.keys(choose(who).errors)).toEqual(['who']);
    expect(filledIn({ who: ['7'] }, 2, [AMAL, YUSUF]).details.people).toHaveLength(2);
  });

  test('puts first whom the planner knows by number, and needs one', () => {
    const names = (comers: (typeof AMAL)[]) => filledIn({}, comers.length, comers).details.people;
    expect(names([YUSUF, AMAL]).map(({ givenName }) => givenName)).toEqual(['Amal', 'Yusuf']);
    expect(filledIn({}, 1, [YUSUF]).errors).toEqual({ who: 'appointment:hold.noVNumber {}' });
    expect(Object.keys(filledIn({}, 1, []).errors)).toEqual(['who']);
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
});
