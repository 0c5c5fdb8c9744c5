import { sql } from 'drizzle-orm';
import { db } from './store.server';

/** Numbers of the portal's background work: at most one process does each of them at a time. */
const LEASES = {
  'follow-up': 7_246_011,
  watch: 7_246_012,
  outbox: 7_246_013,
  draw: 7_246_014,
  emergency: 7_246_030,
} as const;

/**
 * Does some work unless another process is at it, and says whether it did. The database lets go of the lease when this
 * process ends, however it ends.
 */
export async function withLease(name: keyof typeof LEASES, work: () => Promise<void>): Promise<boolean> {
  return db().transaction(async (transaction) => {
    const { rows } = await transaction.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${LEASES[name]}) as mine`,
    );
    if (rows[0]?.mine !== true) return false;
    await work();
    return true;
  });
}
