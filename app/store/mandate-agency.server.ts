import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { isEnded, type MandateState, type SuspendReason } from '~/model/mandate';
import type { Transacting } from './audit-append.server';
import { oneAtATime } from './mandate-replace.server';
import { COLUMNS, NOW, read } from './mandate-row.server';
import { advisorStop, mandate } from './schema/mandate.server';

/** One mandate, all of an advisor (by his pseudonym), or all of a person (by the keyed hashes of his numbers). */
export type Choice =
  | { readonly mandate: string }
  | { readonly advisor: string }
  | { readonly clients: readonly string[] };

export interface Chosen {
  readonly id: string;
  readonly state: MandateState;
  readonly suspendedFor: readonly SuspendReason[];
}

/** What has not ended of a choice. Of a person's those of colleagues are left out: they follow the one that they are under. */
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

/** For what the agency stopped an advisor. */
export async function stopsOf(database: Pick<NodePgDatabase, 'select'>, advisor: string): Promise<SuspendReason[]> {
  const rows = await database.select().from(advisorStop).where(eq(advisorStop.advisor, advisor));
  return rows.map(({ reason }) => reason);
}

export interface AdvisorStop {
  readonly advisor: string;
  readonly reason: SuspendReason;
  readonly stopped: boolean;
}

/**
 * Stops an advisor for a reason, so that nothing new begins with him, or ends that. False: it was so already.
 *
 * @param witness writes it down in the same transaction
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
