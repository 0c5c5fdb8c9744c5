import type { PlannerResult, Refusal } from '~/model/appointment';
import { readAs } from '../field-values.server';
import type { Answer } from '../gate.server';
import { namedField } from '../named-field';
import { errorsSchema } from './schema.server';

/** The API's error codes, mapped to the portal's reasons; all others are `not-possible`. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  appointmentNotAvailable: 'slot-taken',
  noAppointmentForThisDay: 'slot-taken',
  noAppointmentsAtLocation: 'slot-taken',
  processNotReservedAnymore: 'hold-expired',
  processNotPreconfirmedAnymore: 'hold-expired',
  preconfirmationExpired: 'hold-expired',
  appointmentNotFound: 'hold-expired',
  tooManyAppointmentsWithSameMail: 'already-has-booking',
  processAlreadyExists: 'already-has-booking',
  tooManySlotsPerAppointment: 'party-too-large',
  appointmentCanNotBeCanceled: 'too-late',
  processAlreadyCalled: 'too-late',
  captchaMissing: 'challenge-needed',
  captchaInvalid: 'challenge-needed',
  captchaExpired: 'challenge-needed',
  captchaVerificationFailed: 'challenge-needed',
  captchaVerificationError: 'challenge-needed',
  rateLimitExceeded: 'slow-down',
  emailIsRequired: 'needs-email',
  invalidEmail: 'needs-email',
  telephoneIsRequired: 'needs-phone',
  invalidTelephone: 'needs-phone',
  invalidCustomTextfield: 'needs-answer',
};

/** The error codes of a refusal, with a small first letter as the API's description has them. */
export function codesIn(answer: Answer<unknown>): readonly string[] {
  if (answer.ok || answer.body === undefined) return [];
  try {
    const parsed = readAs(errorsSchema, JSON.parse(answer.body));
    return parsed.success ? parsed.data.map(asDescribed) : [];
  } catch {
    return [];
  }
}

const asDescribed = (code: string): string =>
  Object.keys(REFUSALS).find((known) => known.toLowerCase() === code.toLowerCase()) ??
  code.slice(0, 1).toLowerCase() + code.slice(1);

/** A 404 without a body: of an API that has not got it, or of a proxy that knows no path. */
export const isBare404 = (answer: Answer<unknown>): boolean =>
  !answer.ok && answer.status === 404 && /^\s*(\{\}|\[\]|null|"")?\s*$/.test(answer.body ?? '');

/**
 * Why the planner refused.
 *
 * @param lost what a missing answer means
 * @param sent the address and number that it may have refused
 */
export function refusalIn(
  answer: Answer<unknown>,
  lost: 'outcome-unknown' | 'could-not-ask',
  sent: { readonly email: string; readonly phone: string } = { email: '', phone: '' },
): Extract<PlannerResult<never>, { ok: false }> {
  if (answer.ok || answer.why !== 'refused') {
    return { ok: false, why: !answer.ok && answer.unsent ? 'could-not-ask' : lost };
  }
  const code = codesIn(answer).find((each) => REFUSALS[each]);
  const named = answer.status === 429 ? 'slow-down' : namedField(answer.body ?? '', sent);
  const known = (code && REFUSALS[code]) || (named ?? 'not-possible');
  // The API counts calls per minute.
  if (known === 'slow-down') return { ok: false, why: known, retryAfter: answer.retryAfter ?? 60 };
  if (known === 'needs-email' && sent.email !== '') return { ok: false, why: 'email-refused' };
  if (known === 'needs-phone' && sent.phone !== '') return { ok: false, why: 'phone-refused' };
  return { ok: false, why: known };
}
