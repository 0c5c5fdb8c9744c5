import { and, desc, eq, inArray, lte, or, sql } from 'drizzle-orm';
import { bigint, boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Temporal } from 'temporal-polyfill';
import { chained, type Hasher } from '~/model/audit-chain';
import { instant } from './columns.server';
import { db } from './store.server';

const auditEvent = pgTable('audit_event', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
  keyId: text('key_id').notNull(),
  operationId: uuid('operation_id').notNull(),
  action: text('action').notNull(),
  result: text('result').notNull(),
  actor: text('actor').notNull(),
  actorRole: text('actor_role').notNull(),
  grantId: text('grant_id'),
  body: text('body').notNull(),
  recordedAt: instant('recorded_at').notNull().default(sql`now()`),
});

const auditHead = pgTable('audit_head', {
  single: boolean('single').primaryKey().default(true),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
});

const processingLine = pgTable('processing_line', {
  id: uuid('id').primaryKey(),
  operationId: uuid('operation_id').notNull(),
  traceId: text('trace_id').notNull(),
  name: text('name').notNull(),
  status: text('status').notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at').notNull(),
  processingActivityId: text('processing_activity_id').notNull(),
  dataSubject: text('data_subject').notNull(),
  resource: text('resource').notNull(),
  shownAfter: instant('shown_after'),
});

/** What the columns beside the text repeat of it, so that it can be looked for. */
export interface EventRow {
  readonly operationId: string;
  readonly action: string;
  readonly result: string;
  readonly actor: string;
  readonly actorRole: string;
  readonly grantId: string | null;
  /** The canonical text, which is what is hashed. */
  readonly body: string;
}

/** That a person's data was processed, for the person: no word of who on the staff did it. */
export interface Processing {
  readonly traceId: string;
  readonly name: string;
  readonly processingActivityId: string;
  readonly resource: string;
  readonly startedAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant;
  /** The keyed hashes of the people whose data it was. */
  readonly dataSubjects: readonly string[];
  /** Before this moment the person himself is not shown the line (a recorded safety hold). */
  readonly shownAfter?: Temporal.Instant | undefined;
}

/** One writer over all processes: any constant number will do. */
const WRITER = 7_246_002;

/**
 * Puts an event at the end of the chain, and the lines of the same operation beside it, all or nothing. When this has
 * resolved both are durable; when it throws neither is there. Gives the event's number in the chain.
 */
export async function appendEvent(
  row: EventRow,
  processing: Processing | null,
  keyId: string,
  hashOf: Hasher,
): Promise<number> {
  return db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${WRITER})`);
    const [last] = await transaction.select().from(auditHead);
    const record = chained(last ?? null, row.body, hashOf);
    await transaction.insert(auditEvent).values({ ...row, ...record, keyId });
    if (processing && processing.dataSubjects.length > 0) {
      // One list of subjects, not a row of parameters for each: an advisor's list has hundreds of them.
      await transaction.execute(sql`
        insert into processing_line (id, operation_id, trace_id, name, status, started_at, ended_at,
          processing_activity_id, data_subject, resource, shown_after)
        select gen_random_uuid(), ${row.operationId}::uuid, ${processing.traceId}, ${processing.name}, ${row.result},
          ${processing.startedAt.toString()}::timestamptz, ${processing.endedAt.toString()}::timestamptz,
          ${processing.processingActivityId}, subject, ${processing.resource},
          ${processing.shownAfter?.toString() ?? null}::timestamptz
        from unnest(${sql.param([...processing.dataSubjects])}::text[]) as subject`);
    }
    const head = { seq: record.seq, hash: record.hash, mac: hashOf(record.hash, record.seq, 'head') };
    await transaction.insert(auditHead).values(head).onConflictDoUpdate({ target: auditHead.single, set: head });
    return record.seq;
  });
}

export interface LookedAt {
  readonly operationId: string;
  readonly at: Temporal.Instant;
  /** What was processed, in the words of the closed list of acts. */
  readonly action: string;
  readonly actorRole: string;
  /** Whether it was a colleague who stood in for the person's advisor. */
  readonly stoodIn: boolean;
  readonly body: string;
  /** How often, where one line stands for a day. */
  readonly times: number;
}

/**
 * Who looked at a person's data, newest first; what a safety hold keeps back is left out until it ends. Acts of `daily`
 * count as one a day and actor, told by the latest: a list that is opened all day must not push a look out of sight.
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
      body: auditEvent.body,
      times: sql<number>`count(*) over (partition by ${one})`.mapWith(Number).as('times'),
      nth: sql<number>`row_number() over (partition by ${one} order by ${auditEvent.seq} desc)`.as('nth'),
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

/** Who looked under a mandate of the person's that came from another advisor's, and never had one of his own. */
const STOOD_IN = sql<boolean>`(
  exists (select 1 from mandate given where given.client = processing_line.data_subject
    and given.advisor = audit_event.actor and given.parent is not null)
  and not exists (select 1 from mandate own where own.client = processing_line.data_subject
    and own.advisor = audit_event.actor and own.parent is null and own.valid_from is not null))`;

/** The mandates under which an advisor opened a client's file within the past hour, by the database's clock, each once. */
export async function openedWithinAnHour(actor: string): Promise<ReadonlySet<string>> {
  const rows = await db()
    .selectDistinct({ grant: auditEvent.grantId })
    .from(auditEvent)
    .where(and(withinAnHour(actor, 'view-case'), eq(auditEvent.result, 'done')));
  return new Set(rows.flatMap(({ grant }) => grant ?? []));
}

/** Whether somebody has an event of a kind on record within the past hour. */
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

/** The last event's number and hash, to be kept where the store's own administrators can't reach. */
export async function auditHeadNow(): Promise<{ readonly seq: number; readonly hash: string } | null> {
  const [head] = await db().select({ seq: auditHead.seq, hash: auditHead.hash }).from(auditHead);
  return head ?? null;
}
