import { HttpResponse } from 'msw';
import { uuidOf } from '../world/seed';

interface InvalidParam {
  readonly name: string;
  readonly code: string;
  readonly reason: string;
}

const KINDS = {
  400: ['ValidationError', 'invalid', 'Invalid input.'],
  403: ['PermissionDenied', 'permission_denied', 'Je hebt geen toestemming om deze actie uit te voeren.'],
  404: ['NotFound', 'not_found', 'Niet gevonden.'],
  405: ['MethodNotAllowed', 'method_not_allowed', 'Methode niet toegestaan.'],
  406: ['NotAcceptable', 'not_acceptable', 'Kan niet voldoen aan de opgegeven Accept header.'],
  412: ['PreconditionFailed', 'header-missing', 'Verplichte header ontbreekt.'],
  500: ['ServerError', 'error', 'Er is een serverfout opgetreden.'],
} as const;

/** An answer in the error shape of the ZGW standards (`application/problem+json`). */
export function problem(
  request: Request,
  status: keyof typeof KINDS,
  detail?: string,
  rest: { readonly code?: string; readonly invalidParams?: readonly InvalidParam[] } = {},
) {
  const [kind, code, title] = KINDS[status];
  const url = new URL(request.url);
  const body = {
    type: `${url.origin}/ref/fouten/${kind}/`,
    code: rest.code ?? code,
    title,
    status,
    detail: detail ?? title,
    instance: `urn:uuid:${uuidOf('problem', request.method, url.pathname, String(status))}`,
    ...(rest.invalidParams === undefined ? {} : { invalidParams: rest.invalidParams }),
  };
  return HttpResponse.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}
