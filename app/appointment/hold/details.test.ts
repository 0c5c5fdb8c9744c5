import { describe, expect, test } from 'vitest';
import type { Translate } from '~/i18n/keys';
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

describe('the form of a hold', () => {
  test('shows what was typed, and sends bare addresses and numbers', () => {
    const { details, phone, errors } = filledIn({ email: ' amal@bücher.example ', phone: '06 1234 5678' });
    expect([phone, errors]).toEqual(['06 1234 5678', {}]);
    expect(details).toMatchObject({ email: 'amal@xn--bcher-kva.example', phone: '0612345678' });
  });

  test('never makes another number of a telephone number', () => {
    for (const phone of ['06 12345678 (after 5)', '0612345678 0687654321', `06${'1'.repeat(29)}`]) {
      const { details, errors } = filledIn({ phone });
      expect([Object.keys(errors), details.phone]).toEqual([['phone'], '']);
    }
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
