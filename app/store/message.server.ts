import { randomUUID } from 'node:crypto';
import { and, desc, eq, getTableColumns, type InferSelectModel, inArray, lte, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import { type Due, type Kind, priorityOf } from '~/model/message';
import { isUuid } from './columns.server';
import { putNewsInOutbox } from './outbox.server';
import { message, messageEvent, messageSubscription } from './schema/message.server';
import { outbox } from './schema/outbox.server';
import { seal, unseal } from './seal.server';
import { db, rowKeys } from './store.server';

/** Who gets messages about changes, and what they chose. */
export type Subscription = Readonly<InferSelectModel<typeof messageSubscription>>;

type Chosen = Pick<Subscription, 'topics' | 'language' | 'zone' | 'quietFrom' | 'quietUntil' | 'addressId'> & {
  readonly numberId?: string | null;
};

export async function subscriptionOf(owner: string): Promise<Subscription | null> {
  const [row] = await db().select().from(messageSubscription).where(eq(messageSubscription.owner, owner));
  return row ?? null;
}

/** A subscription by its id alone, for a link that stops it. */
export async function subscriptionWith(id: string): Promise<Subscription | null> {
  if (!isUuid(id)) return null;
  const [row] = await db().select().from(messageSubscription).where(eq(messageSubscription.id, id));
  return row ?? null;
}

/**
 * Begins messages or changes what was chosen.
 *
 * @param viewer who asks the agency, as text
 */
export async function subscribe(owner: string, chosen: Chosen, viewer: string, now: Temporal.Instant): Promise<string> {
  const known = await subscriptionOf(owner);
  const id = known?.id ?? randomUUID();
  const sealed = seal(viewer, id, rowKeys());
  const on = {
    ...chosen,
    numberId: chosen.numberId ?? null,
    sealed,
    state: 'on',
    stoppedWhy: null,
    lookAt: now,
    failures: 0,
    updatedAt: now,
  } as const;
  await db()
    .insert(messageSubscription)
    .values({ ...on, id, owner, createdAt: now })
    .onConflictDoUpdate({ target: messageSubscription.owner, set: on });
  return id;
}

const NOTHING = { sealed: null, picture: null, caseHashes: [], addressId: null, numberId: null };

/** Remembers that a person wants no messages, so that they are not asked again. Changes nothing for who gets them. */
export async function skipSubscription(owner: string, language: Subscription['language'], now: Temporal.Instant) {
  const none = { topics: [], zone: 'UTC', quietFrom: '00:00', quietUntil: '00:00', lookAt: now };
  await db()
    .insert(messageSubscription)
    .values({ ...none, id: randomUUID(), owner, language, state: 'skipped', createdAt: now, updatedAt: now })
    .onConflictDoNothing();
}

/** Ends messages. What waits is not sent, and nothing is kept but what was sent before. False when they had ended. */
export const stopSubscription = (
  id: string,
  stoppedWhy: NonNullable<Subscription['stoppedWhy']>,
  now: Temporal.Instant,
): Promise<boolean> =>
  db().transaction(async (transaction) => {
    const rows = await transaction
      .update(messageSubscription)
      .set({ ...NOTHING, state: 'stopped', stoppedWhy, updatedAt: now })
      .where(and(eq(messageSubscription.id, id), eq(messageSubscription.state, 'on')))
      .returning({ id: messageSubscription.id });
    const waiting = transaction
      .select({ id: message.id })
      .from(message)
      .where(and(eq(message.subscriptionId, id), eq(message.state, 'queued')));
    await transaction.delete(outbox).where(inArray(outbox.messageId, waiting));
    await transaction
      .update(message)
      .set({ state: 'dropped', settledAt: now })
      .where(and(eq(message.subscriptionId, id), eq(message.state, 'queued')));
    return rows.length === 1;
  });

/** Has the people of a changed case looked after at once. @param caseHash keyed hash of the case */
export async function wakeSubscriptions(caseHash: string, now: Temporal.Instant): Promise<void> {
  await db()
    .update(messageSubscription)
    .set({ lookAt: now })
    .where(
      and(eq(messageSubscription.state, 'on'), sql`${messageSubscription.caseHashes} @> ${sql.param([caseHash])}`),
    );
}

/** Longer than a look takes, so that another process takes over only from one that died. */
const LOOK_SECONDS = 120;

/** Of a person who can be reached. */
const IS_REACHED = sql`exists (select 1 from mail_address where mail_address.id = ${messageSubscription.addressId}
  and mail_address.confirmed_at is not null and mail_address.bounced_at is null)`;

/** Claims people whose cases are due to be looked after, who have waited longest first. Nobody else gets them meanwhile. */
export async function claimLooks(now: Temporal.Instant, limit: number): Promise<Subscription[]> {
  const next = db()
    .select({ id: messageSubscription.id })
    .from(messageSubscription)
    .where(and(eq(messageSubscription.state, 'on'), lte(messageSubscription.lookAt, now), IS_REACHED))
    .orderBy(messageSubscription.lookAt)
    .limit(limit)
    .for('update', { skipLocked: true });
  return db()
    .update(messageSubscription)
    .set({ lookAt: now.add({ seconds: LOOK_SECONDS }) })
    .where(inArray(messageSubscription.id, next))
    .returning();
}

/** Who asks the agency, and what they read last; null when no current key opens it. */
export function secretsOf({ id, sealed, picture }: Subscription): { viewer: string; picture: string | null } | null {
  const viewer = sealed && unseal(sealed, id, rowKeys());
  return viewer ? { viewer, picture: picture && unseal(picture, id, rowKeys()) } : null;
}

interface Looked {
  readonly picture: string;
  readonly caseHashes: readonly string[];
  readonly nextAt: Temporal.Instant;
  readonly due: readonly (Due & { readonly target: string })[];
  readonly mergeMinutes: number;
}

/**
 * Keeps what was found, and puts the news in the outbox: all or nothing. Does nothing when messages were stopped or another
 * process looked meanwhile. A notification that came during the look has it done again.
 */
export const finishLook = (claimed: Subscription, looked: Looked, now: Temporal.Instant): Promise<void> =>
  db().transaction(async (transaction) => {
    const { id, lookAt, lookedAt } = claimed;
    const [mine] = await transaction
      .update(messageSubscription)
      .set({
        picture: seal(looked.picture, id, rowKeys()),
        caseHashes: [...looked.caseHashes],
        lookedAt: now,
        failures: 0,
        lookAt: sql`case when ${messageSubscription.lookAt} = ${lookAt.toString()}::timestamptz
          then ${looked.nextAt.toString()}::timestamptz else ${messageSubscription.lookAt} end`,
      })
      .where(
        and(
          eq(messageSubscription.id, id),
          eq(messageSubscription.state, 'on'),
          sql`${messageSubscription.lookedAt} is not distinct from ${lookedAt?.toString() ?? null}::timestamptz`,
        ),
      )
      .returning();
    if (mine) for (const news of looked.due) await putNews(mine, news, looked.mergeMinutes, now, transaction);
  });

/** Asks again later, after a time that grows with the failures. */
export async function putOffLook({ id, lookAt }: Subscription, now: Temporal.Instant): Promise<void> {
  await db()
    .update(messageSubscription)
    .set({
      failures: sql`${messageSubscription.failures} + 1`,
      lookAt: sql`${now.toString()}::timestamptz
        + least(60, power(2, least(${messageSubscription.failures}, 6))) * interval '1 minute'`,
    })
    .where(and(eq(messageSubscription.id, id), eq(messageSubscription.lookAt, lookAt)));
}

/** Tells a person at once that the portal has what they did; nothing for who gets no messages. */
export const putReceipt = (owner: string, event: string, target: string, now: Temporal.Instant): Promise<void> =>
  db().transaction(async (transaction) => {
    const [row] = await transaction
      .select(getTableColumns(messageSubscription))
      .from(messageSubscription)
      .where(and(eq(messageSubscription.owner, owner), eq(messageSubscription.state, 'on'), IS_REACHED))
      .for('update');
    const news = { kind: 'receipt', event, about: null, sendAt: now, target } as const;
    if (row) await putNews(row, news, 0, now, transaction);
  });

type Transaction = Pick<NodePgDatabase, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/** One piece of news, once: in the message that waits already, or in a new one. The subscription's row is locked. */
async function putNews(
  { id: subscriptionId, addressId, language }: Subscription,
  news: Due & { readonly target: string },
  mergeMinutes: number,
  now: Temporal.Instant,
  within: Transaction,
): Promise<void> {
  const { event, kind, sendAt } = news;
  const isEvent = and(eq(messageEvent.subscriptionId, subscriptionId), eq(messageEvent.event, event));
  const known = await within.select({ event: messageEvent.event }).from(messageEvent).where(isEvent);
  if (known.length > 0 || addressId === null) return;
  const waiting = kind === 'receipt' ? null : await waitingFor(subscriptionId, sendAt, mergeMinutes, within);
  if (waiting) {
    await addTo(waiting, news, within);
    await within.insert(messageEvent).values({ subscriptionId, event, kind, messageId: waiting.id });
    return;
  }
  const messageId = randomUUID();
  const useUntil = news.until ?? null;
  const target = seal(news.target, messageId, rowKeys());
  const made = { id: messageId, subscriptionId, kinds: [kind], target, sendAt, useUntil, createdAt: now };
  await within.insert(message).values({ ...made, state: 'queued' });
  await within.insert(messageEvent).values({ subscriptionId, event, kind, messageId });
  const mail = { addressId, messageId, language, notBefore: sendAt, priority: priorityOf([kind]) };
  await putNewsInOutbox(mail, now, within);
}

/** A message that has not left and leaves at about this time. */
async function waitingFor(subscriptionId: string, sendAt: Temporal.Instant, minutes: number, within: Transaction) {
  const [found] = await within
    .select({ ...getTableColumns(message), mail: outbox.id })
    .from(message)
    .innerJoin(outbox, eq(outbox.messageId, message.id))
    .where(
      and(
        eq(message.subscriptionId, subscriptionId),
        eq(outbox.attempts, 0),
        sql`not ${message.kinds} && '{receipt}'`,
        sql`${outbox.notBefore} between ${sendAt.subtract({ minutes }).toString()}::timestamptz
          and ${sendAt.toString()}::timestamptz`,
      ),
    )
    .orderBy(desc(outbox.notBefore))
    .limit(1)
    .for('update', { of: outbox, skipLocked: true });
  return found ?? null;
}

async function addTo(
  { id, mail, kinds: old, target, useUntil }: NonNullable<Awaited<ReturnType<typeof waitingFor>>>,
  { kind, target: other, until }: Due & { readonly target: string },
  within: Transaction,
): Promise<void> {
  const kinds = [...new Set<Kind>([...old, kind])];
  const isSame = unseal(target, id, rowKeys()) === other;
  await within
    .update(message)
    .set({
      kinds,
      // Of several cases: their list.
      ...(isSame ? {} : { target: seal('/cases', id, rowKeys()) }),
      useUntil: until && useUntil ? useUntil : null,
    })
    .where(eq(message.id, id));
  await within
    .update(outbox)
    .set({ priority: priorityOf(kinds) })
    .where(eq(outbox.id, mail));
}

export type Message = Readonly<InferSelectModel<typeof message>>;

/** What was sent to a person or waits, the newest first. */
export const messagesOf = (subscriptionId: string, limit: number): Promise<Message[]> =>
  db()
    .select()
    .from(message)
    .where(eq(message.subscriptionId, subscriptionId))
    .orderBy(desc(message.createdAt))
    .limit(limit);

/** A message by its id alone, for sending it. */
export async function messageWith(id: string): Promise<Message | null> {
  if (!isUuid(id)) return null;
  const [row] = await db().select().from(message).where(eq(message.id, id));
  return row ?? null;
}

/** Where a person's message leads, without the language; null for a message of somebody else. */
export async function targetOf(owner: string, id: string): Promise<string | null> {
  const found = await messageWith(id);
  const subscription = found && (await subscriptionOf(owner));
  return found && subscription?.id === found.subscriptionId ? unseal(found.target, id, rowKeys()) : null;
}
