import { randomUUID } from 'node:crypto';
import { and, desc, eq, type InferSelectModel, sql } from 'drizzle-orm';
import type { Transacting } from './audit-append.server';
import { isUuid } from './columns.server';
import { statement } from './schema/statement.server';
import { db } from './store.server';

export type StatementRow = Readonly<InferSelectModel<typeof statement>>;

/** Whose statements they are (a keyed hash), about which case. */
export interface StatementsOf {
  readonly owner: string;
  readonly caseRef: string;
}

/** Adds the audit entry in the transaction that makes the change. */
type Log = (id: string, within: Transacting) => Promise<unknown>;

/** Stores a statement. False when the person has `most` valid ones about the case. Two at the same time wait for each other. */
export const createStatement = (
  wanted: StatementsOf & Pick<StatementRow, 'codeHash' | 'facts'>,
  { days, most }: { readonly days: number; readonly most: number },
  log: Log,
): Promise<boolean> =>
  db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wanted.owner}, 6))`);
    const valid = await transaction.select({ id: statement.id }).from(statement).where(isValidOf(wanted));
    if (valid.length >= most) return false;
    const id = randomUUID();
    const expiresAt = sql`now() + make_interval(days => ${days})`;
    await transaction.insert(statement).values({ ...wanted, id, createdAt: sql`now()`, expiresAt });
    await log(id, transaction);
    return true;
  });

/** A person's valid statements about a case, newest first. */
export const statementsOf = (whose: StatementsOf): Promise<StatementRow[]> =>
  db().select().from(statement).where(isValidOf(whose)).orderBy(desc(statement.createdAt));

/** Deletes a person's statement. False when it is another's, or gone. */
export const withdrawStatement = async (id: string, owner: string, log: Log): Promise<boolean> =>
  isUuid(id) &&
  db().transaction(async (transaction) => {
    const gone = await transaction
      .delete(statement)
      .where(and(eq(statement.id, id), eq(statement.owner, owner)))
      .returning({ id: statement.id });
    if (gone.length > 0) await log(id, transaction);
    return gone.length > 0;
  });

/** The valid statement of a code; null for a wrong, expired or withdrawn one. */
export async function findStatement(codeHash: string): Promise<StatementRow | null> {
  const [row] = await db()
    .select()
    .from(statement)
    .where(and(eq(statement.codeHash, codeHash), UNEXPIRED));
  return row ?? null;
}

/** Counts a check. False when the statement was withdrawn meanwhile. */
export const countCheck = (id: string, log: Log): Promise<boolean> =>
  db().transaction(async (transaction) => {
    const counted = await transaction
      .update(statement)
      .set({ checks: sql`${statement.checks} + 1` })
      .where(and(eq(statement.id, id), UNEXPIRED))
      .returning({ id: statement.id });
    if (counted.length > 0) await log(id, transaction);
    return counted.length > 0;
  });

export async function deleteExpiredStatements(): Promise<void> {
  await db().delete(statement).where(sql`${statement.expiresAt} <= now()`);
}

const UNEXPIRED = sql`${statement.expiresAt} > now()`;

const isValidOf = ({ owner, caseRef }: StatementsOf) =>
  and(eq(statement.owner, owner), eq(statement.caseRef, caseRef), UNEXPIRED);
