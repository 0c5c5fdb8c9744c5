import { emailError } from '~/appointment/email-words';
import { optionalEmail } from '~/appointment/form-fields.server';
import type { Comer, PersonFields } from '~/appointment/party.server';
import type { Translate } from '~/i18n/keys';
import { PHONE_CHARACTERS, phoneOf } from '~/model/contact-address';

export interface Details {
  /** Who comes, as the case names them; the planner knows the first by V-number. */
  readonly people: readonly PersonFields[];
  readonly email: string;
  readonly phone: string;
  /** Keyed hashes of those who come, where the agency knows their numbers. */
  readonly visitors: readonly string[];
}

/** The form as it was sent, and its errors: field name → what to do. */
export interface FilledIn extends Pick<Details, 'email' | 'phone'> {
  /** Positions in the list of those who can come. */
  readonly who: readonly number[];
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * Reads the form of a hold. Names and V-numbers are never taken from it: it only chooses among the case's people.
 *
 * @param count how many people the slot is for
 * @param comers those who can come
 * @param agree the person must tick that the old booking may be given up first
 * @param visits when each of `comers` has a visit for the same already: a second one must be ticked
 */
export function readDetails(
  form: FormData,
  count: number,
  comers: readonly Comer[],
  t: Translate,
  agree = false,
  visits: readonly (string | null)[] = [],
): FilledIn & { readonly details: Details } {
  const text = (field: string) => String(form.get(field) ?? '').trim();
  const errors: Record<string, string> = {};
  const ticked = new Set(form.getAll('who').map(String));
  const all = comers.map((_, index) => index);
  const who = comers.length > count ? all.filter((index) => ticked.has(String(index))) : all;
  const coming = who.flatMap((index) => comers[index] ?? []);
  if (coming.length !== count) errors.who = t('appointment:hold.needWho', { number: count });
  // The planner knows the first visitor by V-number; companions may have none.
  const people = [...coming].sort((a, b) => Number(a.vNumber === '') - Number(b.vNumber === ''));
  if (who.some((index) => visits[index]) && !form.has('twice')) errors.who = t('appointment:hold.needTwice');
  if (coming.length === count && !people[0]?.vNumber) errors.who = t('appointment:hold.noVNumber');
  const typed = { email: text('email'), phone: text('phone') };
  const email = optionalEmail.safeParse(typed.email).data ?? null;
  if (email === null) errors.email = emailError(typed.email, t);
  const phone = typed.phone === '' ? '' : phoneOf(typed.phone);
  if (typed.phone.length > PHONE_CHARACTERS)
    errors.phone = t('trouble:tooLong', { field: t('appointment:hold.phone'), most: PHONE_CHARACTERS });
  else if (phone === null) errors.phone = t('appointment:hold.badPhone');
  if (agree && !form.has('agree')) errors.agree = t('appointment:hold.needAgree');
  return {
    ...typed,
    who,
    errors,
    details: {
      email: email ?? '',
      phone: phone ?? '',
      people: people.map(({ givenName, familyName, vNumber }) => ({ givenName, familyName, vNumber })),
      visitors: coming.flatMap(({ owners }) => owners),
    },
  };
}
