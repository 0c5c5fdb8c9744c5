import { z } from 'zod';
import type { PersonFields } from '~/appointment/party.server';
import type { Translate } from '~/i18n/keys';

export interface Details {
  readonly people: readonly PersonFields[];
  readonly email: string;
  readonly phone: string;
}

/** The form as it was sent, and its errors: field name → what to do. */
export interface FilledIn extends Details {
  readonly errors: Readonly<Record<string, string>>;
}

const name = z.string().trim().min(1).max(200);
const vNumber = z.string().regex(/^(\d{10})?$/);
const email = z.union([z.literal(''), z.email().max(254)]);

/**
 * Reads the form of a hold. Accepts digits of any script and spaces in numbers.
 *
 * @param agree the person must tick that the old booking may be given up first
 */
export function readDetails(form: FormData, count: number, t: Translate, agree = false): FilledIn {
  const text = (field: string) => String(form.get(field) ?? '').trim();
  const errors: Record<string, string> = {};
  const people = Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const person = {
      givenName: text(`givenName-${number}`),
      familyName: text(`familyName-${number}`),
      vNumber: westernDigits(text(`vNumber-${number}`)).replace(/[^\d]/g, ''),
    };
    // People with a single name may use either field.
    if (!name.safeParse(person.givenName || person.familyName).success)
      errors[`givenName-${number}`] = t('appointment:hold.needName', { number });
    // The planner knows the first visitor by V-number; companions may have none.
    if (number === 1 && person.vNumber === '') errors['vNumber-1'] = t('appointment:hold.needVNumber', { number });
    if (!vNumber.safeParse(person.vNumber).success)
      errors[`vNumber-${number}`] = t('appointment:hold.badVNumber', { number });
    return person;
  });
  const address = text('email');
  if (!email.safeParse(address).success) errors.email = t('appointment:hold.badEmail');
  if (agree && !form.has('agree')) errors.agree = t('appointment:hold.needAgree');
  return { people, email: address, phone: westernDigits(text('phone')).slice(0, 30), errors };
}

/** Replaces Arabic and Persian digits, which phone keyboards of those languages type. */
export function westernDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
