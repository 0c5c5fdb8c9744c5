import { and, arrayOverlaps, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { isEnded, type SuspendReason } from '~/model/mandate';
import { COLUMNS, type Mandate, NOW, read, sealNames } from './mandate-row.server';
import { advisorStop, mandate } from './schema/mandate.server';

type Querying = Pick<NodePgDatabase, 'select' | 'update' | 'execute'>;

/** An older mandate whose cases a new one takes over: all of them (it is superseded), or some. */
export interface Replaced {
  readonly id: string;
  readonly version: number;
  readonly wholly: boolean;
}

type Newer = Pick<Mandate, 'id' | 'client' | 'caseIds'> & { readonly advisor: string };

/** One advisory lock for all of them; any constant will do. */
const BEGINNINGS = 7_246_003;

/**
 * Until the end of the transaction no other mandate begins and the agency changes none, so of two concurrent
 * acceptances the second sees the first, and none slips past a suspension. Take it before any row lock.
 */
export async function oneAtATime(transaction: Pick<Querying, 'execute'>): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${BEGINNINGS})`);
}

/**
 * Whether a mandate may begin: the advisor is not blocked, and no suspended mandate of the same two covers one of its
 * cases.
 */
export async function mayBegin(
  transaction: Querying,
  { client, advisor, caseIds }: Omit<Newer, 'id'>,
): Promise<boolean> {
  if (await mayBeginNothing(transaction, advisor)) return false;
  const sameTwo = and(eq(mandate.client, client), arrayOverlaps(mandate.caseIds, [...caseIds]));
  return !(await standsStill(transaction, advisor, sameTwo));
}

/** An advisor whom the agency blocked, or who has a mandate suspended because of the bar register. */
export async function mayBeginNothing(transaction: Querying, advisor: string): Promise<boolean> {
  if (await isStopped(transaction, advisor)) return true;
  return standsStill(transaction, advisor, sql`'bar-register' = any(${mandate.suspendedFor})`);
}

async function standsStill(transaction: Querying, advisor: string, which: SQL | undefined): Promise<boolean> {
  const { rows } = await transaction.execute(
    sql`select 1 from ${mandate} where ${and(
      eq(mandate.advisor, advisor),
      eq(mandate.state, 'suspended'),
      sql`${mandate.validUntil} > now()`,
      which,
    )} limit 1`,
  );
  return rows.length > 0;
}

export async function isStopped(
  transaction: Pick<Querying, 'select'>,
  advisor: string,
  reason: SuspendReason | null = null,
): Promise<boolean> {
  const rows = await transaction
    .select()
    .from(advisorStop)
    .where(and(eq(advisorStop.advisor, advisor), reason === null ? undefined : eq(advisorStop.reason, reason)));
  return rows.length > 0;
}

/**
 * Takes a new mandate's cases from older ones of the same two, and from the colleagues under those. A case is then open
 * to an advisor only once, so ending the newer mandate ends all access. An older one without cases left is superseded.
 */
export async function replaceOlder(transaction: Querying, newer: Newer): Promise<Replaced[]> {
  const own = and(isNull(mandate.parent), eq(mandate.advisor, newer.advisor));
  const standingIn = sql`mandate.parent in (select above.id from mandate above
    where above.advisor = ${newer.advisor} and above.client = ${newer.client} and above.parent is null)`;
  const rows = await transaction
    .select(COLUMNS)
    .from(mandate)
    .where(
      and(
        eq(mandate.client, newer.client),
        ne(mandate.id, newer.id),
        inArray(mandate.state, ['active', 'suspended']),
        arrayOverlaps(mandate.caseIds, [...newer.caseIds]),
        or(own, standingIn),
      ),
    )
    // In the order in which an end locks them: the advisor's first, then the colleagues'.
    .orderBy(sql`${mandate.parent} nulls first`, mandate.id)
    .for('update');
  const running = rows.map(read).filter(({ state }) => !isEnded(state));
  const replaced: Replaced[] = [];
  for (const older of running) {
    const stays = older.caseIds.map((id) => !newer.caseIds.includes(id));
    const wholly = !stays.includes(true);
    const rest = {
      caseIds: older.caseIds.filter((_, index) => stays[index]),
      names: sealNames(older.id, {
        ...older.names,
        references: older.names.references.filter((_, index) => stays[index]),
      }),
    };
    const [row] = await transaction
      .update(mandate)
      .set({
        version: sql`${mandate.version} + 1`,
        ...(wholly ? { state: 'superseded', successor: newer.id, endedAt: NOW } : rest),
      })
      .where(eq(mandate.id, older.id))
      .returning({ version: mandate.version });
    if (row) replaced.push({ id: older.id, version: row.version, wholly });
  }
  return replaced;
}
