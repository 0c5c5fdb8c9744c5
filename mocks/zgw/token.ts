import { createHmac, timingSafeEqual } from 'node:crypto';
import { ZGW_CLIENT } from '../secrets';

const LIFETIME_SECONDS = 3600;

export type TokenRefusal = { readonly code: string; readonly detail: string };

/**
 * Checks the bearer token of a ZGW call: HS256, the claims that the standard asks for, and an age of at most an hour.
 * Open Zaak gives the other's clock no leeway.
 * Returns null where it is good. `realSeconds` is the real time, not the world's: the token's maker has no other.
 */
export function refuseToken(authorization: string | null, realSeconds: number): TokenRefusal | null {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return refused('not_authenticated', 'Authenticatiegegevens zijn niet opgegeven.');
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = readPart(head);
  const claims = readPart(body);
  if (header === null || claims === null || more.length > 0) {
    return refused('jwt-decode-error', 'Het token kan niet gelezen worden.');
  }
  if (header.alg !== 'HS256') return refused('jwt-invalid-alg', 'Alleen HS256 wordt aanvaard.');
  const expected = createHmac('sha256', ZGW_CLIENT.secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (claims.client_id !== ZGW_CLIENT.id || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return refused('jwt-signature-error', 'Client credentials zijn niet geldig.');
  }
  for (const name of ['iss', 'user_id', 'user_representation']) {
    if (typeof claims[name] !== 'string') return refused('jwt-missing-claim', `Claim ${name} ontbreekt.`);
  }
  if (typeof claims.iat !== 'number') return refused('jwt-missing-iat', 'Claim iat ontbreekt.');
  if (claims.iat > realSeconds) return refused('jwt-not-yet-valid', 'Het token geldt nog niet.');
  if (typeof claims.exp === 'number' && claims.exp <= realSeconds)
    return refused('jwt-expired', 'Het token is verlopen.');
  if (realSeconds - claims.iat > LIFETIME_SECONDS) return refused('jwt-expired', 'Het token is verlopen.');
  return null;
}

/** The limits of a valid token, which its claims name. */
export function limitsIn(authorization: string | null): {
  /** The only person whose cases it may search for; null: no such limit. */
  readonly subject: string | null;
  readonly onlyReads: boolean;
  /** Whether it is for a look whose purpose must be named, and is not. */
  readonly lacksPurpose: boolean;
} {
  const claims = readPart(/^Bearer [^.]*\.([^.]*)\./.exec(authorization ?? '')?.[1] ?? '') ?? {};
  const { sub: subject, purpose, scope, user_representation: representation } = claims;
  const onlyReads = scope === 'read';
  const isNamed = typeof purpose === 'string' && PURPOSES.test(purpose);
  return {
    subject: typeof subject === 'string' ? subject : null,
    onlyReads,
    lacksPurpose: onlyReads && !isNamed && !`${representation}`.startsWith('represents;'),
  };
}

/** Why an employee may look at somebody's data. */
const PURPOSES = /^(question-(page|wait|appointment|documents)|danger-to-life)$/;

const refused = (code: string, detail: string): TokenRefusal => ({ code, detail });

function readPart(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
