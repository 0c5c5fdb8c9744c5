import { createHash, randomBytes } from 'node:crypto';
import { and, eq, getTableColumns, gt, lte, or, sql } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import { session } from './schema/session.server';
import { seal, unseal } from './seal.server';
import { db, sealingKeys, urgently } from './store.server';

/** JSON whose shape the identity room defines. It is sealed in the table. */
export type Payload = unknown;

/** Whose session it is: keyed hashes, and the kind of device. */
export interface SessionSubject {
  readonly subject: string;
  /** Only for an applicant. */
  readonly owner: string | null;
  /** Whom they act for. */
  readonly represented?: string | null;
  readonly device: string;
  /** The provider's own session, where it names one. */
  readonly providerSession: string | null;
}

export interface StoredSession {
  readonly payload: Payload;
  readonly createdAt: Temporal.Instant;
  readonly lastSeenAt: Temporal.Instant;
  readonly idleExpiresAt: Temporal.Instant;
  readonly absoluteExpiresAt: Temporal.Instant;
  /** Whether its owner has a code for a call, or somebody looks along. */
  readonly mayBeInCall: boolean;
}

export interface SessionLimits {
  readonly idleMinutes: number;
  readonly absoluteMinutes: number;
}

const ID_BYTES = 32;
/** By how much the clocks of two processes may differ, seconds. */
const CLOCK_SKEW = 60;

/** Opens a session and returns its id (256 random bits, base64url); the table has only its hash. */
export async function createSession(
  payload: Payload,
  limits: SessionLimits,
  now: Temporal.Instant,
  whose?: SessionSubject,
): Promise<string> {
  const id = randomBytes(ID_BYTES).toString('base64url');
  await db()
    .insert(session)
    .values({ ...rowOf(id, payload, limits, now), ...whose });
  return id;
}

/**
 * The session with this id; null when there is none, it expired, or its payload can't be opened. An expired one is
 * deleted at once, so that a clock that is set back later does not revive it.
 */
export async function readSession(id: string, now: Temporal.Instant): Promise<StoredSession | null> {
  const idHash = hashOf(id);
  const [row] = await urgently(() =>
    db()
      .select({ ...getTableColumns(session), mayBeInCall: MAY_BE_IN_CALL })
      .from(session)
      .where(eq(session.idHash, idHash)),
  );
  if (!row) return null;
  if (!isAlive(row, now)) {
    await db().delete(session).where(eq(session.idHash, idHash));
    return null;
  }
  const payload = unseal(row.payload, idHash, sealingKeys());
  return payload === null ? null : { ...row, payload: JSON.parse(payload) };
}

/** Resets the session's idle time (never past its absolute end). False when the session is gone. */
export async function touchSession(id: string, idleMinutes: number, now: Temporal.Instant): Promise<boolean> {
  const touched = await db()
    .update(session)
    .set({ lastSeenAt: now, idleExpiresAt: now.add({ minutes: idleMinutes }) })
    .where(alive(hashOf(id), now))
    .returning({ idHash: session.idHash });
  return touched.length === 1;
}

export async function deleteSession(id: string): Promise<void> {
  await urgently(() =>
    db()
      .delete(session)
      .where(eq(session.idHash, hashOf(id))),
  );
}

export async function deleteExpiredSessions(now: Temporal.Instant): Promise<number> {
  const gone = await db()
    .delete(session)
    .where(or(lte(session.idleExpiresAt, now), lte(session.absoluteExpiresAt, now)))
    .returning({ idHash: session.idHash });
  return gone.length;
}

/** A session that was used in the future was measured by a clock that has been set back: its age is unknown. */
function isAlive(
  { lastSeenAt, idleExpiresAt, absoluteExpiresAt }: Omit<StoredSession, 'payload' | 'mayBeInCall'>,
  now: Temporal.Instant,
): boolean {
  const isBefore = (instant: Temporal.Instant) => Temporal.Instant.compare(now, instant) < 0;
  return (
    isBefore(idleExpiresAt) && isBefore(absoluteExpiresAt) && !isBefore(lastSeenAt.subtract({ seconds: CLOCK_SKEW }))
  );
}

/** In the query that reads the session anyway: pages of people without a call cost nothing more. */
const MAY_BE_IN_CALL = sql<boolean>`${session.owner} is not null and (
  exists (select 1 from view_grant where view_grant.owner = ${session.owner} and view_grant.state = 'active'
    and view_grant.expires_at > now())
  or exists (select 1 from spoken_code where spoken_code.owner = ${session.owner} and spoken_code.purpose = 'view'
    and spoken_code.used_at is null and spoken_code.expires_at > now()))`;

const alive = (idHash: string, now: Temporal.Instant) =>
  and(eq(session.idHash, idHash), gt(session.idleExpiresAt, now), gt(session.absoluteExpiresAt, now));

function rowOf(id: string, payload: Payload, limits: SessionLimits, now: Temporal.Instant) {
  const idHash = hashOf(id);
  return {
    idHash,
    payload: seal(JSON.stringify(payload), idHash, sealingKeys()),
    createdAt: now,
    lastSeenAt: now,
    idleExpiresAt: now.add({ minutes: limits.idleMinutes }),
    absoluteExpiresAt: now.add({ minutes: limits.absoluteMinutes }),
  };
}

/** What the table has of a session's id. */
export const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex');
