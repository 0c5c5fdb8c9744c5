import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { isEnded, type MandateState, type SuspendReason } from '~/model/mandate';
import type { Transacting } from './audit-append.server';
import { oneAtATime } from './mandate-replace.server';
import { COLUMNS, NOW, read } from './mandate-row.server';
import { advisorStop, mandate } from './schema/mandate.server';

/** One mandate, all of an advisor (by pseudonym), or all of a person (by the keyed hashes of their numbers). */
export type Choice =
  | { readonly mandate: string }
  | { readonly advisor: string }
  | { readonly clients: readonly string[] };

export interface Chosen {
  readonly id: string;
  readonly state: MandateState;
  readonly suspendedFor: readonly SuspendReason[];
}

/**
 * The mandates that match and have not ended. For a person, those of colleagues are left out: they follow their parent
 * mandate.
 */
export async function chosenMandates(database: Pick<NodePgDatabase, 'select'>, choice: Choice): Promise<Chosen[]> {
  const which =
    'mandate' in choice
      ? eq(mandate.id, choice.mandate)
      : 'advisor' in choice
        ? eq(mandate.advisor, choice.advisor)
        : and(inArray(mandate.client, [...choice.clients]), isNull(mandate.parent));
  const rows = await database.select(COLUMNS).from(mandate).where(which).orderBy(mandate.offeredAt, mandate.id);
  return rows.map(read).flatMap(({ id, state, suspendedFor }) => (isEnded(state) ? [] : [{ id, state, suspendedFor }]));
}

export interface AdvisorStop {
  readonly advisor: string;
  readonly reason: SuspendReason;
  readonly stopped: boolean;
}

/**
 * Blocks an advisor for a reason, so that they begin no new mandate, or unblocks them. False when nothing changed.
 *
 * @param witness runs in the same transaction, to write the audit entry
 */
export async function stopAdvisor(
  database: Transacting,
  { advisor, reason, stopped }: AdvisorStop,
  witness: (transaction: Transacting) => Promise<unknown>,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    await oneAtATime(transaction);
    const rows = stopped
      ? await transaction
          .insert(advisorStop)
          .values({ advisor, reason, stoppedAt: NOW })
          .onConflictDoNothing()
          .returning()
      : await transaction
          .delete(advisorStop)
          .where(and(eq(advisorStop.advisor, advisor), eq(advisorStop.reason, reason)))
          .returning();
    if (rows.length > 0) await witness(transaction);
    return rows.length > 0;
  });
}
