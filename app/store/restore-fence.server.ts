import { sql } from 'drizzle-orm';
import { type ChainHead, GENESIS, gapOf, type Hasher } from '~/model/audit-chain';
import { ANSWER_DAYS } from '~/model/mandate';
import type { EndedWhy } from '~/model/right-ended';
import { ONE_WRITER, type Transacting } from './audit-append.server';
import type { CommandDatabase } from './command-database.server';
import { auditGap, auditHead } from './schema/audit.server';

/** What was open in a restored database, and is not any more. */
export interface Fenced {
  readonly sessions: number;
  readonly codes: number;
  readonly looks: number;
  /** Requests to look after a call-back. */
  readonly requests: readonly string[];
  /** Mandates that wait for the client's new answer. */
  readonly asked: readonly string[];
  /** Mandates that ended: of colleagues, offers to an office, and those that were suspended. */
  readonly ended: readonly string[];
  readonly watches: number;
  readonly mails: number;
  /** People who get messages, and may have stopped them. */
  readonly messages: number;
  readonly feeds: number;
  readonly drafts: number;
  readonly statements: number;
  readonly bookings: number;
}

const WHY: EndedWhy = 'restored';

/**
 * Ends everything in a restored database that may have ended, been used or been sent since the backup, in one
 * transaction. The audit log goes on behind the lost head, so that no number is given twice.
 *
 * @param lost the newest head that was kept outside the database; null when none was
 * @param witness writes the audit entries, in the same transaction
 */
export async function fenceRestored(
  database: CommandDatabase,
  lost: ChainHead | null,
  hashOf: Hasher,
  witness: (transaction: Transacting, fenced: Fenced) => Promise<void>,
): Promise<Fenced & { readonly lostEntries: number }> {
  return database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${ONE_WRITER})`);
    const ids = async (statement: ReturnType<typeof sql>): Promise<string[]> =>
      (await transaction.execute<{ id: string }>(statement)).rows.map(({ id }) => id);
    const count = async (statement: ReturnType<typeof sql>): Promise<number> =>
      (await transaction.execute(statement)).rowCount ?? 0;

    const lostEntries = lost ? await goOnBehind(transaction, lost, hashOf) : 0;
    const fenced: Fenced = {
      sessions: await count(sql`delete from session`),
      codes: await count(sql`update spoken_code set used_at = coalesce(used_at, now()), expires_at = now()
        where expires_at > now()`),
      looks:
        await count(sql`update view_grant set state = 'killed-policy', ended_at = now(), subject = null, page_width = null
        where state in ('located', 'alt-pending', 'active')`),
      requests: await ids(sql`update view_request set state = 'withdrawn', reference = null
        where kind = 'alt' and state in ('pending', 'approved') returning id`),
      ended: await ids(sql`update mandate set
          state = case when parent is null then 'lapsed' else 'withdrawn-advisor' end,
          version = version + 1, ended_at = now()
        where ended_at is null
          and (parent is not null or state in ('suspended', 'pending-advisor')) returning id`),
      // The rest of its months, so that the client's yes gives no more than the one before.
      asked: await ids(sql`update mandate set state = 'pending-client', version = version + 1,
          answer_before = now() + make_interval(days => ${ANSWER_DAYS}), client_signed_at = null,
          months = greatest(1, least(months, ceil(extract(epoch from valid_until - now()) / 2629746)))::integer,
          valid_until = null, office = 'none'
        where state = 'active' and valid_until > now() returning id`),
      watches: await count(sql`update watch set state = 'ended', ended_why = ${WHY}, offer = null, offer_hold_id = null,
          offer_until = null, address_id = null, sealed = '', updated_at = now() where state <> 'ended'`),
      messages: await count(sql`update message_subscription set state = 'stopped', stopped_why = ${WHY},
          sealed = null, picture = null, case_hashes = '{}', updated_at = now() where state = 'on'`),
      mails: await count(sql`delete from outbox where kind <> 'emergency-report'`),
      feeds: await count(sql`delete from deadline_feed`),
      drafts: await count(sql`delete from draft`),
      statements: await count(sql`delete from statement`),
      // Their planners are asked anew how they stand.
      bookings: await count(sql`update booking set asked_at = null, checked_at = null where ends_at > now()`),
    };
    await transaction.execute(sql`update message set state = 'dropped', settled_at = now() where state = 'queued'`);
    await transaction.execute(sql`update mail_address set code_hash = null where confirmed_at is null`);
    await transaction.execute(sql`update mandate set undo_until = null where undo_until is not null`);
    // Who belongs to an office is what their next sign-in says.
    await transaction.execute(sql`delete from colleague`);
    await transaction.execute(sql`update hold set state = 'released' where state = 'held'`);
    await witness(transaction, fenced);
    return { ...fenced, lostEntries };
  });
}

/** Leaves the lost entries' places empty, as a purge does. Returns how many there are. */
async function goOnBehind(
  transaction: Parameters<Parameters<CommandDatabase['transaction']>[0]>[0],
  { seq, hash }: ChainHead,
  hashOf: Hasher,
): Promise<number> {
  const [head] = await transaction.select().from(auditHead);
  const from = (head?.seq ?? 0) + 1;
  if (seq < from) return 0;
  const { until, prevHash, mac } = gapOf({ from, until: seq, prevHash: head?.hash ?? GENESIS, hash }, hashOf);
  await transaction.insert(auditGap).values({ from, until, prevHash, hash, mac });
  const next = { seq, hash, mac: hashOf(hash, seq, 'head') };
  await transaction.insert(auditHead).values(next).onConflictDoUpdate({ target: auditHead.single, set: next });
  return seq - from + 1;
}
