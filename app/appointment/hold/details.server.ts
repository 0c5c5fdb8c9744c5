import { optionalEmail } from '~/appointment/form-fields.server';
import type { Comer, PersonFields } from '~/appointment/party.server';
import type { Translate } from '~/i18n/keys';
import { westernDigits } from '~/model/digits';

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
 * Accepts digits of any script and spaces in numbers.
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
  const address = text('email');
  if (!optionalEmail.safeParse(address).success) errors.email = t('appointment:hold.badEmail');
  if (agree && !form.has('agree')) errors.agree = t('appointment:hold.needAgree');
  const contact = { email: address, phone: westernDigits(text('phone')).slice(0, 30) };
  return {
    ...contact,
    who,
    errors,
    details: {
      ...contact,
      people: people.map(({ givenName, familyName, vNumber }) => ({ givenName, familyName, vNumber })),
      visitors: coming.flatMap(({ owners }) => owners),
    },
  };
}
