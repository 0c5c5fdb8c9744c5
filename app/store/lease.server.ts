import { and, eq, sql } from 'drizzle-orm';
import { lease } from './schema/lease.server';
import { db } from './store.server';

/** Takes or renews a lease for some seconds, counted from now; false while another holder has it. */
export async function takeLease(name: string, holder: string, seconds: number): Promise<boolean> {
  const until = inSeconds(seconds);
  const free = sql`${lease.holder} = ${holder} or ${lease.until} <= now()`;
  const rows = await db()
    .insert(lease)
    .values({ name, holder, until })
    .onConflictDoUpdate({ target: lease.name, set: { holder, until }, setWhere: free })
    .returning({ name: lease.name });
  return rows.length === 1;
}

/** Renews a lease for some seconds, counted from now; false when the holder has lost it. */
export async function renewLease(name: string, holder: string, seconds: number): Promise<boolean> {
  const rows = await db()
    .update(lease)
    .set({ until: inSeconds(seconds) })
    .where(and(eq(lease.name, name), eq(lease.holder, holder)))
    .returning({ name: lease.name });
  return rows.length === 1;
}

/** Releases all leases of a holder, for the next process. */
export async function dropLeases(holder: string): Promise<void> {
  await db().delete(lease).where(eq(lease.holder, holder));
}

const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds}::float8)`;
