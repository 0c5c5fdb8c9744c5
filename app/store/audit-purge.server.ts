import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Temporal } from 'temporal-polyfill';
import type { ChainEntry, ChainGap } from '~/model/audit-chain';
import type { Retention } from '~/model/retention';
import { auditEvent, auditGap } from './schema/audit.server';
import { db } from './store.server';

/** Entries that may be due to be purged, with the gaps around them. */
export interface DueEntries {
  readonly entries: readonly ChainEntry[];
  readonly gaps: readonly ChainGap[];
  /** What was written before these moments is due, by the database's clock. */
  readonly before: { readonly looks: Temporal.Instant; readonly ownActs: Temporal.Instant };
}

export interface PurgePlan {
  readonly purged: readonly number[];
  readonly made: readonly { readonly gap: ChainGap; readonly replaces: readonly number[] }[];
}

/** One purge at a time; any constant will do. */
const PURGE = 7_246_003;

/**
 * Deletes those of the next entries after a number that `plan` names, with their processing lines, and stores the gaps
 * instead: all or nothing. The newest entry always stays. Returns the last number that was looked at; null when there
 * was none.
 */
export async function purgeEntries(
  after: number,
  periods: Pick<Retention, 'looks' | 'ownActs'>,
  ownActs: readonly string[],
  plan: (due: DueEntries) => PurgePlan,
  limit: number,
): Promise<{ readonly last: number; readonly purged: number } | null> {
  return db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${PURGE})`);
    const before = await momentsOf(transaction, periods);
    const { seq, prevHash, hash, body } = auditEvent;
    const entries = await transaction
      .select({ seq, prevHash, hash, body })
      .from(auditEvent)
      .where(sql`${seq} > ${after} and ${seq} < (select seq from audit_head)
        and (recorded_at < ${before.looks.toString()}::timestamptz
          or (actor_role in ('applicant', 'anyone') and recorded_at < ${before.ownActs.toString()}::timestamptz
            and ${inArray(auditEvent.action, [...ownActs])}))`)
      .orderBy(seq)
      .limit(limit);
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return null;
    const gaps = await transaction
      .select()
      .from(auditGap)
      .where(sql`${auditGap.until} >= ${first.seq - 1} and ${auditGap.from} <= ${last.seq + 1}`);
    const { purged, made } = plan({ entries, before, gaps: gaps.map((gap) => ({ ...gap, body: null })) });
    if (purged.length > 0) {
      await transaction.execute(sql`select set_config('zicht.purge', 'on', true)`);
      const numbers = sql.param([...purged]);
      await transaction.execute(sql`delete from processing_line where operation_id in
        (select operation_id from audit_event where seq = any(${numbers}::bigint[]))`);
      await transaction.execute(sql`delete from audit_event where seq = any(${numbers}::bigint[])`);
    }
    for (const { gap, replaces } of made) {
      for (const from of replaces) await transaction.delete(auditGap).where(eq(auditGap.from, from));
      const { from, until, mac } = gap;
      await transaction.insert(auditGap).values({ from, until, mac, prevHash: gap.prevHash, hash: gap.hash });
    }
    return { last: last.seq, purged: purged.length };
  });
}

async function momentsOf(
  transaction: Pick<NodePgDatabase, 'execute'>,
  { looks, ownActs }: Pick<Retention, 'looks' | 'ownActs'>,
): Promise<DueEntries['before']> {
  const { rows } = await transaction.execute<{ looks: string; own_acts: string }>(sql`select
    (extract(epoch from now() - ${looks}::interval) * 1000)::bigint::text as looks,
    (extract(epoch from now() - ${ownActs}::interval) * 1000)::bigint::text as own_acts`);
  const moment = (ms: string | undefined) => Temporal.Instant.fromEpochMilliseconds(Number(ms));
  return { looks: moment(rows[0]?.looks), ownActs: moment(rows[0]?.own_acts) };
}

/** Rows that one statement deletes, so that it ends in time. */
const BATCH = 5_000;

/**
 * Deletes what ended so long ago: visits, mandates, codes, sessions, view-as sessions, messages, addresses for mail. A code stays as
 * long as the session that it opened, an address as long as a watch, a ticket or messages need it, and a mandate as long as one
 * that was made from it.
 */
export async function deleteEnded(periods: Omit<Retention, 'looks' | 'ownActs' | 'reports'>): Promise<void> {
  const { codes, ended, addresses, bookings, mandates, ownFiles, messages } = periods;
  await inBatches(sql`delete from booking where id in (select id from booking
    where ends_at < now() - ${bookings}::interval and state in ('cancelled', 'refused', 'over') limit ${BATCH})`);
  // Before the mandates, which say since when they are over.
  await forgetOwnFiles(ownFiles);
  await inBatches(sql`delete from mandate where id in (select id from mandate
    where coalesce(ended_at, valid_until, answer_before) < now() - ${mandates}::interval
      and not exists (select 1 from mandate other where mandate.id in (other.parent, other.successor)) limit ${BATCH})`);
  await inBatches(sql`delete from ended_session where id in (select id from ended_session
    where ended_at < now() - ${ended}::interval limit ${BATCH})`);
  await inBatches(sql`delete from watch where id in (select id from watch
    where state = 'ended' and updated_at < now() - ${ended}::interval limit ${BATCH})`);
  await inBatches(sql`delete from message where id in (select id from message
    where created_at < now() - ${messages}::interval and state <> 'queued' limit ${BATCH})`);
  await inBatches(sql`delete from delivery where id in (select id from delivery
    where message_id is null and created_at < now() - ${messages}::interval limit ${BATCH})`);
  // What is on ends by itself when the agency has no case of the person any more.
  await inBatches(sql`delete from message_subscription where id in (select id from message_subscription
    where state <> 'on' and updated_at < now() - ${addresses}::interval limit ${BATCH})`);
  await inBatches(sql`delete from mail_address where id in (select id from mail_address
    where left_at < now() - case when confirmed_at is null then greatest(${codes}::interval, '1 day') else ${addresses}::interval end
      and not exists (select 1 from watch where address_id = mail_address.id)
      and not exists (select 1 from ticket where address_id = mail_address.id)
      and not exists (select 1 from message_subscription where mail_address.id in (address_id, number_id)) limit ${BATCH})`);
  await inBatches(sql`delete from view_grant where id in (select id from view_grant
    where least(coalesce(ended_at, expires_at), expires_at) < now() - ${ended}::interval limit ${BATCH})`);
  await inBatches(sql`delete from spoken_code where id in (select id from spoken_code code
    where expires_at < now() - ${codes}::interval
      and not exists (select 1 from view_grant where view_grant.code_id = code.id) limit ${BATCH})`);
}

/** Deletes what offices keep of cases for which they had no mandate for so long. */
async function forgetOwnFiles(period: string): Promise<void> {
  const held = (case_: SQL, whose: SQL) => sql`exists (select 1 from mandate where ${case_} = any(mandate.case_ids)
    and mandate.valid_from is not null and ${whose}
    and coalesce(mandate.ended_at, mandate.valid_until) > now() - ${period}::interval)`;
  const ofOffice = (table: SQL) =>
    sql`(mandate.advisor = ${table}.keeper or 'office ' || mandate.firm = ${table}.keeper)`;
  await db().execute(sql`delete from own_file where not ${held(sql`own_file.case_id`, ofOffice(sql`own_file`))}`);
  await db().execute(sql`delete from own_note where not ${held(sql`own_note.case_id`, ofOffice(sql`own_note`))}`);
  await db().execute(
    sql`delete from case_seen where not ${held(
      sql`case_seen.case_id`,
      sql`(mandate.advisor = case_seen.advisor or mandate.office <> 'none' and exists (select 1 from colleague
        where colleague.advisor = case_seen.advisor and colleague.firm = mandate.firm))`,
    )}`,
  );
}

async function inBatches(statement: ReturnType<typeof sql>): Promise<void> {
  while (((await db().execute(statement)).rowCount ?? 0) === BATCH);
}
