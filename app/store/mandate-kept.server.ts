import { and, inArray, ne, or } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { colleague, mandate } from './schema/mandate.server';
import { keptAnswer, session } from './schema/session.server';

/** Forgets what the advisors of these mandates and the rest of their offices were told, in all their sessions. */
export async function forgetKeptUnder(
  database: Pick<NodePgDatabase, 'select' | 'delete'>,
  mandates: readonly string[],
): Promise<void> {
  const advisors = database
    .select({ advisor: mandate.advisor })
    .from(mandate)
    .where(inArray(mandate.id, [...mandates]));
  const offices = database
    .select({ firm: mandate.firm })
    .from(mandate)
    .where(and(inArray(mandate.id, [...mandates]), ne(mandate.office, 'none')));
  const colleagues = database
    .select({ advisor: colleague.advisor })
    .from(colleague)
    .where(inArray(colleague.firm, offices));
  const theirs = database
    .select({ idHash: session.idHash })
    .from(session)
    .where(or(inArray(session.subject, advisors), inArray(session.subject, colleagues)));
  await database.delete(keptAnswer).where(inArray(keptAnswer.session, theirs));
}
