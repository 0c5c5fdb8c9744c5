import { randomUUID } from 'node:crypto';
import { asc, eq, type InferSelectModel, lte, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import { retryDelaySeconds } from '~/model/move';
import { outbox } from './schema/outbox.server';
import { seal, unseal } from './seal.server';
import { db, sealingKeys } from './store.server';

/** A mail to be sent. It is deleted with the watch or the ticket that it belongs to. */
export type OutboxMail = Readonly<Omit<InferSelectModel<typeof outbox>, 'address'>> & {
  /** Null when no current key opens it. */
  readonly address: string | null;
};

export async function putInOutbox(
  mail: Pick<OutboxMail, 'kind' | 'language' | 'notBefore'> &
    ({ readonly watchId: string } | { readonly ticketId: string } | { readonly kind: 'emergency-report' }) & {
      readonly address: string;
    },
  now: Temporal.Instant,
  within: Pick<NodePgDatabase, 'insert'> = db(),
): Promise<void> {
  const id = randomUUID();
  await within.insert(outbox).values({ ...mail, id, address: seal(mail.address, id, sealingKeys()), createdAt: now });
}

/** Longer than handing over one mail takes, so that a mail is sent again only when its sender died. */
const CLAIM_SECONDS = 120;

/** Claims the oldest due mail and counts the attempt; null when there is none. No other process gets it meanwhile. */
export async function claimMail(now: Temporal.Instant): Promise<OutboxMail | null> {
  const oldest = db()
    .select({ id: outbox.id })
    .from(outbox)
    .where(lte(outbox.notBefore, now))
    .orderBy(asc(outbox.createdAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db()
    .update(outbox)
    .set({ notBefore: now.add({ seconds: CLAIM_SECONDS }), attempts: sql`${outbox.attempts} + 1` })
    .where(eq(outbox.id, oldest))
    .returning();
  return row ? { ...row, address: unseal(row.address, row.id, sealingKeys()) } : null;
}

export async function takeOutOfOutbox(id: string): Promise<void> {
  await db().delete(outbox).where(eq(outbox.id, id));
}

/** Schedules the next attempt for a mail that could not be sent, after a delay that grows with its attempts. */
export async function postpone(
  { id, attempts }: Pick<OutboxMail, 'id' | 'attempts'>,
  now: Temporal.Instant,
): Promise<void> {
  const notBefore = now.add({ seconds: retryDelaySeconds(attempts) });
  await db().update(outbox).set({ notBefore }).where(eq(outbox.id, id));
}
