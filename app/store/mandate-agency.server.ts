import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { isEnded, type MandateState, type SuspendReason } from '~/model/mandate';
import type { Transacting } from './audit-append.server';
import { oneAtATime } from './mandate-replace.server';
import { COLUMNS, mandate, NOW, read } from './mandate-row.server';

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
export async function stopsOf(database: Pick<NodePgDatabase, 'execute'>, advisor: string): Promise<SuspendReason[]> {
  const { rows } = await database.execute<{ reason: SuspendReason }>(
    sql`select reason from advisor_stop where advisor = ${advisor}`,
  );
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
    const { rows } = await transaction.execute(
      stopped
        ? sql`insert into advisor_stop values (${advisor}, ${reason}, ${NOW}) on conflict do nothing returning reason`
        : sql`delete from advisor_stop where advisor = ${advisor} and reason = ${reason} returning reason`,
    );
    if (rows.length > 0) await witness(transaction);
    return rows.length > 0;
  });
}
