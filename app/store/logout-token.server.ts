import { eq, lte, or } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { logoutToken, session } from './schema/session.server';
import { db } from './store.server';

/** Whose sessions a logout token ends: keyed hashes. */
interface LoggedOut {
  /** Of every sign-in of this person. */
  readonly subject: string | null;
  /** Of the sign-ins of this one session at the provider. */
  readonly providerSession: string | null;
}

/**
 * Ends sessions for a logout token. Returns their number, or null when the token was used before.
 *
 * @param until when the token can be forgotten, since its age alone refuses it
 */
export function endSessionsOnce(
  jtiHash: string,
  until: Temporal.Instant,
  { subject, providerSession }: LoggedOut,
): Promise<number | null> {
  return db().transaction(async (within) => {
    const first = await within
      .insert(logoutToken)
      .values({ jtiHash, expiresAt: until })
      .onConflictDoNothing()
      .returning({ jtiHash: logoutToken.jtiHash });
    if (first.length === 0) return null;
    const ended = await within
      .delete(session)
      .where(
        or(
          ...(subject === null ? [] : [eq(session.subject, subject)]),
          ...(providerSession === null ? [] : [eq(session.providerSession, providerSession)]),
        ),
      )
      .returning({ idHash: session.idHash });
    return ended.length;
  });
}

/** @param now the machine's time, as the tokens have it */
export async function deleteOldLogoutTokens(now: Temporal.Instant): Promise<void> {
  await db().delete(logoutToken).where(lte(logoutToken.expiresAt, now));
}
