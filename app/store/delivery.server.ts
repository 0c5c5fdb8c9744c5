import { and, eq, getTableColumns, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import { isUrgent, priorityOf } from '~/model/message';
import { type Channel, nextWay } from '~/model/next-way';
import { isUuid } from './columns.server';
import { type OutboxMail, putNewsInOutbox } from './outbox.server';
import { type MessageState, message, messageSubscription } from './schema/message.server';
import { type DeliveryState, delivery, mailAddress, outbox } from './schema/outbox.server';
import { db } from './store.server';

type Transaction = Pick<NodePgDatabase, 'select' | 'insert' | 'update' | 'delete'>;
type Mail = Pick<OutboxMail, 'id' | 'kind' | 'messageId' | 'addressId'> & { readonly channel: Channel };

/** Notes that a mail is about to be handed over, before it is: its provider may answer first. */
export async function beginDelivery(
  { id, kind, messageId, addressId, channel }: Mail,
  now: Temporal.Instant,
): Promise<void> {
  if (addressId === null) return;
  await db()
    .insert(delivery)
    .values({ id, kind, messageId, addressId, channel, state: 'handing', createdAt: now })
    // One that was parked is handed over again.
    .onConflictDoUpdate({ target: delivery.id, set: { state: 'handing' }, setWhere: eq(delivery.state, 'refused') });
}

/** Takes a mail that was handed over out of the outbox. What its provider told meanwhile stays. */
export const noteHandedOver = (
  { id, messageId }: Pick<Mail, 'id' | 'messageId'>,
  now: Temporal.Instant,
): Promise<void> =>
  db().transaction(async (transaction) => {
    const isHanding = and(eq(delivery.id, id), eq(delivery.state, 'handing'));
    await transaction.update(delivery).set({ state: 'sent', settledAt: now }).where(isHanding);
    const mine = await transaction.delete(outbox).where(eq(outbox.id, id)).returning({ id: outbox.id });
    if (mine.length > 0 && messageId) await settle(messageId, 'sent', now, transaction);
  });

/** Takes a mail out that is not sent. */
export const dropMail = (
  { id, messageId }: Pick<Mail, 'id' | 'messageId'>,
  state: Extract<MessageState, 'failed' | 'dropped'>,
  now: Temporal.Instant,
): Promise<void> =>
  db().transaction(async (transaction) => {
    await transaction.delete(outbox).where(eq(outbox.id, id));
    if (messageId) await settle(messageId, state, now, transaction);
  });

/** What became of a mail. `failed`: for now. */
export type Became = Extract<DeliveryState, 'delivered' | 'failed' | 'refused' | 'bounced'>;

/**
 * Notes what became of a mail, once: repeated and contradicting reports change nothing, in whatever order they come. A
 * message that did not arrive is queued again where there is still a way. False for a mail that is not known, or settled.
 *
 * @param id of its row in the outbox
 */
export const settleDelivery = (id: string, became: Became, now: Temporal.Instant): Promise<boolean> =>
  db().transaction(async (transaction) => {
    if (!isUuid(id)) return false;
    const [settled] = await transaction
      .update(delivery)
      .set({ state: became, settledAt: now })
      .where(and(eq(delivery.id, id), inArray(delivery.state, ['handing', 'sent'])))
      .returning();
    if (!settled) return false;
    const { messageId } = settled;
    if (became === 'delivered') {
      if (messageId) await settle(messageId, 'delivered', now, transaction);
      return true;
    }
    await noteOnAddress(settled, now, transaction);
    const next = messageId === null ? null : await nextMailOf(messageId, settled, now, transaction);
    // What no provider takes waits for an operator, unless the message goes on without it.
    const mine = eq(outbox.id, id);
    if (became === 'refused' && !next) await transaction.update(outbox).set({ parkedAt: now }).where(mine);
    else await transaction.delete(outbox).where(mine);
    if (next) await putNewsInOutbox(next, now, transaction);
    if (messageId) await settle(messageId, next ? 'queued' : 'failed', now, transaction);
    return true;
  });

/** Keeps a mail to an employee until an operator looked at it. */
export async function parkReport(id: string, now: Temporal.Instant): Promise<void> {
  await db().update(outbox).set({ parkedAt: now }).where(eq(outbox.id, id));
}

type Settled = typeof delivery.$inferSelect;

/** An address that takes nothing gets nothing until its owner confirms it again; a code that failed is told on its page. */
async function noteOnAddress({ addressId, kind, state }: Settled, now: Temporal.Instant, within: Transaction) {
  if (addressId === null) return;
  const failed = {
    ...(state === 'bounced' ? { bouncedAt: now, confirmedAt: null } : {}),
    ...(kind === 'confirm-address' ? { codeFailedAt: now } : {}),
  };
  if (Object.keys(failed).length === 0) return;
  await within.update(mailAddress).set(failed).where(eq(mailAddress.id, addressId));
}

/** The mail with which a message goes on; null when no way is left, or its person wants no more. */
async function nextMailOf(messageId: string, settled: Settled, now: Temporal.Instant, within: Transaction) {
  const [found] = await within
    .select({
      ...getTableColumns(message),
      language: messageSubscription.language,
      addressId: messageSubscription.addressId,
      numberId: messageSubscription.numberId,
    })
    .from(message)
    .innerJoin(messageSubscription, eq(messageSubscription.id, message.subscriptionId))
    .where(and(eq(message.id, messageId), eq(messageSubscription.state, 'on'), ne(message.state, 'delivered')))
    .for('update');
  if (!found) return null;
  const tries = await within.select({ to: delivery.addressId }).from(delivery).where(eq(delivery.messageId, messageId));
  const undelivered = {
    // Only what a person must know is worth a text message.
    ways: await reachable([found.addressId, found.kinds.some(isUrgent) ? found.numberId : null], within),
    failed: settled.addressId,
    isForNow: settled.state === 'failed',
    triesAt: (way: string) => tries.filter(({ to }) => to === way).length,
    useUntil: found.useUntil,
  };
  const next = nextWay(undelivered, now);
  const { language, kinds } = found;
  return next && { messageId, language, addressId: next.way, notBefore: next.at, priority: priorityOf(kinds) };
}

/** Those of some addresses that may get mail, in their order. */
async function reachable(ids: readonly (string | null)[], within: Transaction): Promise<string[]> {
  const known = ids.filter((id) => id !== null);
  const isReached = and(
    isNotNull(mailAddress.confirmedAt),
    isNull(mailAddress.bouncedAt),
    isNotNull(mailAddress.address),
  );
  const rows = await within
    .select({ id: mailAddress.id })
    .from(mailAddress)
    .where(and(inArray(mailAddress.id, known), isReached));
  return known.filter((id) => rows.some((row) => row.id === id));
}

/** States that a message may leave for another. What was delivered or dropped stays so. */
const BEFORE: Readonly<Record<MessageState, readonly MessageState[]>> = {
  queued: ['queued', 'sent', 'failed'],
  sent: ['queued', 'failed'],
  delivered: ['queued', 'sent', 'failed'],
  failed: ['queued', 'sent'],
  dropped: ['queued'],
};

async function settle(id: string, state: MessageState, now: Temporal.Instant, within: Transaction): Promise<void> {
  const settledAt = state === 'queued' ? null : now;
  const mayChange = and(eq(message.id, id), inArray(message.state, [...BEFORE[state]]));
  await within.update(message).set({ state, settledAt }).where(mayChange);
}

export interface Attempt {
  readonly messageId: string;
  readonly channel: Channel;
  readonly state: DeliveryState;
  readonly at: Temporal.Instant;
}

/** All attempts of some messages, the first one first. */
export async function attemptsOf(messages: readonly string[]): Promise<Attempt[]> {
  const rows = await db()
    .select()
    .from(delivery)
    .where(inArray(delivery.messageId, [...messages]))
    .orderBy(delivery.createdAt);
  return rows.flatMap(({ messageId, channel, state, settledAt, createdAt }) =>
    messageId === null ? [] : [{ messageId, channel, state, at: settledAt ?? createdAt }],
  );
}
