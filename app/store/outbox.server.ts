import { randomUUID } from 'node:crypto';
import { and, eq, gt, type InferSelectModel, inArray, lte, or, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import { retryDelaySeconds } from '~/model/move';
import { type MailKind, mailAddress, outbox } from './schema/outbox.server';
import { seal, unseal } from './seal.server';
import { db, rowKeys } from './store.server';

/** A mail to be sent. It is deleted with the watch or the ticket that it belongs to. */
export type OutboxMail = Readonly<Omit<InferSelectModel<typeof outbox>, 'address' | 'code'>> & {
  /** Null when no current key opens it, or when the address is not confirmed. */
  readonly address: string | null;
  /** No current key opens the address or the code. */
  readonly isSealed: boolean;
  readonly code: string | null;
};

interface NewMail {
  readonly language: OutboxMail['language'];
  readonly notBefore: Temporal.Instant;
}

export type PersonsMail = NewMail & { readonly addressId: string | null } & (
    | { readonly kind: Extract<MailKind, 'watch-set' | 'earlier-slot'>; readonly watchId: string }
    | { readonly kind: Extract<MailKind, 'draw-offer' | 'draw-lost'>; readonly ticketId: string }
  );

type Within = Pick<NodePgDatabase, 'insert' | 'select' | 'delete'>;

/**
 * Puts a mail to a person in the outbox, once for each kind of news. Nothing is sent to an address that is not confirmed:
 * this is the only way for such mail.
 */
export async function putInOutbox(mail: PersonsMail, now: Temporal.Instant): Promise<void> {
  const { addressId } = mail;
  if (addressId === null) return;
  const [known] = await db().select().from(mailAddress).where(eq(mailAddress.id, addressId));
  if (!known?.confirmedAt) return;
  const turn = await turnOf(known.owner, db());
  await db()
    .insert(outbox)
    .values({ ...mail, id: randomUUID(), turn, createdAt: now })
    .onConflictDoNothing();
}

/** Puts a code for an address in the outbox, in place of an unsent one. */
export async function putCodeInOutbox(
  mail: NewMail & { readonly addressId: string; readonly owner: string; readonly code: string },
  now: Temporal.Instant,
  within: Within,
): Promise<void> {
  const { owner, code, ...rest } = mail;
  await deleteUnsentCode(mail.addressId, within);
  const id = randomUUID();
  const turn = await turnOf(owner, within);
  const sealed = seal(code, id, rowKeys());
  await within.insert(outbox).values({ ...rest, id, kind: 'confirm-address', code: sealed, turn, createdAt: now });
}

export async function deleteUnsentCode(addressId: string, within: Pick<NodePgDatabase, 'delete'>): Promise<void> {
  await within.delete(outbox).where(and(eq(outbox.addressId, addressId), eq(outbox.kind, 'confirm-address')));
}

/** Puts a mail to an employee whom the configuration names in the outbox. */
export async function putReportInOutbox(
  mail: NewMail & { readonly address: string },
  now: Temporal.Instant,
  within: Pick<NodePgDatabase, 'insert'> = db(),
): Promise<void> {
  const id = randomUUID();
  const address = seal(mail.address, id, rowKeys());
  await within.insert(outbox).values({ ...mail, id, kind: 'emergency-report', address, createdAt: now });
}

/** The place of a person's next mail among their own unsent ones, from 1. */
async function turnOf(owner: string, within: Pick<NodePgDatabase, 'select'>): Promise<number> {
  const own = db().select({ id: mailAddress.id }).from(mailAddress).where(eq(mailAddress.owner, owner));
  const [row] = await within
    .select({ unsent: sql<number>`count(*)::int` })
    .from(outbox)
    .where(inArray(outbox.addressId, own));
  return (row?.unsent ?? 0) + 1;
}

/** Longer than handing over one mail takes, so that a mail is sent again only when its sender died. */
const CLAIM_SECONDS = 120;

/**
 * Claims the next due mail and counts the attempt; null when there is none. No other process gets it meanwhile. The privacy
 * officer's mail goes first. Then go all people's first mails, then their second ones and the second attempts, and so on,
 * so that neither many mails of one person nor an address that fails delays the others.
 */
export async function claimMail(now: Temporal.Instant): Promise<OutboxMail | null> {
  const next = db()
    .select({ id: outbox.id })
    .from(outbox)
    .where(lte(outbox.notBefore, now))
    .orderBy(sql`${outbox.kind} = 'emergency-report' desc, ${outbox.turn} + ${outbox.attempts}, ${outbox.createdAt}`)
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db()
    .update(outbox)
    .set({ notBefore: now.add({ seconds: CLAIM_SECONDS }), attempts: sql`${outbox.attempts} + 1` })
    .where(eq(outbox.id, next))
    .returning();
  if (!row) return null;
  const code = row.code && unseal(row.code, row.id, rowKeys());
  const { sealed, address } = await addressOf(row);
  return { ...row, address, code, isSealed: (sealed && address === null) || (row.code !== null && code === null) };
}

/** The address of a mail, and whether there is one that may be used, opened or not. */
async function addressOf({
  id,
  kind,
  address,
  addressId,
}: InferSelectModel<typeof outbox>): Promise<{ readonly sealed: boolean; readonly address: string | null }> {
  const none = { sealed: false, address: null };
  if (address) return { sealed: true, address: unseal(address, id, rowKeys()) };
  if (!addressId) return none;
  const [known] = await db().select().from(mailAddress).where(eq(mailAddress.id, addressId));
  if (!known?.address || (kind !== 'confirm-address' && !known.confirmedAt)) return none;
  return { sealed: true, address: unseal(known.address, known.id, rowKeys()) };
}

export async function takeOutOfOutbox(id: string): Promise<void> {
  await db().delete(outbox).where(eq(outbox.id, id));
}

/** What waits in the outbox, for the metrics. @param now mail that is not before it is due */
export async function outboxState(now: Temporal.Instant): Promise<{
  readonly due: number;
  readonly later: number;
  /** When the oldest that is due was made. */
  readonly oldest: Temporal.Instant | null;
}> {
  // A mail that was tried waits for its next attempt, and should have been sent all the same.
  const isDue = or(lte(outbox.notBefore, now), gt(outbox.attempts, 0));
  const [row] = await db()
    .select({
      due: sql<number>`count(*) filter (where ${isDue})`.mapWith(Number),
      all: sql<number>`count(*)`.mapWith(Number),
    })
    .from(outbox);
  const [first] = await db()
    .select({ at: outbox.createdAt })
    .from(outbox)
    .where(isDue)
    .orderBy(outbox.createdAt)
    .limit(1);
  return { due: row?.due ?? 0, later: (row?.all ?? 0) - (row?.due ?? 0), oldest: first?.at ?? null };
}

/** Schedules the next attempt for a mail that could not be sent, after a delay that grows with its attempts. */
export async function postpone(
  { id, attempts }: Pick<OutboxMail, 'id' | 'attempts'>,
  now: Temporal.Instant,
): Promise<void> {
  await putOff(id, now.add({ seconds: retryDelaySeconds(attempts) }));
}

/** Leaves a mail in the outbox until a moment, whatever its attempts. */
export async function putOff(id: string, notBefore: Temporal.Instant): Promise<void> {
  await db().update(outbox).set({ notBefore }).where(eq(outbox.id, id));
}
