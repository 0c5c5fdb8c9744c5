import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Temporal } from 'temporal-polyfill';
import { type CanonicalValue, type ChainHead, canonicalJson, type Hasher, nextEntry } from '~/model/audit-chain';
import { withDatabase } from './command-database.server';
import { auditEvent, auditHead } from './schema/audit.server';

/** The columns beside the text that repeat parts of it, so that entries can be searched. */
export interface EventRow {
  readonly operationId: string;
  readonly action: string;
  readonly result: string;
  readonly actor: string;
  readonly actorRole: string;
  readonly grantId: string | null;
  /** What an entry says about the act. With its time and the processing lines it makes the text that is hashed. */
  readonly event: Readonly<Record<string, CanonicalValue>>;
}

/** A processing line for the person whose data it was. It never names the employee. */
export interface Processing {
  readonly traceId: string;
  readonly name: string;
  readonly processingActivityId: string;
  readonly resource: string;
  readonly startedAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant;
  readonly dataSubjects: readonly string[];
  /** Until this moment the line is hidden from the person (a disclosure delay). */
  readonly shownAfter?: Temporal.Instant | undefined;
}

export type Transacting = Pick<NodePgDatabase, 'transaction'>;

/** The advisory lock of the one writer over all processes; any constant will do. */
export const ONE_WRITER = 7_246_002;

/**
 * Appends an entry to the chain, with the processing lines of the same operation, all or nothing. Both are durable once
 * this resolves; neither exists when it throws. Returns the entry's number.
 */
export async function append(
  database: Transacting,
  row: EventRow,
  processing: Processing | null,
  keyId: string,
  hashOf: Hasher,
): Promise<number> {
  return database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${ONE_WRITER})`);
    const [last] = await transaction.select().from(auditHead);
    const { event, ...columns } = row;
    const recordedAt = await momentOf(transaction);
    const lines = processing && linesHash(processing.dataSubjects.map((subject) => ({ ...processing, subject })));
    const body = canonicalJson({ ...event, recordedAt: recordedAt.toString(), lines });
    const entry = nextEntry(last ?? null, body, hashOf);
    await transaction.insert(auditEvent).values({ ...columns, ...entry, keyId, recordedAt });
    if (processing && processing.dataSubjects.length > 0) {
      // One list of subjects instead of a row of parameters for each: an advisor's list has hundreds of them.
      await transaction.execute(sql`
        insert into processing_line (id, operation_id, trace_id, name, status, started_at, ended_at,
          processing_activity_id, data_subject, resource, shown_after)
        select gen_random_uuid(), ${row.operationId}::uuid, ${processing.traceId}, ${processing.name}, ${row.result},
          ${processing.startedAt.toString()}::timestamptz, ${processing.endedAt.toString()}::timestamptz,
          ${processing.processingActivityId}, subject, ${processing.resource},
          ${processing.shownAfter?.toString() ?? null}::timestamptz
        from unnest(${sql.param([...processing.dataSubjects])}::text[]) as subject`);
    }
    const head = { seq: entry.seq, hash: entry.hash, mac: hashOf(entry.hash, entry.seq, 'head') };
    await transaction.insert(auditHead).values(head).onConflictDoUpdate({ target: auditHead.single, set: head });
    return entry.seq;
  });
}

/** Appends entries without processing lines in one transaction, all or nothing. */
export async function appendAll(
  database: Transacting,
  rows: readonly EventRow[],
  keyId: string,
  hashOf: Hasher,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${ONE_WRITER})`);
    let [last = null]: (ChainHead | null)[] = await transaction.select().from(auditHead);
    const recordedAt = await momentOf(transaction);
    const values = rows.map(({ event, ...columns }) => {
      const body = canonicalJson({ ...event, recordedAt: recordedAt.toString(), lines: null });
      const entry = nextEntry(last, body, hashOf);
      last = entry;
      return { ...columns, ...entry, keyId, recordedAt };
    });
    const newest = values.at(-1);
    if (!newest) return;
    await transaction.insert(auditEvent).values(values);
    const head = { seq: newest.seq, hash: newest.hash, mac: hashOf(newest.hash, newest.seq, 'head') };
    await transaction.insert(auditHead).values(head).onConflictDoUpdate({ target: auditHead.single, set: head });
  });
}

/** The database's clock, in the precision in which a text of it is read back. */
async function momentOf(transaction: Pick<NodePgDatabase, 'execute'>): Promise<Temporal.Instant> {
  const { rows } = await transaction.execute<{ ms: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms`,
  );
  return Temporal.Instant.fromEpochMilliseconds(Number(rows[0]?.ms));
}

/** What the entry fixes of each line: whose data it was, for which purpose, and from when on they see it. */
export interface LineText extends Pick<Processing, 'name' | 'resource' | 'processingActivityId' | 'shownAfter'> {
  readonly subject: string;
}

/** One hash over an operation's lines in any order. A line that is dropped, added or changed gives another hash. */
export function linesHash(lines: readonly LineText[]): string | null {
  if (lines.length === 0) return null;
  const texts = lines.map(({ subject, name, resource, processingActivityId, shownAfter }) =>
    canonicalJson([subject, name, resource, processingActivityId, shownAfter?.toString() ?? null]),
  );
  return createHash('sha256').update(texts.sort().join('\n')).digest('hex');
}

/** The same from a command outside the portal. @param url `postgres://…` */
export async function appendFromCommand(url: string, row: EventRow, keyId: string, hashOf: Hasher): Promise<void> {
  await withDatabase(url, (database) => append(database, row, null, keyId, hashOf));
}
