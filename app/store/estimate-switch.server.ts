import { and, desc, eq, type InferSelectModel, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import { estimateSwitch } from './schema/estimate.server';
import { db } from './store.server';

export type SwitchChange = Readonly<InferSelectModel<typeof estimateSwitch>>;
export type Switched = Pick<SwitchChange, 'procedure' | 'trust' | 'reason'>;

/** The setting in force of each procedure that was ever switched: the one confirmed last, off once it has ended. */
export async function switches(now: Temporal.Instant): Promise<Switched[]> {
  const { procedure, id, confirmedAt } = estimateSwitch;
  const rows = await db()
    .selectDistinctOn([procedure])
    .from(estimateSwitch)
    .where(isNotNull(confirmedAt))
    .orderBy(procedure, desc(confirmedAt), desc(id));
  return rows.map(({ procedure, trust, reason, endsAt }) => {
    const isOver = endsAt !== null && endsAt.epochMilliseconds <= now.epochMilliseconds;
    return isOver ? { procedure, trust: null, reason: null } : { procedure, trust, reason };
  });
}

export async function switchLog(most: number): Promise<SwitchChange[]> {
  return db().select().from(estimateSwitch).orderBy(desc(estimateSwitch.id)).limit(most);
}

type LogSwitch = (changed: SwitchChange, within: Pick<NodePgDatabase, 'transaction'>) => Promise<void>;

/**
 * Stores a change, together with what `log` writes, both or neither. Off is in force at once; anything else when another
 * employee confirms it. What the employee prepared last for the procedure is not prepared again, as by a double click.
 *
 * @param by the employee's pseudonym
 */
export const prepareSwitch = (
  change: Switched & Pick<SwitchChange, 'endsAt'>,
  by: string,
  now: Temporal.Instant,
  log: LogSwitch,
): Promise<void> =>
  db().transaction(async (transaction) => {
    await transaction.execute(ONE_AT_A_TIME);
    const [newest] = await transaction
      .select()
      .from(estimateSwitch)
      .where(eq(estimateSwitch.procedure, change.procedure))
      .orderBy(desc(estimateSwitch.id))
      .limit(1);
    if (newest && repeats(newest, change, by)) return;
    const confirmedAt = change.trust === null ? now : null;
    const row = { ...change, setBy: by, setAt: now, confirmedAt };
    const [stored] = await transaction.insert(estimateSwitch).values(row).returning();
    if (stored) await log(stored, transaction);
  });

/**
 * Confirms a prepared switch, likewise. False when it is their own, has ended, was confirmed before, or a newer change of
 * its procedure replaced it.
 */
export const confirmSwitch = (id: number, by: string, now: Temporal.Instant, log: LogSwitch): Promise<boolean> =>
  db().transaction(async (transaction) => {
    await transaction.execute(ONE_AT_A_TIME);
    const [row] = await transaction
      .update(estimateSwitch)
      .set({ confirmedBy: by, confirmedAt: now })
      .where(
        and(
          eq(estimateSwitch.id, id),
          isNull(estimateSwitch.confirmedAt),
          ne(estimateSwitch.setBy, by),
          sql`${estimateSwitch.endsAt} > ${now.toString()}::timestamptz`,
          sql`not exists (select 1 from estimate_switch newer
            where newer.procedure = ${estimateSwitch.procedure} and newer.id > ${estimateSwitch.id})`,
        ),
      )
      .returning();
    if (row) await log(row, transaction);
    return row !== undefined;
  });

const repeats = (newest: SwitchChange, change: Switched & Pick<SwitchChange, 'endsAt'>, by: string): boolean =>
  newest.setBy === by &&
  newest.confirmedBy === null &&
  newest.trust === change.trust &&
  newest.reason === change.reason &&
  newest.endsAt?.epochMilliseconds === change.endsAt?.epochMilliseconds;

/** A change and a confirmation at the same moment must not both count. */
const ONE_AT_A_TIME = sql`select pg_advisory_xact_lock(hashtextextended('estimate switches', 5))`;
