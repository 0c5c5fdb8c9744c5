import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { ChainEntry, ChainGap } from '~/model/audit-chain';
import { type LineText, linesHash } from './audit-append.server';
import { type RequestText, requestText } from './request-text.server';

/** The chain in a database, for a verifier outside the portal: it opens no store and runs no migration. */
export interface StoredChain {
  readonly entries: readonly (ChainEntry & {
    /** The columns beside the text, which must repeat it. */
    readonly columns: Readonly<Record<string, string | null>>;
  })[];
  /** What purges left of the entries that they deleted. */
  readonly gaps: readonly ChainGap[];
  /** Disclosure delays, which stand only in the table and not in an entry. */
  readonly delays: readonly { readonly request: string; readonly grant: string; readonly until: Temporal.Instant }[];
  /** What second employees answered, and who. */
  readonly answers: readonly { readonly request: string; readonly by: string; readonly isRefused: boolean }[];
  /** Requests to look without a code. */
  readonly requests: readonly StoredRequest[];
  readonly head: { readonly seq: number; readonly hash: string; readonly mac: string } | null;
}

/** A row of requests: what it is, how it stands, and the hash of what never changes in it. */
export interface StoredRequest {
  readonly id: string;
  readonly state: string;
  readonly grant: string | null;
  readonly isReported: boolean;
  readonly fixed: RequestText;
}

interface RequestColumns {
  id: string;
  kind: string;
  agent: string;
  agent_session: string;
  purpose: string;
  call_id: string;
  category: string | null;
  facts: string[];
  report: Buffer | null;
  delay_wanted: boolean;
  state: string;
  grant_id: string | null;
  reported_at: Date | null;
}

interface EventColumns {
  seq: string;
  prev_hash: string;
  hash: string;
  body: string;
  operation_id: string;
  action: string;
  result: string;
  actor: string;
  actor_role: string;
  grant_id: string | null;
  recorded_at: Date;
}

interface GapColumns {
  from_seq: string;
  until_seq: string;
  prev_hash: string;
  hash: string;
  mac: string;
}

interface LineColumns {
  operation_id: string;
  name: string;
  resource: string;
  processing_activity_id: string;
  data_subject: string;
  shown_after: Date | null;
}

const instantOf = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());

/** @param url `postgres://…` */
export async function readChain(url: string): Promise<StoredChain> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const events = await client.query<EventColumns>('select * from audit_event order by seq');
    const lines = await linesByOperation(client);
    const heads = await client.query<{ seq: string; hash: string; mac: string }>('select * from audit_head');
    const gaps = await client.query<GapColumns>('select * from audit_gap');
    // A delay that belongs to no look yet hides nothing.
    const holds = await client.query<{ id: string; grant_id: string; hold_until: string }>(
      'select id, grant_id, hold_until::text from view_request where hold_until is not null and grant_id is not null',
    );
    const answers = await client.query<{ id: string; answered_by: string; state: string }>(
      'select id, answered_by, state from view_request where answered_by is not null',
    );
    const requests = await client.query<RequestColumns>(
      `select id, kind, agent, agent_session, purpose, call_id, category, facts, report, delay_wanted, state, grant_id,
         reported_at from view_request`,
    );
    const [head] = heads.rows;
    return {
      entries: events.rows.map((row) => ({
        seq: Number(row.seq),
        prevHash: row.prev_hash,
        hash: row.hash,
        body: row.body,
        columns: {
          operationId: row.operation_id,
          action: row.action,
          result: row.result,
          actor: row.actor,
          actorRole: row.actor_role,
          grantId: row.grant_id,
          recordedAt: instantOf(row.recorded_at).toString(),
          lines: linesHash(lines.get(row.operation_id) ?? []),
        },
      })),
      gaps: gaps.rows.map((row) => ({
        from: Number(row.from_seq),
        until: Number(row.until_seq),
        prevHash: row.prev_hash,
        hash: row.hash,
        body: null,
        mac: row.mac,
      })),
      delays: holds.rows.map((row) => ({
        request: row.id,
        grant: row.grant_id,
        until: Temporal.Instant.from(row.hold_until),
      })),
      answers: answers.rows.map((row) => ({
        request: row.id,
        by: row.answered_by,
        isRefused: row.state === 'refused',
      })),
      requests: requests.rows.map((row) => ({
        id: row.id,
        state: row.state,
        grant: row.grant_id,
        isReported: row.reported_at !== null,
        fixed: requestText({
          kind: row.kind,
          agent: row.agent,
          agentSession: row.agent_session,
          purpose: row.purpose,
          callId: row.call_id,
          category: row.category,
          facts: row.facts,
          report: row.report,
          delayWanted: row.delay_wanted,
        }),
      })),
      head: head ? { seq: Number(head.seq), hash: head.hash, mac: head.mac } : null,
    };
  } finally {
    await client.end();
  }
}

async function linesByOperation(client: pg.Client): Promise<ReadonlyMap<string, LineText[]>> {
  const { rows } = await client.query<LineColumns>('select * from processing_line');
  const lines = new Map<string, LineText[]>();
  for (const row of rows) {
    const line = {
      subject: row.data_subject,
      name: row.name,
      resource: row.resource,
      processingActivityId: row.processing_activity_id,
      shownAfter: row.shown_after ? instantOf(row.shown_after) : undefined,
    };
    const others = lines.get(row.operation_id);
    if (others) others.push(line);
    else lines.set(row.operation_id, [line]);
  }
  return lines;
}

/** One entry of the chain; null when there is none with this number. @param url `postgres://…` */
export async function readEntry(url: string, seq: number): Promise<ChainEntry | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Pick<EventColumns, 'prev_hash' | 'hash' | 'body'>>(
      'select prev_hash, hash, body from audit_event where seq = $1',
      [seq],
    );
    return rows[0] ? { seq, prevHash: rows[0].prev_hash, hash: rows[0].hash, body: rows[0].body } : null;
  } finally {
    await client.end();
  }
}

/** The texts of the entries between two moments, oldest first, for the pattern search. */
export async function readEvents(url: string, from: Temporal.Instant, until: Temporal.Instant): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ body: string }>(
      'select body from audit_event where recorded_at >= $1 and recorded_at < $2 order by seq',
      [from.toString(), until.toString()],
    );
    return rows.map(({ body }) => body);
  } finally {
    await client.end();
  }
}
