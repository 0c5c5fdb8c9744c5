import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { ChainEntry, ChainGap, Neighbours } from '~/model/audit-chain';
import { type LineText, linesHash } from './audit-append.server';
import { type RequestText, requestText } from './request-text.server';

/** An entry with the columns beside its text, which must repeat it. */
export interface StoredEntry extends ChainEntry {
  readonly columns: Readonly<Record<string, string | null>>;
}

/** What a verifier compares with each other. */
export interface StoredChain extends StoredTables {
  readonly entries: readonly StoredEntry[];
}

/** What stands beside the entries. */
interface StoredTables {
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

/** The chain in a database at one moment, while it is read. */
export interface OpenChain extends StoredTables {
  /** All entries by their numbers, some at a time, so that memory does not grow with the log. */
  entries(): AsyncGenerator<StoredEntry[], void, void>;
  /** Where the neighbours of these entries stand. */
  neighboursOf(entries: readonly ChainEntry[]): Promise<Neighbours>;
}

/**
 * Opens the chain for a verifier outside the portal: without a store, a migration or a change. @param url `postgres://…`
 */
export async function withChain<T>(url: string, work: (chain: OpenChain) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables = await tablesOf(client);
    return await work({
      ...tables,
      entries: () => entriesOf(client),
      neighboursOf: (entries) => neighboursOf(client, entries, tables.gaps),
    });
  } finally {
    await client.end();
  }
}

const BATCH = 250;

async function* entriesOf(client: pg.Client): AsyncGenerator<StoredEntry[], void, void> {
  await client.query(`declare entries no scroll cursor for
    select seq, prev_hash, hash, body, operation_id, action, result, actor, actor_role, grant_id, recorded_at
    from audit_event order by seq`);
  for (;;) {
    const { rows } = await client.query<EventColumns>(`fetch ${BATCH} from entries`);
    if (rows.length === 0) return;
    const lines = await linesByOperation(
      client,
      rows.map((row) => row.operation_id),
    );
    yield rows.map((row) => ({
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
    }));
  }
}

/** One pass over the table, however many entries there are. */
async function neighboursOf(
  client: pg.Client,
  entries: readonly ChainEntry[],
  gaps: readonly ChainGap[],
): Promise<Neighbours> {
  const having = new Map(gaps.map(({ hash, until }) => [hash, until]));
  const following = new Map(gaps.map(({ prevHash, from }) => [prevHash, from]));
  if (entries.length === 0) return { having, following };
  const { rows } = await client.query<Pick<EventColumns, 'seq' | 'hash' | 'prev_hash'>>(
    'select seq, hash, prev_hash from audit_event where hash = any($1::text[]) or prev_hash = any($2::text[])',
    [entries.map(({ prevHash }) => prevHash), entries.map(({ hash }) => hash)],
  );
  for (const { seq, hash, prev_hash } of rows) {
    having.set(hash, Number(seq));
    following.set(prev_hash, Number(seq));
  }
  return { having, following };
}

async function tablesOf(client: pg.Client): Promise<StoredTables> {
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
}

async function linesByOperation(
  client: pg.Client,
  operations: readonly string[],
): Promise<ReadonlyMap<string, LineText[]>> {
  const { rows } = await client.query<LineColumns>(
    `select operation_id, name, resource, processing_activity_id, data_subject, shown_after from processing_line
     where operation_id = any($1::uuid[])`,
    [operations],
  );
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
