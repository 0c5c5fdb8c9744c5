import { createHash, randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { deadlineFeed } from './schema/mandate.server';
import { ownerKeys, seal, unseal } from './seal.server';
import { db } from './store.server';

/** Makes a new secret address for an advisor's calendar (256 random bits). The previous one stops working. */
export async function createFeed(advisor: string, actor: string, language: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const tokenHash = hashOf(token);
  const row = { tokenHash, actor: seal(actor, tokenHash, ownerKeys()), language, createdAt: sql`now()` };
  await db()
    .insert(deadlineFeed)
    .values({ ...row, advisor })
    .onConflictDoUpdate({ target: deadlineFeed.advisor, set: row });
  return token;
}

export async function revokeFeed(advisor: string): Promise<void> {
  await db().delete(deadlineFeed).where(eq(deadlineFeed.advisor, advisor));
}

export async function hasFeed(advisor: string): Promise<boolean> {
  const rows = await db()
    .select({ advisor: deadlineFeed.advisor })
    .from(deadlineFeed)
    .where(eq(deadlineFeed.advisor, advisor));
  return rows.length > 0;
}

/** The advisor of a feed address; null when it is unknown or revoked. */
export async function readFeed(token: string): Promise<{ readonly actor: string; readonly language: string } | null> {
  const tokenHash = hashOf(token);
  const [row] = await db().select().from(deadlineFeed).where(eq(deadlineFeed.tokenHash, tokenHash));
  const actor = row && unseal(row.actor, tokenHash, ownerKeys());
  return row && actor ? { actor, language: row.language } : null;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
