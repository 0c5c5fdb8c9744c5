import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Temporal } from 'temporal-polyfill';
import { AGENT_TRIES_AN_HOUR } from '~/model/view-as';
import { db } from './store.server';

/** An employee or an advisor who may enter no code now. */
export interface CodeLock {
  /** Pseudonym of the actor. */
  readonly agent: string;
  /** An employee's number; null for an advisor. */
  readonly employee: number | null;
  /** An advisor's office, where known. */
  readonly office: string | null;
  /** When one try is allowed again. */
  readonly until: Temporal.Instant;
}

/** All who are locked out now, those who wait longest first. */
export async function codeLocks(): Promise<CodeLock[]> {
  const { rows } = await db().execute<{
    agent: string;
    office: string | null;
    number: number | null;
    until: string;
  }>(sql`
    select agent, max(office) as office, max(employee.number) as number,
      extract(epoch from (array_agg(tried_at order by tried_at desc))[${AGENT_TRIES_AN_HOUR}] + interval '1 hour')::bigint::text
        as until
    from code_try left join employee on employee.actor = agent
    where tried_at > now() - interval '1 hour' group by agent having count(*) >= ${AGENT_TRIES_AN_HOUR} order by 4`);
  return rows.map(({ agent, office, number, until }) => ({
    agent,
    office,
    employee: number,
    until: Temporal.Instant.fromEpochMilliseconds(Number(until) * 1_000),
  }));
}

/**
 * Forgets the wrong codes of who is locked out, together with what `log` writes, both or neither. False when they are not
 * locked out.
 */
export const unlockCodes = (
  agent: string,
  log: (within: Pick<NodePgDatabase, 'transaction'>) => Promise<unknown>,
): Promise<boolean> =>
  db().transaction(async (transaction) => {
    // The lock under which tries are counted: no try comes in between.
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${agent}, 0))`);
    const { rows } = await transaction.execute<{ count: number }>(
      sql`select count(*)::int from code_try where agent = ${agent} and tried_at > now() - interval '1 hour'`,
    );
    if ((rows[0]?.count ?? 0) < AGENT_TRIES_AN_HOUR) return false;
    await transaction.execute(sql`delete from code_try where agent = ${agent}`);
    await log(transaction);
    return true;
  });
