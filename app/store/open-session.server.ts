import { and, desc, eq, gt, inArray, or } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import type { Transacting } from './audit-append.server';
import { session } from './schema/session.server';

/** An open session as its person sees it. */
export interface OpenSession {
  readonly idHash: string;
  readonly device: string | null;
  /** Keyed hash of whom the person acts for there; null for themselves. */
  readonly represented: string | null;
  readonly createdAt: Temporal.Instant;
  readonly lastSeenAt: Temporal.Instant;
}

/** The keyed hash of a sign-in, or those of people's numbers: sessions of theirs, and in which others act for them. */
export type SessionsOf = { readonly subject: string } | { readonly owners: readonly string[] };

/** A person's sessions that are still valid, the last used first. */
export async function openSessions(
  database: Pick<NodePgDatabase, 'select'>,
  whose: SessionsOf,
  now: Temporal.Instant,
): Promise<OpenSession[]> {
  const { idHash, device, represented, createdAt, lastSeenAt } = session;
  return database
    .select({ idHash, device, represented, createdAt, lastSeenAt })
    .from(session)
    .where(and(ofPerson(whose), gt(session.idleExpiresAt, now), gt(session.absoluteExpiresAt, now)))
    .orderBy(desc(lastSeenAt), idHash);
}

/**
 * Ends some of a person's sessions, or all without `idHashes`. Returns how many there were.
 *
 * @param witness runs in the same transaction, to write the audit entry; not called when there were none
 */
export async function endSessions(
  database: Transacting,
  whose: SessionsOf,
  idHashes: readonly string[] | null,
  witness: (transaction: Transacting, count: number) => Promise<unknown>,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const which = idHashes === null ? undefined : inArray(session.idHash, [...idHashes]);
    const ended = await transaction
      .delete(session)
      .where(and(ofPerson(whose), which))
      .returning({ idHash: session.idHash });
    if (ended.length > 0) await witness(transaction, ended.length);
    return ended.length;
  });
}

const ofPerson = (whose: SessionsOf) =>
  'subject' in whose
    ? eq(session.subject, whose.subject)
    : or(inArray(session.owner, [...whose.owners]), inArray(session.represented, [...whose.owners]));
