import { HttpResponse } from 'msw';

/** The errors that the simulated citizen API gives, by code, with their statuses. */
const STATUSES = {
  invalidRequest: 400,
  invalidStartDate: 400,
  invalidEndDate: 400,
  invalidOfficeId: 400,
  invalidServiceId: 400,
  invalidServiceCount: 400,
  invalidTimestamp: 400,
  invalidProcessId: 400,
  invalidAuthKey: 400,
  invalidFamilyName: 400,
  invalidEmail: 400,
  invalidTelephone: 400,
  invalidLocationAndServiceCombination: 400,
  captchaMissing: 400,
  captchaInvalid: 400,
  preconfirmationExpired: 400,
  tooManySlotsPerAppointment: 400,
  unauthorized: 401,
  appointmentNotFound: 404,
  appointmentNotAvailable: 404,
  appointmentCanNotBeCanceled: 406,
  authKeyMismatch: 406,
  emailIsRequired: 406,
  tooManyAppointmentsWithSameMail: 406,
  processNotReservedAnymore: 409,
  processNotPreconfirmedAnymore: 409,
  rateLimitExceeded: 429,
  unknownError: 520,
} as const;

export type ZmsError = keyof typeof STATUSES;

/** The highest status of several is that of the answer. */
export function errorsOf(...codes: readonly ZmsError[]): HttpResponse<string> {
  const errors = codes.map((errorCode) => ({
    errorCode,
    statusCode: STATUSES[errorCode],
    errorMessage: `Simulated: ${errorCode}`,
    errorType: 'error',
  }));
  const status = Math.max(...errors.map(({ statusCode }) => statusCode));
  return new HttpResponse(JSON.stringify({ errors }), { status, headers: { 'content-type': 'application/json' } });
}

export const isZmsError = (value: unknown): value is ZmsError => typeof value === 'string' && value in STATUSES;
