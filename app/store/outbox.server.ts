import { randomUUID } from 'node:crypto';
import { asc, eq, type InferSelectModel, lte, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { waitBefore } from '~/model/move';
import { outbox } from './schema/outbox.server';
import { seal, unseal } from './seal.server';
import { db, sealingKeys } from './store.server';

/** A mail that is to be sent. It goes with the wish or the ticket that it belongs to, if any. */
export type OutboxMail = Readonly<Omit<InferSelectModel<typeof outbox>, 'address'>> & {
  /** Null where no key opens it any more. */
  readonly address: string | null;
};

export async function putInOutbox(
  mail: Pick<OutboxMail, 'kind' | 'language' | 'notBefore'> &
    ({ readonly watchId: string } | { readonly ticketId: string } | { readonly kind: 'emergency-report' }) & {
      readonly address: string;
    },
  now: Temporal.Instant,
): Promise<void> {
  const id = randomUUID();
  await db()
    .insert(outbox)
    .values({ ...mail, id, address: seal(mail.address, id, sealingKeys()), createdAt: now });
}

/** Mail that is to be sent by now. */
export async function dueMail(now: Temporal.Instant, count = 20): Promise<OutboxMail[]> {
  const rows = await db()
    .select()
    .from(outbox)
    .where(lte(outbox.notBefore, now))
    .orderBy(asc(outbox.createdAt))
    .limit(count);
  return rows.map((row) => ({ ...row, address: unseal(row.address, row.id, sealingKeys()) }));
}

export async function takeOutOfOutbox(id: string): Promise<void> {
  await db().delete(outbox).where(eq(outbox.id, id));
}

/** Sent in vain: not again before a while, which grows. */
export async function postpone(
  { id, attempts }: Pick<OutboxMail, 'id' | 'attempts'>,
  now: Temporal.Instant,
): Promise<void> {
  const notBefore = now.add({ seconds: waitBefore(attempts + 1) });
  await db()
    .update(outbox)
    .set({ attempts: sql`${outbox.attempts} + 1`, notBefore })
    .where(eq(outbox.id, id));
}
