import pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { ChainRecord } from '~/model/audit-chain';

/** The chain as it stands in a database, for a verifier that is no portal: it opens no store and migrates nothing. */
export interface StoredChain {
  readonly records: readonly (ChainRecord & { readonly columns: Readonly<Record<string, string | null>> })[];
  readonly head: { readonly seq: number; readonly hash: string; readonly mac: string } | null;
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
}

/** @param url `postgres://…` */
export async function readChain(url: string): Promise<StoredChain> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const events = await client.query<EventColumns>('select * from audit_event order by seq');
    const heads = await client.query<{ seq: string; hash: string; mac: string }>('select * from audit_head');
    const [head] = heads.rows;
    return {
      records: events.rows.map((row) => ({
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
        },
      })),
      head: head ? { seq: Number(head.seq), hash: head.hash, mac: head.mac } : null,
    };
  } finally {
    await client.end();
  }
}

/** The texts of the events from one moment up to another, oldest first: for those who look for patterns. */
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
