import { randomUUID } from 'node:crypto';
import { and, desc, eq, type InferSelectModel, or, type SQL, sql } from 'drizzle-orm';
import { boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { config } from '~/config.server';
import {
  ANSWER_DAYS,
  type MandateAction,
  type MandateEvent,
  type MandateState,
  nextState,
  stateAt,
} from '~/model/mandate';
import { bytes, instant } from './columns.server';
import { isUuid } from './schema.server';
import { deriveKeys, seal, unseal } from './seal.server';
import { db } from './store.server';

const mandate = pgTable('mandate', {
  id: uuid('id').primaryKey(),
  client: text('client').notNull(),
  advisor: text('advisor'),
  firm: text('firm').notNull(),
  caseIds: text('case_ids').array().notNull(),
  actions: text('actions').array().$type<MandateAction[]>().notNull(),
  offeredBy: text('offered_by').$type<'client' | 'advisor'>().notNull(),
  parent: uuid('parent'),
  maySub: boolean('may_sub').notNull().default(false),
  months: integer('months').notNull(),
  state: text('state').$type<MandateState>().notNull(),
  version: integer('version').notNull().default(1),
  textHash: text('text_hash').notNull(),
  language: text('language').notNull(),
  names: bytes('names').notNull(),
  offeredAt: instant('offered_at').notNull(),
  answerBefore: instant('answer_before').notNull(),
  validFrom: instant('valid_from'),
  validUntil: instant('valid_until'),
  clientSignedAt: instant('client_signed_at'),
  advisorSignedAt: instant('advisor_signed_at'),
  endedAt: instant('ended_at'),
});

/** What the two sides call each other and the case; sealed in the table. */
const namesSchema = z.object({
  client: z.string(),
  advisor: z.string(),
  firm: z.string(),
  references: z.array(z.string()).readonly(),
});
export type MandateNames = Readonly<z.infer<typeof namesSchema>>;

/** A mandate as it stands at the moment of reading: `state` is already what time made of it. */
export interface Mandate extends Omit<InferSelectModel<typeof mandate>, 'names'> {
  readonly names: MandateNames;
}

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
  signer?: {
    readonly advisor: string;
    readonly names: (names: MandateNames) => MandateNames;
    readonly textHash: string;
  },
): Promise<Mandate | null> {
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
    const bySigner = signer && {
      advisor: signer.advisor,
      textHash: signer.textHash,
      names: sealNames(id, signer.names(found.names)),
    };
    const [moved] = await transaction
      .update(mandate)
      .set({ state, version: sql`${mandate.version} + 1`, ...signed, ...begun, ...over, ...bySigner })
      .where(eq(mandate.id, id))
      .returning(COLUMNS);
    return moved ? read(moved) : null;
  });
}

/** Who may see a row: its client, its advisor, or an advisor of the firm that its client chose and nobody answered for. */
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
export async function activeMandates(advisor: string): Promise<Mandate[]> {
  const rows = await db()
    .select(COLUMNS)
    .from(mandate)
    .where(and(eq(mandate.advisor, advisor), eq(mandate.state, 'active'), sql`${mandate.validUntil} > now()`));
  return rows.map(read);
}

/** Not the beginning of the transaction, which may have waited for a row: an end must not be dated before it came. */
const NOW = sql`clock_timestamp()`;

/** The row with the database's own time, by which alone it is judged. */
const COLUMNS = {
  id: mandate.id,
  client: mandate.client,
  advisor: mandate.advisor,
  firm: mandate.firm,
  caseIds: mandate.caseIds,
  actions: mandate.actions,
  offeredBy: mandate.offeredBy,
  parent: mandate.parent,
  maySub: mandate.maySub,
  months: mandate.months,
  state: mandate.state,
  version: mandate.version,
  textHash: mandate.textHash,
  language: mandate.language,
  names: mandate.names,
  offeredAt: mandate.offeredAt,
  answerBefore: mandate.answerBefore,
  validFrom: mandate.validFrom,
  validUntil: mandate.validUntil,
  clientSignedAt: mandate.clientSignedAt,
  advisorSignedAt: mandate.advisorSignedAt,
  endedAt: mandate.endedAt,
  databaseNow: sql<Temporal.Instant>`now()`.mapWith(mandate.offeredAt),
};

type Row = InferSelectModel<typeof mandate> & { readonly databaseNow: Temporal.Instant };

function read({ databaseNow, names, ...row }: Row): Mandate {
  return { ...row, state: stateAt(row.state, row, databaseNow), names: openNames(row.id, names) };
}

function isOf(whose: Whose): SQL | undefined {
  if ('client' in whose) return eq(mandate.client, whose.client);
  const mine = eq(mandate.advisor, whose.advisor);
  if (whose.firm === null) return mine;
  return or(mine, and(eq(mandate.firm, whose.firm), eq(mandate.state, 'pending-advisor')));
}

/** Under the secret that never changes: a mandate outlives the session's. */
const keys = () => deriveKeys([config().OWNER_SECRET]);

const sealNames = (id: string, names: MandateNames): Buffer => seal(JSON.stringify(names), `mandate ${id}`, keys());

function openNames(id: string, sealed: Buffer): MandateNames {
  const text = unseal(sealed, `mandate ${id}`, keys());
  const names = namesSchema.safeParse(text === null ? null : JSON.parse(text));
  return names.data ?? { client: '', advisor: '', firm: '', references: [] };
}
