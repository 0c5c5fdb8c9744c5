import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { bigint, boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { chained, type Hasher } from '~/model/audit-chain';
import { instant } from './columns.server';

export const auditEvent = pgTable('audit_event', {
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

export const auditHead = pgTable('audit_head', {
  single: boolean('single').primaryKey().default(true),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
});

export const processingLine = pgTable('processing_line', {
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
export async function append(
  database: Pick<NodePgDatabase, 'transaction'>,
  row: EventRow,
  processing: Processing | null,
  keyId: string,
  hashOf: Hasher,
): Promise<number> {
  return database.transaction(async (transaction) => {
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

/** The same by a tool beside the portal, which opens no store and leaves the tables as they are. @param url `postgres://…` */
export async function appendBeside(url: string, row: EventRow, keyId: string, hashOf: Hasher): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await append(drizzle(client), row, null, keyId, hashOf);
  } finally {
    await client.end();
  }
}
