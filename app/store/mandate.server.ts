import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { ANSWER_DAYS, type MandateAction, type MandateEvent, nextState } from '~/model/mandate';
import { COLUMNS, type Mandate, type MandateNames, mandate, NOW, read, sealNames } from './mandate-row.server';
import { isUuid } from './schema.server';
import { db } from './store.server';

export type { Mandate, MandateNames };

export interface NewMandate {
  /** Keyed hash of the client (an owner, as everywhere in the store). */
  readonly client: string;
  /** Pseudonym of the advisor; null while a firm's client waits for one of its advisors to say yes. */
  readonly advisor: string | null;
  readonly firm: string;
  readonly caseIds: readonly string[];
  readonly actions: readonly MandateAction[];
  readonly offeredBy: 'client' | 'advisor';
  readonly maySub: boolean;
  readonly months: number;
  /** Hash of the list that the one who offered was shown. */
  readonly textHash: string;
  readonly language: string;
  readonly names: MandateNames;
}

/** Writes an offer down. Every moment in it is the database's: no portal's clock can lengthen it. */
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

/**
 * Lets an event happen to a mandate, as its state allows it at this moment by the database's clock. The row is held
 * meanwhile, so of two events at once the second sees the first. Null: there is none, or the event has no business.
 */
export async function moveMandate(
  id: string,
  whose: Whose,
  event: MandateEvent,
  signer: Signer = {},
): Promise<Moved | null> {
  if (!isUuid(id)) return null;
  return db().transaction(async (transaction) => {
    const [row] = await transaction
      .select(COLUMNS)
      .from(mandate)
      .where(and(eq(mandate.id, id), isOf(whose)))
      .for('update');
    const found = row && read(row);
    const state = found && nextState(found.state, event);
    if (!found || !state) return null;
    const signed =
      event.do === 'accept' && (event.by === 'client' ? { clientSignedAt: NOW } : { advisorSignedAt: NOW });
    const begun = event.do === 'accept' && {
      validFrom: NOW,
      validUntil: sql`now() + make_interval(months => ${mandate.months})`,
    };
    const over = state !== 'active' && state !== 'suspended' ? { endedAt: NOW } : {};
    const { names, textHash, ...said } = signer;
    const bySigner = {
      ...said,
      ...(textHash ? { textHash: textHash(signer.maySub ?? found.maySub) } : {}),
      ...(names ? { names: sealNames(id, names(found.names)) } : {}),
    };
    const [moved] = await transaction
      .update(mandate)
      .set({ state, version: sql`${mandate.version} + 1`, ...signed, ...begun, ...over, ...bySigner })
      .where(eq(mandate.id, id))
      .returning(COLUMNS);
    if (!moved) return null;
    // Whoever stood in under it is out in the same instant.
    const withIt = moved.endedAt
      ? await transaction
          .update(mandate)
          .set({ state, version: sql`${mandate.version} + 1`, endedAt: NOW })
          .where(and(eq(mandate.parent, id), inArray(mandate.state, ['active', 'suspended'])))
          .returning({ id: mandate.id })
      : [];
    return { ...read(moved), withIt: withIt.map((each) => each.id) };
  });
}

/** A mandate after an event, and the colleagues' mandates that ended with it. */
export type Moved = Mandate & { readonly withIt: readonly string[] };

/** What the one who says yes adds to the row. */
export interface Signer {
  readonly advisor?: string;
  readonly names?: (names: MandateNames) => MandateNames;
  /** Hash of the list that he was shown, by whether a colleague may stand in. */
  readonly textHash?: (maySub: boolean) => string;
  readonly language?: string;
  readonly maySub?: boolean;
}

/**
 * Who may see a row: its client, its advisor, the one who let a colleague stand in, or an advisor of the firm that its
 * client chose and nobody answered for.
 */
export type Whose = { readonly client: string } | { readonly advisor: string; readonly firm: string | null };

/** One mandate of somebody's; null when it is nobody's or another's. */
export async function readMandate(id: string, whose: Whose): Promise<Mandate | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .select(COLUMNS)
    .from(mandate)
    .where(and(eq(mandate.id, id), isOf(whose)));
  return row ? read(row) : null;
}

/** All mandates of somebody, the newest first. */
export async function mandatesOf(whose: Whose): Promise<Mandate[]> {
  const rows = await db()
    .select(COLUMNS)
    .from(mandate)
    .where(isOf(whose))
    .orderBy(desc(mandate.offeredAt))
    .limit(2_000);
  return rows.map(read);
}

/** The mandates under which an advisor may look at this very moment. Never kept: asked anew for every page. */
export async function activeMandates(advisor: string): Promise<OpenMandate[]> {
  const { id, client, caseIds, version, validUntil } = mandate;
  return db().select({ id, client, caseIds, version, validUntil }).from(mandate).where(opening(advisor));
}

/** What is needed to show a client's data; without the sealed names, of which a page may have hundreds. */
export type OpenMandate = Pick<Mandate, 'id' | 'client' | 'caseIds' | 'version' | 'validUntil'>;

/** Changes as soon as an advisor's mandates open more or less than before; tells nothing else. */
export async function activeMark(advisor: string): Promise<string> {
  const [row] = await db()
    .select({ mark: sql<string>`md5(coalesce(string_agg(id::text || version::text, ',' order by id), ''))` })
    .from(mandate)
    .where(opening(advisor));
  return row?.mark ?? '';
}

/** A colleague's opens something only while the one above it does. */
const opening = (advisor: string): SQL | undefined =>
  and(
    eq(mandate.advisor, advisor),
    eq(mandate.state, 'active'),
    sql`${mandate.validUntil} > now()`,
    sql`(mandate.parent is null or exists (select 1 from mandate above where above.id = mandate.parent
      and above.state = 'active' and above.valid_until > now() and above.may_sub and above.parent is null))`,
  );

function isOf(whose: Whose): SQL | undefined {
  if ('client' in whose) return eq(mandate.client, whose.client);
  const mine = or(
    eq(mandate.advisor, whose.advisor),
    sql`mandate.parent in (select above.id from mandate above where above.advisor = ${whose.advisor})`,
  );
  if (whose.firm === null) return mine;
  return or(
    mine,
    and(eq(mandate.firm, whose.firm), eq(mandate.state, 'pending-advisor'), sql`${mandate.answerBefore} > now()`),
  );
}
