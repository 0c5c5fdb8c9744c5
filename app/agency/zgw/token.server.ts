import { config } from '~/config/config.server';
import { type PersonId, personKey } from '~/model/viewer';
import { signed } from '../viewer-token.server';

/** A look at somebody else's data. `subject` null: the reference must first tell whose it is. */
export interface Looking {
  readonly subject: PersonId | null;
}

/**
 * The bearer token of one ZGW call: HS256 over iss, iat, client_id, user_id, user_representation, as the standard
 * prescribes; it has no expiry of its own, servers refuse one of over an hour, so each call gets a new one.
 * @param userId who really asks; it lands in the backend's audit trail
 * @param representation for whom and on what ground, and that it is only to read; empty for a person's own data
 * @param looking of a look at somebody else's data the claims of RFC 8693: the backend itself is to refuse writes, and
 * anybody's data but the subject's
 */
export function zgwToken(userId: string, representation = '', looking: Looking | null = null): string {
  const { ZGW_CLIENT_ID, ZGW_SECRET } = config();
  const claims = {
    iss: ZGW_CLIENT_ID,
    iat: Math.floor(Date.now() / 1000),
    client_id: ZGW_CLIENT_ID,
    user_id: userId,
    user_representation: representation,
    ...(looking && {
      act: { sub: userId },
      scope: 'read',
      ...(looking.subject && { sub: personKey(looking.subject) }),
    }),
  };
  return signed(claims, ZGW_SECRET);
}
