import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { and, desc, eq, getTableColumns, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import { ADDRESS_CODE } from '~/model/mail-address';
import type { Channel } from '~/model/next-way';
import { addressCodeHash, mailAddressHash } from '~/platform/pseudonym.server';
import { isUuid } from './columns.server';
import { deleteUnsentCode, type OutboxMail, putCodeInOutbox } from './outbox.server';
import { mailAddress } from './schema/outbox.server';
import { seal, unseal } from './seal.server';
import { db, rowKeys } from './store.server';

/** An address that a person left for later mails. */
export interface MailAddress {
  readonly id: string;
  readonly channel: Channel;
  readonly address: string;
  readonly isConfirmed: boolean;
  /** Whether a code was sent that still confirms the address, by the database's clock. */
  readonly hasCode: boolean;
  /** Whether one more code may be sent. */
  readonly canSend: boolean;
  /** The mail server refused it for good. */
  readonly isBounced: boolean;
  /** The last code could not be delivered. */
  readonly codeFailed: boolean;
}

interface Sending {
  readonly language: OutboxMail['language'];
  readonly now: Temporal.Instant;
}

type Transaction = Pick<NodePgDatabase, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/**
 * Keeps an address that its owner left for later mails and returns its id. Mails it a code, unless it is confirmed, has a
 * code that still counts, or was sent enough of them.
 */
export const leaveAddress = (
  owner: string,
  address: string,
  sending: Sending,
  channel: Channel = 'email',
): Promise<string> =>
  db().transaction(async (transaction) => {
    const addressHash = mailAddressHash(address);
    await lock(transaction, owner, addressHash);
    const known = await find(transaction, and(eq(mailAddress.owner, owner), eq(mailAddress.addressHash, addressHash)));
    const id = known?.id ?? randomUUID();
    const left = { address: seal(address, id, rowKeys()), leftAt: sql`now()` };
    if (known) await transaction.update(mailAddress).set(left).where(eq(mailAddress.id, id));
    else await transaction.insert(mailAddress).values({ id, owner, channel, addressHash, ...left });
    const row = await find(transaction, eq(mailAddress.id, id));
    if (row && !row.confirmedAt && !row.hasCode) await sendCode(transaction, row, sending);
    return id;
  });

/** Mails another code to an unconfirmed address of the owner, in place of the last one; false when that is refused. */
export const sendCodeAgain = (owner: string, id: string, sending: Sending): Promise<boolean> =>
  db().transaction(async (transaction) => {
    const mine = ownUnconfirmed(owner, id);
    const own = mine && (await find(transaction, mine));
    if (!own) return false;
    await lock(transaction, owner, own.addressHash);
    const row = await find(transaction, mine);
    return row !== null && sendCode(transaction, row, sending);
  });

/** Tries a code. Each try is counted before it is checked, so concurrent tries gain nothing. */
export async function confirmAddress(owner: string, id: string, code: string): Promise<boolean> {
  const mine = ownUnconfirmed(owner, id);
  if (!mine) return false;
  const [row] = await db()
    .update(mailAddress)
    .set({ tries: sql`${mailAddress.tries} + 1` })
    .where(and(mine, HAS_CODE))
    .returning();
  if (!row?.codeHash) return false;
  if (!timingSafeEqual(Buffer.from(addressCodeHash(id, code)), Buffer.from(row.codeHash))) return false;
  await db()
    .update(mailAddress)
    .set({ confirmedAt: sql`now()`, codeHash: null, bouncedAt: null, codeFailedAt: null })
    .where(eq(mailAddress.id, id));
  await deleteUnsentCode(id, db());
  return true;
}

/** The owner's addresses that can be confirmed, the newest first. */
export async function unconfirmedAddresses(owner: string): Promise<MailAddress[]> {
  const rows = await select(db())
    .where(and(eq(mailAddress.owner, owner), isNull(mailAddress.confirmedAt), isNotNull(mailAddress.address)))
    .orderBy(desc(mailAddress.leftAt));
  return rows.flatMap((row) => shown(row) ?? []);
}

/** The address that the owner confirmed last and that is still kept; null when there is none. */
export async function confirmedAddressOf(owner: string): Promise<string | null> {
  const [row] = await select(db())
    .where(
      and(
        eq(mailAddress.owner, owner),
        eq(mailAddress.channel, 'email'),
        isNotNull(mailAddress.confirmedAt),
        isNotNull(mailAddress.address),
      ),
    )
    .orderBy(desc(mailAddress.leftAt))
    .limit(1);
  return row?.id ?? null;
}

/** An address of the owner; null when it is somebody else's or no longer kept. */
export async function addressWith(owner: string, id: string | null): Promise<MailAddress | null> {
  const row = id === null ? null : await find(db(), and(eq(mailAddress.id, id), eq(mailAddress.owner, owner)));
  return row && shown(row);
}

/** Deletes what no watch, ticket or subscription needs any more. That an address was confirmed stays, as a keyed hash. */
export async function forgetAddresses(): Promise<void> {
  await db()
    .update(mailAddress)
    .set({ address: null, codeHash: null })
    .where(
      sql`${mailAddress.address} is not null and ${mailAddress.leftAt} < now() - interval '10 minutes' and ${UNUSED}`,
    );
}

type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

async function sendCode(transaction: Transaction, row: Row, { language, now }: Sending): Promise<boolean> {
  if (!row.canSend) return false;
  const { id, isNewDay } = row;
  const code = String(randomInt(0, 10 ** ADDRESS_CODE.digits)).padStart(ADDRESS_CODE.digits, '0');
  const sent = isNewDay ? { sends: 1, firstSentAt: sql`now()` } : { sends: sql`${mailAddress.sends} + 1` };
  await transaction
    .update(mailAddress)
    .set({ codeHash: addressCodeHash(id, code), tries: 0, sentAt: sql`now()`, codeFailedAt: null, ...sent })
    .where(eq(mailAddress.id, id));
  await putCodeInOutbox({ addressId: id, code, language, notBefore: now }, now, transaction);
  return true;
}

const DAY = sql`now() - interval '1 day'`;
const HAS_CODE = sql`(${mailAddress.codeHash} is not null and ${mailAddress.sentAt} > ${DAY}
  and ${mailAddress.tries} < ${ADDRESS_CODE.tries})`;
const IS_NEW_DAY = sql`(${mailAddress.firstSentAt} is null or ${mailAddress.firstSentAt} <= ${DAY})`;
/** Codes sent within a day to the same person or the same address, over all people. */
const sentWith = (column: 'owner' | 'address_hash') => sql`(select coalesce(sum(other.sends), 0) from mail_address other
  where other.${sql.identifier(column)} = mail_address.${sql.identifier(column)} and other.first_sent_at > ${DAY})`;
const CAN_SEND = sql`((${IS_NEW_DAY} or ${mailAddress.sends} < ${ADDRESS_CODE.toOneAddress})
  and ${sentWith('owner')} < ${ADDRESS_CODE.ofOnePerson} and ${sentWith('address_hash')} < ${ADDRESS_CODE.fromAll})`;
const UNUSED = sql`not exists (select 1 from watch where watch.address_id = mail_address.id)
  and not exists (select 1 from ticket where ticket.address_id = mail_address.id)
  and not exists (select 1 from message_subscription
    where mail_address.id in (message_subscription.address_id, message_subscription.number_id))`;

const select = (within: Pick<NodePgDatabase, 'select'>) =>
  within
    .select({
      ...getTableColumns(mailAddress),
      hasCode: sql<boolean>`${HAS_CODE}`,
      canSend: sql<boolean>`${CAN_SEND}`,
      isNewDay: sql<boolean>`${IS_NEW_DAY}`,
    })
    .from(mailAddress);

async function find(within: Pick<NodePgDatabase, 'select'>, which: SQL | undefined) {
  const [row] = await select(within).where(which);
  return row ?? null;
}

function shown({ id, channel, address: sealed, hasCode, canSend, ...row }: Row): MailAddress | null {
  const address = sealed && unseal(sealed, id, rowKeys());
  if (!address) return null;
  const isConfirmed = row.confirmedAt !== null;
  const [isBounced, codeFailed] = [row.bouncedAt !== null, row.codeFailedAt !== null];
  return { id, channel, address, isConfirmed, isBounced, codeFailed, hasCode, canSend };
}

const ownUnconfirmed = (owner: string, id: string): SQL | undefined =>
  isUuid(id) ? and(eq(mailAddress.id, id), eq(mailAddress.owner, owner), isNull(mailAddress.confirmedAt)) : undefined;

/** The limits count rows of a person and of an address, so both are locked, always in this order. */
async function lock(transaction: Transaction, owner: string, addressHash: string): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 1))`);
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${addressHash}, 2))`);
}
