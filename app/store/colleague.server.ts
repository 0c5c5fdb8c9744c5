import { and, eq, ne, sql } from 'drizzle-orm';
import { config } from '~/config/config.server';
import { colleague } from './schema/mandate.server';
import { deriveKeys, seal, unseal } from './seal.server';
import { db } from './store.server';

export interface Colleague {
  /** Keyed hash of the office and the number. */
  readonly numberHash: string;
  readonly advisor: string;
  readonly firm: string;
  readonly name: string;
}

/** Stores an advisor at sign-in. After a change of number the old number no longer finds them. */
export async function keepColleague({ numberHash, advisor, firm, name }: Colleague): Promise<void> {
  const row = { advisor, firm, name: seal(name, `colleague ${numberHash}`, keys()), seenAt: sql`now()` };
  await db()
    .delete(colleague)
    .where(and(eq(colleague.advisor, advisor), ne(colleague.numberHash, numberHash)));
  await db()
    .insert(colleague)
    .values({ ...row, numberHash })
    .onConflictDoUpdate({ target: colleague.numberHash, set: row });
}

export async function findColleague(numberHash: string): Promise<Omit<Colleague, 'numberHash'> | null> {
  const [row] = await db().select().from(colleague).where(eq(colleague.numberHash, numberHash));
  const name = row && unseal(row.name, `colleague ${numberHash}`, keys());
  return row && name != null ? { advisor: row.advisor, firm: row.firm, name } : null;
}

const keys = () => deriveKeys([config().OWNER_SECRET]);
