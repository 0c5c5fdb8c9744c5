import type { JccSettings } from '~/config/planners.server';
import { type DeskAsks, USUAL_ASKS, type UsualQuestion } from '~/model/appointment';
import type { BookingRequest } from '../planner-port';
import type { CustomerFields } from './schema.server';

/** Fields that the portal fills in by itself, and those that most people have no value for. */
const FILLED = new Set(['firstName', 'initials', 'lastName', 'gender', 'lastNamePrefix', 'houseNumberSuffix']);
const PHONES = ['mainPhoneNumber', 'mobilePhoneNumber'];

const ASKED: Readonly<Record<string, { readonly label: UsualQuestion; readonly maxLength: number }>> = {
  birthDate: { label: 'birthDate', maxLength: 10 },
  streetName: { label: 'street', maxLength: 64 },
  houseNumber: { label: 'houseNumber', maxLength: 10 },
  postalCode: { label: 'postcode', maxLength: 16 },
  city: { label: 'city', maxLength: 80 },
};

/** What an activity asks of a visitor; null where it requires what the portal can't ask, such as a nationality. */
export function asksOf(
  { hidden, required, needsPhone }: CustomerFields,
  { asks: set }: Pick<JccSettings, 'asks'>,
): DeskAsks | null {
  const rest = required.filter((name) => !FILLED.has(name) && !PHONES.includes(name) && name !== 'emailAddress');
  if (rest.some((name) => !(name in ASKED))) return null;
  const wanted = (names: readonly string[], usual: DeskAsks['email']) => {
    if (names.some((name) => required.includes(name))) return 'required';
    return names.every((name) => hidden.includes(name)) ? 'unused' : usual;
  };
  return {
    email: wanted(['emailAddress'], set.email ?? USUAL_ASKS.email),
    phone: needsPhone ? 'required' : wanted(PHONES, set.phone ?? USUAL_ASKS.phone),
    own: Object.entries(ASKED).flatMap(([name, field]) => (rest.includes(name) ? [{ name, ...field }] : [])),
  };
}

/**
 * The first visitor, in whose name the appointment is. `gender` is required by the API: 0 is neither.
 *
 * @param fields null where they could not be asked
 */
export function mainCustomer(
  { visitors, email, phone, answers = {} }: BookingRequest,
  fields: CustomerFields | null,
): Record<string, unknown> {
  const [main] = visitors;
  const isRequired = (name: string) => fields?.required.includes(name) ?? false;
  const texts = {
    firstName: main?.givenName ?? '',
    initials: isRequired('initials') ? initialsOf(main?.givenName || main?.familyName || '') : '',
    lastName: main?.familyName ?? '',
    emailAddress: email,
    phoneNumber: phone,
    mobilePhoneNumber: isRequired('mobilePhoneNumber') ? phone : '',
    birthDate: answers.birthDate ?? '',
    streetName: answers.streetName ?? '',
    postalCode: answers.postalCode ?? '',
    city: answers.city ?? '',
  };
  const [, number, suffix = ''] = /^(\d{1,6})\s*-?\s*(.*)$/.exec(answers.houseNumber ?? '') ?? [];
  return {
    id: null,
    isMainCustomer: true,
    gender: 0,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    ...(number === undefined ? {} : { houseNumber: Number(number) }),
    ...(suffix === '' ? {} : { houseNumberSuffix: suffix }),
  };
}

/** Everybody who comes, with their V-numbers, for the employee at the counter. */
export const messageOf = ({ visitors, reference }: Pick<BookingRequest, 'visitors' | 'reference'>): string =>
  `${visitors.map(({ givenName, familyName, vNumber }) => [givenName, familyName, vNumber].filter(Boolean).join(' ')).join('; ')} [${reference}]`;

const initialsOf = (names: string): string =>
  names
    .split(/[\s-]+/)
    .flatMap((name) => [...name].slice(0, 1))
    .map((letter) => `${letter.toUpperCase()}.`)
    .join('');
