import { config } from '~/config/config.server';
import type { LookPurpose } from '~/model/view-as';
import { type PersonId, personKey } from '~/model/viewer';
import { signed } from '../viewer-token.server';

/** Whose data a call is about, and what it may do. */
export interface Binding {
  /** Null while a reference is being resolved to a person. */
  readonly subject: PersonId | null;
  /** Whether another than the subject asks: then the call may only read. */
  readonly reads: boolean;
  /** Why an employee or advisor looks. */
  readonly purpose?: LookPurpose;
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
 * @param binding claims of RFC 8693, with which the backend itself can refuse data of anyone but the subject, and writes of
 * anyone but the person themselves; null for calls of the portal that are about nobody
 */
export function zgwToken(userId: string, representation = '', binding: Binding | null = null): string {
  const { ZGW_CLIENT_ID, ZGW_SECRET } = config();
  const issued = Math.floor(Date.now() / 1000) - CLOCK_SKEW_SECONDS;
  const claims = {
    iss: ZGW_CLIENT_ID,
    iat: issued,
    exp: issued + LIFETIME_SECONDS,
    client_id: ZGW_CLIENT_ID,
    user_id: userId,
    user_representation: representation,
    ...(binding?.subject && { sub: personKey(binding.subject) }),
    ...(binding?.reads && { act: { sub: userId }, scope: 'read' }),
    ...(binding?.purpose && { purpose: binding.purpose }),
  };
  return signed(claims, ZGW_SECRET);
}
