import type { Planned, Refusal } from '~/model/appointment';
import type { Answer } from '../gate.server';
import { errorsSchema } from './schema.server';

/** The portal's words for the API's error codes; the rest is `not-possible`. */
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
};

/** The codes that a refusal names; none where it names none. */
export function codesIn(answer: Answer<unknown>): readonly string[] {
  if (answer.ok || answer.body === undefined) return [];
  try {
    const parsed = errorsSchema.safeParse(JSON.parse(answer.body));
    return parsed.success ? parsed.data.errors.map(({ errorCode }) => errorCode) : [];
  } catch {
    return [];
  }
}

/** Why the planner did not do it. @param lost what it means when no answer came */
export function refusalIn(
  answer: Answer<unknown>,
  lost: 'outcome-unknown' | 'could-not-ask',
): Extract<Planned<never>, { ok: false }> {
  if (answer.ok || answer.why !== 'refused') {
    return { ok: false, why: !answer.ok && answer.unsent ? 'could-not-ask' : lost };
  }
  const code = codesIn(answer).find((each) => REFUSALS[each]);
  const why = (code && REFUSALS[code]) || (answer.status === 429 ? 'slow-down' : 'not-possible');
  // It counts calls by the minute.
  return why === 'slow-down' ? { ok: false, why, retryAfter: 60 } : { ok: false, why };
}
