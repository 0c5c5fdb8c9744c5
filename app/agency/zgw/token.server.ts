import { config } from '~/config/config.server';
import type { LookPurpose } from '~/model/view-as';
import { type PersonId, personKey } from '~/model/viewer';
import { signed } from '../viewer-token.server';

/** A look at somebody else's data. `subject` is null while a reference is being resolved to a person. */
export interface Looking {
  readonly purpose: LookPurpose;
  readonly subject: PersonId | null;
}

/** Open Zaak refuses a token that was made in its future, if only by a second, and one that is over an hour old. */
const CLOCK_SKEW_SECONDS = 60;
const LIFETIME_SECONDS = 3600;

/**
 * The bearer token of one ZGW call: HS256 over iss, iat, client_id, user_id, user_representation, as the standard
 * prescribes, and exp, which registries may heed. Each call gets a new one. It is dated back a minute, so that a portal
 * whose clock is ahead of the registry's is let in.
 * @param userId who really asks; stored in the backend's audit trail
 * @param representation for whom, why, and that it only reads; empty for a person's own data
 * @param looking claims of RFC 8693 for a look at somebody else's data, with which the backend itself can refuse writes
 * and data of anyone but the subject
 */
export function zgwToken(userId: string, representation = '', looking: Looking | null = null): string {
  const { ZGW_CLIENT_ID, ZGW_SECRET } = config();
  const issued = Math.floor(Date.now() / 1000) - CLOCK_SKEW_SECONDS;
  const claims = {
    iss: ZGW_CLIENT_ID,
    iat: issued,
    exp: issued + LIFETIME_SECONDS,
    client_id: ZGW_CLIENT_ID,
    user_id: userId,
    user_representation: representation,
    ...(looking && {
      act: { sub: userId },
      scope: 'read',
      purpose: looking.purpose,
      ...(looking.subject && { sub: personKey(looking.subject) }),
    }),
  };
  return signed(claims, ZGW_SECRET);
}
