import { randomUUID } from 'node:crypto';
import { and, arrayOverlaps, desc, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { ANSWER_DAYS, type MandateAction, type OwnEvent } from '~/model/mandate';
import { type OfficeRole, type OfficeScope, officeActions } from '~/model/office';
import type { Transacting } from './audit-append.server';
import { roleAt } from './colleague.server';
import { isUuid } from './columns.server';
import { forgetKeptUnder } from './mandate-kept.server';
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
  /** What the client lets the rest of the advisor's office do; nothing when left out. */
  readonly office?: OfficeScope;
  readonly months: number;
  /** Hash of the list that the offering side was shown. */
  readonly textHash: string;
  readonly language: string;
  readonly names: MandateNames;
}

/**
 * Stores an offer. Every time in it is the database's, so no process's clock can lengthen it. The same offer made again
 * while it waits for its answer, as by a double click, is the one that waits.
 *
 * @param witness writes the audit entry of a new offer in the same transaction
 */
export const offerMandate = (
  offer: NewMandate,
  witness: (offered: Mandate, within: Transacting) => Promise<unknown> = async () => undefined,
): Promise<Mandate> =>
  db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${offer.client}, 7))`);
    const waiting = await transaction
      .select(COLUMNS)
      .from(mandate)
      .where(and(eq(mandate.client, offer.client), eq(mandate.state, stateOf(offer)), isNull(mandate.parent)));
    const again = waiting.map(read).find((other) => other.state === stateOf(offer) && isSameOffer(offer, other));
    if (again) return again;
    const offered = await insertOffer(offer, transaction);
    await witness(offered, transaction);
    return offered;
  });

const stateOf = ({ offeredBy }: NewMandate) => (offeredBy === 'client' ? 'pending-advisor' : 'pending-client');

const isSameOffer = ({ office, ...offer }: NewMandate, other: Mandate): boolean =>
  (office === undefined || office === other.office) &&
  (['advisor', 'firm', 'offeredBy', 'maySub', 'months', 'textHash'] as const).every(
    (name) => offer[name] === other[name],
  ) &&
  (['caseIds', 'actions'] as const).every((name) => [...offer[name]].sort().join() === [...other[name]].sort().join());

async function insertOffer(offer: NewMandate, within: Pick<ReturnType<typeof db>, 'insert'>): Promise<Mandate> {
  const id = randomUUID();
  const signed = offer.offeredBy === 'client' ? { clientSignedAt: NOW } : { advisorSignedAt: NOW };
  const [row] = await within
    .insert(mandate)
    .values({
      ...offer,
      ...signed,
      id,
      caseIds: [...offer.caseIds],
      actions: [...offer.actions],
      state: stateOf(offer),
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

/**
 * The mandates under which an advisor may look right now: their own, and those whose clients let the whole office look.
 * Each case is in one of them, in their own where they have one. Never cached: queried for every page.
 *
 * @param office the number of the office at which they are now; null opens their own alone
 */
export async function activeMandates(advisor: string, office: string | null = null): Promise<OpenMandate[]> {
  const { id, client, caseIds, actions, version, validUntil } = mandate;
  const through = office === null ? sql<null>`null` : throughOffice(advisor, office);
  const rows = await db()
    .select({
      id,
      client,
      caseIds,
      actions,
      version,
      validUntil,
      advisor: mandate.advisor,
      scope: mandate.office,
      through,
    })
    .from(mandate)
    .where(opening(advisor, office))
    .orderBy(sql`${mandate.advisor} <> ${advisor}`, mandate.id);
  const known = new Set<string>();
  return rows.flatMap(({ scope, through: role, ...row }): OpenMandate[] => {
    const opened = row.caseIds.filter((one) => role === null || !known.has(one));
    for (const one of opened) known.add(one);
    if (role === null) return [{ ...row, as: null }];
    const allowed = officeActions(row.actions, scope, role);
    return opened.length > 0 && allowed.includes('see')
      ? [{ ...row, caseIds: opened, actions: allowed, as: role }]
      : [];
  });
}

/** What is needed to load a client's data, without the sealed names, of which a page may have hundreds. */
export type OpenMandate = Pick<
  Mandate,
  'id' | 'client' | 'caseIds' | 'actions' | 'version' | 'validUntil' | 'advisor'
> & {
  /** What the reader is at the office of the advisor whose mandate it is; null: it is their own. */
  readonly as: OfficeRole | null;
};

/** What a client can change of a mandate that they gave. */
export type MandateTerms = Pick<Mandate, 'actions' | 'office'>;

/**
 * Changes what an active mandate lets the advisor or the rest of the office do, at once, and no more for colleagues who
 * stand in under it. Null when it is not the client's, not active, or says so already.
 *
 * @param textHash of the terms as they then are
 * @param witness writes the audit entry in the same transaction
 */
export async function changeTerms(
  id: string,
  client: string,
  wished: Partial<MandateTerms>,
  textHash: (after: MandateTerms & Pick<Mandate, 'maySub'>) => string,
  witness: Witness,
): Promise<Mandate | null> {
  if (!isUuid(id)) return null;
  return db().transaction(async (transaction) => {
    const mine = and(eq(mandate.id, id), eq(mandate.client, client), isNull(mandate.parent));
    const [row] = await transaction.select(COLUMNS).from(mandate).where(mine).for('update');
    const found = row && read(row);
    if (found?.state !== 'active') return null;
    const { actions = found.actions, office = found.office } = wished;
    if (office === found.office && [...found.actions].sort().join() === [...actions].sort().join()) return null;
    // Before the change: it may take the office away, whose colleagues are found by the mandate.
    await forgetKeptUnder(transaction, [id]);
    const version = sql`${mandate.version} + 1`;
    const terms = { actions: [...actions], office };
    const [after] = await transaction
      .update(mandate)
      .set({ ...terms, textHash: textHash({ ...terms, maySub: found.maySub }), clientSignedAt: NOW, version })
      .where(eq(mandate.id, id))
      .returning(COLUMNS);
    if (!after) return null;
    // A colleague who stands in gets what the advisor has: the client chose for both.
    await transaction
      .update(mandate)
      .set({ actions: [...actions], version })
      .where(and(eq(mandate.parent, id), eq(mandate.state, 'active')));
    const changed = read(after);
    await witness(transaction, { ...changed, withIt: [], replaced: [] });
    return changed;
  });
}

/** The names of the advisors of these mandates, by pseudonym. */
export async function advisorNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db()
    .selectDistinctOn([mandate.advisor], COLUMNS)
    .from(mandate)
    .where(inArray(mandate.id, [...ids]))
    .orderBy(mandate.advisor, desc(mandate.offeredAt));
  return new Map(rows.map(read).flatMap(({ advisor, names }) => (advisor ? [[advisor, names.advisor] as const] : [])));
}

/** Changes whenever an advisor's mandates give more or less access than before; reveals nothing else. */
export async function activeMark(advisor: string, office: string | null = null): Promise<string> {
  const [row] = await db()
    .select({ mark: sql<string>`md5(coalesce(string_agg(id::text || version::text, ',' order by id), ''))` })
    .from(mandate)
    .where(opening(advisor, office));
  return row?.mark ?? '';
}

/** A colleague's mandate gives access only while its parent does. */
const opening = (advisor: string, office: string | null): SQL | undefined =>
  and(
    or(eq(mandate.advisor, advisor), office === null ? undefined : ofOffice(advisor, office)),
    eq(mandate.state, 'active'),
    sql`${mandate.validUntil} > now()`,
    sql`(mandate.parent is null or exists (select 1 from mandate above where above.id = mandate.parent
      and above.state = 'active' and above.valid_until > now() and above.may_sub and above.parent is null))`,
  );

/**
 * The mandates of others at an office: the client lets the office look, both belong to it by their last sign-in, and the
 * agency has not stopped who asks.
 */
const ofOffice = (advisor: string, office: string): SQL | undefined =>
  and(
    eq(mandate.firm, office),
    ne(mandate.office, 'none'),
    ne(mandate.advisor, advisor),
    isNull(mandate.parent),
    sql`${roleAt(advisor, office)} is not null`,
    sql`exists (select 1 from colleague lawyer where lawyer.advisor = mandate.advisor and lawyer.firm = ${office})`,
    sql`not exists (select 1 from advisor_stop where advisor_stop.advisor = ${advisor})`,
    sql`not exists (select 1 from mandate stopped where stopped.advisor = ${advisor} and stopped.state = 'suspended'
      and 'bar-register' = any(stopped.suspended_for) and stopped.valid_until > now())`,
  );

const throughOffice = (advisor: string, office: string): SQL<OfficeRole | null> =>
  sql`case when ${mandate.advisor} <> ${advisor} then ${roleAt(advisor, office)} end`;
