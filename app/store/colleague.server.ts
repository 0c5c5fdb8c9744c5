import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { OFFICE_PROOF_DAYS, type OfficeRole } from '~/model/office';
import { colleague } from './schema/mandate.server';
import { ownerKeys, seal, unseal } from './seal.server';
import { db } from './store.server';

export interface Colleague {
  /** Keyed hash of the office and the number; null for an employee of the office without one. */
  readonly numberHash: string | null;
  readonly advisor: string;
  readonly firm: string;
  readonly name: string;
}

/** Stores at sign-in to which office a person belongs: one, so that another office or number replaces the one before. */
export async function keepColleague({ numberHash, advisor, firm, name }: Colleague): Promise<void> {
  const row = { numberHash, firm, name: seal(name, contextOf(numberHash ?? advisor), ownerKeys()), seenAt: sql`now()` };
  await db().transaction(async (transaction) => {
    if (numberHash !== null)
      await transaction
        .delete(colleague)
        .where(and(eq(colleague.numberHash, numberHash), ne(colleague.advisor, advisor)));
    await transaction
      .insert(colleague)
      .values({ ...row, advisor })
      .onConflictDoUpdate({ target: colleague.advisor, set: row });
  });
}

/** A sign-in that names no office ends what the person sees through the one before. */
export async function forgetColleague(advisor: string): Promise<void> {
  await db().delete(colleague).where(eq(colleague.advisor, advisor));
}

export async function findColleague(numberHash: string): Promise<Omit<Colleague, 'numberHash'> | null> {
  const [row] = await db().select().from(colleague).where(eq(colleague.numberHash, numberHash));
  const name = row && unseal(row.name, contextOf(numberHash), ownerKeys());
  return row && name != null ? { advisor: row.advisor, firm: row.firm, name } : null;
}

/**
 * The office of a person for whom nobody is signed in now, by their last sign-in. Null without one.
 *
 * @param recently whether that must have been within the past days
 */
export async function officeNamedBy(advisor: string, recently: boolean): Promise<string | null> {
  const since = recently ? sql`${colleague.seenAt} > now() - make_interval(days => ${OFFICE_PROOF_DAYS})` : undefined;
  const [row] = await db()
    .select({ firm: colleague.firm })
    .from(colleague)
    .where(and(eq(colleague.advisor, advisor), since));
  return row?.firm ?? null;
}

/** As an SQL expression: what a person is at an office now; null when they are not of it. */
export const roleAt = (advisor: string, firm: string): SQL<OfficeRole | null> =>
  sql`(select case when member.number_hash is null then 'employee' else 'lawyer' end
    from colleague member where member.advisor = ${advisor} and member.firm = ${firm})`;

const contextOf = (named: string): string => `colleague ${named}`;
