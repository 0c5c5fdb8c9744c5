import { and, eq, type InferSelectModel, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import type { ContactMoment } from '~/model/contact-moment';
import { retryDelaySeconds } from '~/model/move';
import { contactMoment } from './schema/helpdesk.server';
import { db } from './store.server';

/** A call that is to be written to the register, and how often that was tried. */
export interface WaitingContact extends ContactMoment {
  readonly attempts: number;
}

/** Longer than writing one takes, so that it is claimed again only when its process died. */
const CLAIM_SECONDS = 120;

/** Notes that a call must be written, in the transaction that notes its reason. Once for each look. */
export async function putContact(
  { at, ...moment }: Omit<ContactMoment, 'at'> & { readonly at: Temporal.Instant },
  now: Temporal.Instant,
  within: Pick<NodePgDatabase, 'insert'>,
): Promise<void> {
  await within
    .insert(contactMoment)
    .values({ ...moment, at, createdAt: sql`now()`, notBefore: now })
    .onConflictDoNothing();
}

/** Claims the next one that is due and counts the attempt; null when there is none. */
export async function claimContact(now: Temporal.Instant): Promise<WaitingContact | null> {
  const next = db()
    .select({ id: contactMoment.id })
    .from(contactMoment)
    .where(and(lte(contactMoment.notBefore, now), isNull(contactMoment.parkedAt)))
    .orderBy(contactMoment.notBefore, contactMoment.id)
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db()
    .update(contactMoment)
    .set({ notBefore: now.add({ seconds: CLAIM_SECONDS }), attempts: sql`${contactMoment.attempts} + 1` })
    .where(inArray(contactMoment.id, next))
    .returning();
  return row ? waiting(row) : null;
}

function waiting(row: InferSelectModel<typeof contactMoment>): WaitingContact {
  const { createdAt: _, notBefore: __, parkedAt: ___, at, ...moment } = row;
  return { ...moment, at: at.toString() };
}

/** It is in the register now. */
export async function deleteContact(id: string): Promise<void> {
  await db().delete(contactMoment).where(eq(contactMoment.id, id));
}

/** Schedules the next attempt, after a delay that grows with the attempts. */
export async function postponeContact({ id, attempts }: WaitingContact, now: Temporal.Instant): Promise<void> {
  const seconds = retryDelaySeconds(attempts);
  await db()
    .update(contactMoment)
    .set({ notBefore: now.add({ seconds }) })
    .where(eq(contactMoment.id, id));
}

/** Keeps one that the register does not take, until somebody looked at it. */
export async function parkContact(id: string): Promise<void> {
  await db().update(contactMoment).set({ parkedAt: sql`now()` }).where(eq(contactMoment.id, id));
}

/** How many wait, for the metrics. */
export async function contactState(): Promise<{ readonly due: number; readonly parked: number }> {
  const [row] = await db()
    .select({
      parked: sql<number>`count(${contactMoment.parkedAt})`.mapWith(Number),
      all: sql<number>`count(*)`.mapWith(Number),
    })
    .from(contactMoment);
  const { parked, all } = row ?? { parked: 0, all: 0 };
  return { due: all - parked, parked };
}

/** Deletes what the register did not take within 30 days. */
export async function deleteOldContacts(): Promise<void> {
  await db().delete(contactMoment).where(sql`${contactMoment.createdAt} < now() - interval '30 days'`);
}
