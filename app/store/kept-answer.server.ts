import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { and, desc, eq, gt, lte, notInArray } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { keptAnswer, session } from './schema/session.server';
import { keyOf, seal, unsealBytes } from './seal.server';
import { hashOf } from './session.server';
import { db, urgently } from './store.server';

/** What a session was told last about something. `sessionId` is the browser's, which the table does not have. */
interface Kept {
  readonly sessionId: string;
  /** What was asked, for whom, by which version of the portal. */
  readonly about: string;
}

/** Answers of one session. */
const MOST = 20;
/** Bytes of one answer, packed: that of an advisor with 1,000 clients has half of it. */
const MOST_BYTES = 131_072;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Replaces what was kept about it, and forgets the session's oldest beyond `MOST`. False: too large, or no session. */
export async function keepAnswer(
  kept: Kept,
  text: string,
  { now, until }: { readonly now: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<boolean> {
  const packed = await pack(text);
  if (packed.length > MOST_BYTES) return false;
  const row = { session: hashOf(kept.sessionId), about: aboutOf(kept) };
  const content = seal(packed, contextOf(row), [keyOf(kept.sessionId, 'kept answer')]);
  return db().transaction(async (within) => {
    // The session may have ended while the answer was on its way; its lock keeps it until this has been committed.
    const alive = await within
      .select({ idHash: session.idHash })
      .from(session)
      .where(eq(session.idHash, row.session))
      .for('key share');
    if (alive.length === 0) return false;
    const values = { content, keptAt: now, expiresAt: until };
    await within
      .insert(keptAnswer)
      .values({ ...row, ...values })
      .onConflictDoUpdate({ target: [keptAnswer.session, keptAnswer.about], set: values });
    const newest = within
      .select({ about: keptAnswer.about })
      .from(keptAnswer)
      .where(eq(keptAnswer.session, row.session))
      .orderBy(desc(keptAnswer.keptAt), desc(keptAnswer.about))
      .limit(MOST);
    await within
      .delete(keptAnswer)
      .where(and(eq(keptAnswer.session, row.session), notInArray(keptAnswer.about, newest)));
    return true;
  });
}

/** What was kept; null when nothing was, or it expired. */
export async function readKept(kept: Kept, now: Temporal.Instant): Promise<string | null> {
  const row = { session: hashOf(kept.sessionId), about: aboutOf(kept) };
  const [found] = await urgently(() =>
    db()
      .select({ content: keptAnswer.content })
      .from(keptAnswer)
      .where(and(eq(keptAnswer.session, row.session), eq(keptAnswer.about, row.about), gt(keptAnswer.expiresAt, now))),
  );
  const packed = found && unsealBytes(found.content, contextOf(row), [keyOf(kept.sessionId, 'kept answer')]);
  return packed ? `${await unpack(packed)}` : null;
}

export async function deleteExpiredAnswers(now: Temporal.Instant): Promise<void> {
  await db().delete(keptAnswer).where(lte(keptAnswer.expiresAt, now));
}

const aboutOf = ({ sessionId, about }: Kept): string =>
  createHash('sha256').update(`${sessionId}\n${about}`).digest('hex');

const contextOf = ({ session: of, about }: { readonly session: string; readonly about: string }): string =>
  `kept answer\n${of}\n${about}`;
