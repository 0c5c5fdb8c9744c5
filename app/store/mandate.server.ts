import { randomUUID } from 'node:crypto';
import { and, arrayOverlaps, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { ANSWER_DAYS, type MandateAction, type OwnEvent } from '~/model/mandate';
import { isUuid } from './columns.server';
import { mayBeginNothing } from './mandate-replace.server';
import { COLUMNS, type Mandate, type MandateNames, NOW, read, sealNames } from './mandate-row.server';
import {
  applyTransition,
  isOf,
  type MandateSide,
  type MandateTransition,
  type Signer,
  type Witness,
} from './mandate-transition.server';
import { mandate } from './schema/mandate.server';
import { db } from './store.server';

export type { Mandate, MandateNames, MandateSide, MandateTransition };

export interface NewMandate {
  /** Keyed hash of the client (an owner, as everywhere in the store). */
  readonly client: string;
  /** Pseudonym of the advisor; null while a client's request to a firm waits for one of its advisors. */
  readonly advisor: string | null;
  readonly firm: string;
  readonly caseIds: readonly string[];
  readonly actions: readonly MandateAction[];
  readonly offeredBy: 'client' | 'advisor';
  readonly maySub: boolean;
  readonly months: number;
  /** Hash of the list that the offering side was shown. */
  readonly textHash: string;
  readonly language: string;
  readonly names: MandateNames;
}

/** Stores an offer. Every time in it is the database's, so no process's clock can lengthen it. */
export async function offerMandate(offer: NewMandate): Promise<Mandate> {
  const id = randomUUID();
  const signed = offer.offeredBy === 'client' ? { clientSignedAt: NOW } : { advisorSignedAt: NOW };
  const [row] = await db()
    .insert(mandate)
    .values({
      ...offer,
      ...signed,
      id,
      caseIds: [...offer.caseIds],
      actions: [...offer.actions],
      state: offer.offeredBy === 'client' ? 'pending-advisor' : 'pending-client',
      names: sealNames(id, offer.names),
      offeredAt: NOW,
      answerBefore: sql`now() + make_interval(days => ${ANSWER_DAYS})`,
    })
    .returning(COLUMNS);
  if (!row) throw new Error('The offer was not written');
  return read(row);
}

/** Applies the client's or an advisor's event in the portal's own store; see `applyTransition`. */
export async function transitionMandate(
  id: string,
  whose: MandateSide,
  event: OwnEvent,
  signer: Signer = {},
  witness?: Witness,
): Promise<MandateTransition | null> {
  return isUuid(id) ? applyTransition(db(), id, whose, event, signer, witness) : null;
}

/** Whether the agency blocks an advisor from new mandates. */
export const isKeptFromBeginning = (advisor: string): Promise<boolean> => mayBeginNothing(db(), advisor);

/** One mandate of a side; null when there is none or it is somebody else's. */
export async function readMandate(id: string, whose: MandateSide): Promise<Mandate | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .select(COLUMNS)
    .from(mandate)
    .where(and(eq(mandate.id, id), isOf(whose)));
  return row ? read(row) : null;
}

export async function mandatesOf(whose: MandateSide): Promise<Mandate[]> {
  const rows = await db()
    .select(COLUMNS)
    .from(mandate)
    .where(isOf(whose))
    .orderBy(desc(mandate.offeredAt))
    .limit(2_000);
  return rows.map(read);
}

/** The mandates that a person gave, and those that others gave over these cases once they held, newest first. */
export async function mandatesOver(client: string, caseIds: readonly string[]): Promise<Mandate[]> {
  const own = eq(mandate.client, client);
  // An overlap with no case is refused by the query builder.
  const isVisible =
    caseIds.length === 0
      ? own
      : or(own, and(arrayOverlaps(mandate.caseIds, [...caseIds]), isNotNull(mandate.validFrom)));
  const rows = await db().select(COLUMNS).from(mandate).where(isVisible).orderBy(desc(mandate.offeredAt)).limit(2_000);
  return rows.map(read);
}

/** The mandates under which an advisor may look right now. Never cached: queried for every page. */
export async function activeMandates(advisor: string): Promise<OpenMandate[]> {
  const { id, client, caseIds, actions, version, validUntil } = mandate;
  return db().select({ id, client, caseIds, actions, version, validUntil }).from(mandate).where(opening(advisor));
}

/** What is needed to load a client's data, without the sealed names, of which a page may have hundreds. */
export type OpenMandate = Pick<Mandate, 'id' | 'client' | 'caseIds' | 'actions' | 'version' | 'validUntil'>;

/**
 * Changes what an active mandate lets the advisor do, at once, and no more for colleagues who stand in under it. Null when
 * it is not the client's, not active, or does so already.
 *
 * @param witness writes the audit entry in the same transaction
 */
export async function changeActions(
  id: string,
  client: string,
  actions: readonly MandateAction[],
  textHash: (maySub: boolean) => string,
  witness: Witness,
): Promise<Mandate | null> {
  if (!isUuid(id)) return null;
  return db().transaction(async (transaction) => {
    const mine = and(eq(mandate.id, id), eq(mandate.client, client), isNull(mandate.parent));
    const [row] = await transaction.select(COLUMNS).from(mandate).where(mine).for('update');
    const found = row && read(row);
    if (found?.state !== 'active' || [...found.actions].sort().join() === [...actions].sort().join()) return null;
    const version = sql`${mandate.version} + 1`;
    const [after] = await transaction
      .update(mandate)
      .set({ actions: [...actions], textHash: textHash(found.maySub), clientSignedAt: NOW, version })
      .where(eq(mandate.id, id))
      .returning(COLUMNS);
    if (!after) return null;
    // A colleague gets what the advisor has: the client chose for both.
    await transaction
      .update(mandate)
      .set({ actions: [...actions], version })
      .where(and(eq(mandate.parent, id), eq(mandate.state, 'active')));
    const changed = read(after);
    await witness(transaction, { ...changed, withIt: [], replaced: [] });
    return changed;
  });
}

/** Changes whenever an advisor's mandates give more or less access than before; reveals nothing else. */
export async function activeMark(advisor: string): Promise<string> {
  const [row] = await db()
    .select({ mark: sql<string>`md5(coalesce(string_agg(id::text || version::text, ',' order by id), ''))` })
    .from(mandate)
    .where(opening(advisor));
  return row?.mark ?? '';
}

/** A colleague's mandate gives access only while its parent does. */
const opening = (advisor: string): SQL | undefined =>
  and(
    eq(mandate.advisor, advisor),
    eq(mandate.state, 'active'),
    sql`${mandate.validUntil} > now()`,
    sql`(mandate.parent is null or exists (select 1 from mandate above where above.id = mandate.parent
      and above.state = 'active' and above.valid_until > now() and above.may_sub and above.parent is null))`,
  );
