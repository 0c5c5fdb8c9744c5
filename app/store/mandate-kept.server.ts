import { inArray } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { mandate } from './schema/mandate.server';
import { keptAnswer, session } from './schema/session.server';

/** Forgets what the advisors of these mandates were told, in all their sessions. */
export async function forgetKeptUnder(
  database: Pick<NodePgDatabase, 'select' | 'delete'>,
  mandates: readonly string[],
): Promise<void> {
  const advisors = database
    .select({ advisor: mandate.advisor })
    .from(mandate)
    .where(inArray(mandate.id, [...mandates]));
  const theirs = database.select({ idHash: session.idHash }).from(session).where(inArray(session.subject, advisors));
  await database.delete(keptAnswer).where(inArray(keptAnswer.session, theirs));
}
