import { and, desc, eq, gte, inArray, lte, or, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import type { Hasher } from '~/model/audit-chain';
import { append, appendAll, type EventRow, type Processing, type Transacting } from './audit-append.server';
import { auditEvent, auditGap, auditHead, processingLine } from './schema/audit.server';
import { anyDb, db } from './store.server';

/** Appends an entry to the chain, in the portal's own store or in a given transaction. */
export const appendEvent = (
  row: EventRow,
  processing: Processing | null,
  keyId: string,
  hashOf: Hasher,
  within: Transacting = db(),
) => append(within, row, processing, keyId, hashOf);

/** Appends entries without processing lines to the chain of the portal's own store. */
export const appendEvents = (rows: readonly EventRow[], keyId: string, hashOf: Hasher) =>
  appendAll(db(), rows, keyId, hashOf);

export interface LookedAt {
  readonly operationId: string;
  readonly at: Temporal.Instant;
  readonly action: string;
  readonly actorRole: string;
  readonly stoodIn: boolean;
  readonly body: string;
  /** Whether nothing was shown in the end. */
  readonly notSent: boolean;
  /** How often it was shown, where one line stands for a day. */
  readonly times: number;
}

/**
 * The looks at a person's data, newest first, without those under a disclosure delay. Acts in `daily` are merged to one
 * a day and actor, represented by the latest that was shown, so that a list opened all day does not push another look
 * out of sight.
 *
 * @param zone IANA zone of the days
 */
export async function lookedAt(
  dataSubject: string,
  { daily, zone }: { readonly daily: readonly string[]; readonly zone: string },
  limit = 200,
): Promise<LookedAt[]> {
  const one = sql`case when ${inArray(auditEvent.action, [...daily])}
    then concat_ws(' ', ${auditEvent.action}, ${auditEvent.actor}, (${auditEvent.recordedAt} at time zone ${zone})::date)
    else ${processingLine.operationId}::text end`;
  const looks = db()
    .select({
      operationId: processingLine.operationId,
      seq: auditEvent.seq,
      at: auditEvent.recordedAt,
      action: auditEvent.action,
      actorRole: auditEvent.actorRole,
      stoodIn: STOOD_IN.as('stood_in'),
      notSent: sql<boolean>`bool_and(${NOT_SENT}) over (partition by ${one})`.as('not_sent'),
      body: auditEvent.body,
      times: sql<number>`greatest(1, count(*) filter (where not ${NOT_SENT}) over (partition by ${one}))`
        .mapWith(Number)
        .as('times'),
      nth: sql<number>`row_number() over (partition by ${one} order by ${NOT_SENT}, ${auditEvent.seq} desc)`.as('nth'),
    })
    .from(processingLine)
    .innerJoin(auditEvent, eq(auditEvent.operationId, processingLine.operationId))
    .where(
      sql`${processingLine.dataSubject} = ${dataSubject} and (${or(
        sql`${processingLine.shownAfter} is null`,
        lte(processingLine.shownAfter, sql`now()`),
      )}) and not exists (select 1 from view_request
        where view_request.grant_id::text = ${auditEvent.grantId} and view_request.hold_until > now())`,
    )
    .as('looks');
  return db().select().from(looks).where(eq(looks.nth, 1)).orderBy(desc(looks.seq)).limit(limit);
}

/** An answer that broke off counts as seen; only the mark that nothing was sent removes a look. */
const NOT_SENT = sql<boolean>`exists (select 1 from audit_event mark where mark.action = 'view-aborted'
  and mark.body::jsonb ->> 'objectRef' = audit_event.operation_id::text and mark.body::jsonb ->> 'reason' = 'not-sent')`;

/** Colleagues who looked under a mandate that came from the person's advisor, and never had one of their own. */
const STOOD_IN = sql<boolean>`(
  exists (select 1 from mandate given
    where (given.client = processing_line.data_subject or given.id::text = audit_event.grant_id)
    and given.advisor = audit_event.actor and given.parent is not null)
  and not exists (select 1 from mandate own where own.client = processing_line.data_subject
    and own.advisor = audit_event.actor and own.parent is null and own.valid_from is not null))`;

/**
 * The mandates under which an advisor opened a client's file within the past hour, by the database's clock, without
 * duplicates.
 */
export async function openedWithinAnHour(actor: string): Promise<ReadonlySet<string>> {
  const rows = await db()
    .selectDistinct({ grant: auditEvent.grantId })
    .from(auditEvent)
    .where(and(withinAnHour(actor, 'view-case'), eq(auditEvent.result, 'done')));
  return new Set(rows.flatMap(({ grant }) => grant ?? []));
}

/** Whether somebody has an audit entry of this kind from the past hour. */
export async function didWithinAnHour(actor: string, action: string): Promise<boolean> {
  const rows = await db().select({ seq: auditEvent.seq }).from(auditEvent).where(withinAnHour(actor, action)).limit(1);
  return rows.length > 0;
}

const withinAnHour = (actor: string, action: string) =>
  and(
    eq(auditEvent.actor, actor),
    eq(auditEvent.action, action),
    sql`${auditEvent.recordedAt} > now() - interval '1 hour'`,
  );

/** When the newest entry was written; null without entries. */
export async function newestEntryAt(): Promise<Temporal.Instant | null> {
  const [entry] = await db()
    .select({ at: auditEvent.recordedAt })
    .from(auditEvent)
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return entry?.at ?? null;
}

/** The last entry's number and hash, to be kept where the database's administrators can't reach. */
export async function auditHeadNow(): Promise<{ readonly seq: number; readonly hash: string } | null> {
  const [head] = await anyDb().select({ seq: auditHead.seq, hash: auditHead.hash }).from(auditHead);
  return head ?? null;
}

/** Whether the chain has a head that was kept outside the database. A place whose entries were purged counts as had. */
export async function hasHead({ seq, hash }: { readonly seq: number; readonly hash: string }): Promise<boolean> {
  const [entry] = await anyDb().select({ hash: auditEvent.hash }).from(auditEvent).where(eq(auditEvent.seq, seq));
  if (entry) return entry.hash === hash;
  const [gap] = await anyDb()
    .select({ until: auditGap.until, hash: auditGap.hash })
    .from(auditGap)
    .where(and(lte(auditGap.from, seq), gte(auditGap.until, seq)));
  return gap !== undefined && (seq < gap.until || gap.hash === hash);
}
