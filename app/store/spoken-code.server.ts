import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { and, eq, type InferSelectModel, sql } from 'drizzle-orm';
import { AGENT_TRIES_AN_HOUR, CODE_TRIES } from '~/model/view-as';
import { spokenCodeHash } from '~/platform/pseudonym.server';
import { isUuid } from './columns.server';
import { type CodePurpose, codeTry, spokenCode } from './schema/helpdesk.server';
import { db } from './store.server';

export type SpokenCode = Readonly<InferSelectModel<typeof spokenCode>>;

export interface NewCode {
  readonly purpose: CodePurpose;
  readonly owner: string;
  readonly sessionHash: string;
  /** Keyed hashes of the references under which the owner can be found while the code is valid. */
  readonly refs: readonly string[];
  /** Whose data it opens, sealed by the caller of this function under `id`. */
  readonly seal: (id: string) => Buffer;
  readonly language: string;
  /** Width of the owner's page, in rem, where known. */
  readonly pageWidth?: number | null;
  readonly minutes: number;
}

/**
 * Makes a code of 8 digits for its owner; an older one for the same purpose becomes invalid. The digits are returned
 * once; the table has only their keyed hash.
 */
export async function createCode(
  wanted: NewCode,
): Promise<{ readonly id: string; readonly digits: string; readonly callerCheck: string }> {
  const { purpose, owner, sessionHash, language, pageWidth, minutes } = wanted;
  const id = randomUUID();
  const digits = String(randomInt(0, 100_000_000)).padStart(8, '0');
  const callerCheck = String(randomInt(10, 100));
  await db().transaction(async (transaction) => {
    // Of two made at the same time both would live, and either could be asked for.
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${owner} ${purpose}`}, 8))`);
    await transaction
      .update(spokenCode)
      .set({ usedAt: sql`now()`, ...GONE })
      .where(and(eq(spokenCode.owner, owner), eq(spokenCode.purpose, purpose), UNEXPIRED));
    await transaction.insert(spokenCode).values({
      id,
      purpose,
      owner,
      sessionHash,
      codeHash: spokenCodeHash(id, digits),
      callerCheck,
      refs: [...wanted.refs],
      subject: wanted.seal(id),
      language,
      pageWidth,
      createdAt: sql`now()`,
      expiresAt: sql`now() + make_interval(mins => ${minutes})`,
    });
  });
  return { id, digits, callerCheck };
}

/** The valid code of the person found under a reference. */
export async function findByReferenceHash(purpose: CodePurpose, referenceHash: string): Promise<SpokenCode | null> {
  const [row] = await db()
    .select()
    .from(spokenCode)
    .where(and(eq(spokenCode.purpose, purpose), sql`${spokenCode.refs} @> array[${referenceHash}]::text[]`, ALIVE))
    .limit(1);
  return row ?? null;
}

/** The owner's own valid code, without what it opens. */
export async function livingCode(owner: string, purpose: CodePurpose): Promise<SpokenCode | null> {
  const [row] = await db()
    .select()
    .from(spokenCode)
    .where(and(eq(spokenCode.owner, owner), eq(spokenCode.purpose, purpose), ALIVE));
  return row ?? null;
}

export type Verified =
  | { readonly ok: true; readonly code: SpokenCode }
  /** `wrong` also when there is no such code, so that the answer reveals neither. */
  | { readonly ok: false; readonly why: 'wrong' | 'too-often' };

/**
 * Tries digits on a code. It opens once, before its end by the database's clock, within three tries; an employee may
 * try five times an hour over all codes. Every try is counted before it is checked, so concurrent tries gain nothing.
 */
export async function verifyCode(
  id: string,
  agent: string,
  digits: string,
  office: string | null = null,
): Promise<Verified> {
  const tried = await db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${agent}, 0))`);
    const [{ recent } = { recent: 0 }] = await transaction
      .select({ recent: sql<number>`count(*)::int` })
      .from(codeTry)
      .where(and(eq(codeTry.agent, agent), sql`${codeTry.triedAt} > now() - interval '1 hour'`));
    if (recent >= AGENT_TRIES_AN_HOUR) return 'too-often' as const;
    await transaction.insert(codeTry).values({ agent, office, triedAt: sql`now()` });
    if (!isUuid(id)) return null;
    const [row] = await transaction
      .update(spokenCode)
      .set({ tries: sql`${spokenCode.tries} + 1` })
      .where(and(eq(spokenCode.id, id), ALIVE))
      .returning();
    return row ?? null;
  });
  if (tried === 'too-often') return { ok: false, why: 'too-often' };
  const given = Buffer.from(spokenCodeHash(id, digits));
  const right = tried !== null && timingSafeEqual(given, Buffer.from(tried.codeHash));
  if (!right) return { ok: false, why: 'wrong' };
  const [used] = await db()
    .update(spokenCode)
    .set({ usedAt: sql`now()`, ...GONE })
    .where(and(eq(spokenCode.id, id), UNUSED))
    .returning({ id: spokenCode.id });
  if (!used) return { ok: false, why: 'wrong' };
  // A correct code does not count as a wrong try of the employee.
  await db().execute(sql`delete from code_try where ctid in (
    select ctid from code_try where agent = ${agent} order by tried_at desc limit 1)`);
  return { ok: true, code: tried };
}

export async function deleteOldCodes(): Promise<void> {
  await db().execute(sql`delete from code_try where tried_at < now() - interval '2 hours'`);
  await db()
    .update(spokenCode)
    .set(GONE)
    .where(sql`${spokenCode.expiresAt} < now() and ${spokenCode.subject} is not null`);
}

/** Clears what a finished code no longer needs. */
const GONE = { subject: null, pageWidth: null } as const;

const UNEXPIRED = sql`${spokenCode.usedAt} is null and ${spokenCode.expiresAt} > now()`;
/** A code for a call ends with its owner's session. */
const UNUSED = sql`${UNEXPIRED} and (${spokenCode.purpose} <> 'view'
  or exists (select 1 from session where session.id_hash = ${spokenCode.sessionHash}))`;
const ALIVE = sql`${UNUSED} and ${spokenCode.tries} < ${CODE_TRIES}`;

/** The two digits that an employee says first; null once the code is used or expired. */
export async function callerCheckOf(id: string): Promise<string | null> {
  const [row] = await db()
    .select({ callerCheck: spokenCode.callerCheck })
    .from(spokenCode)
    .where(and(eq(spokenCode.id, id), ALIVE));
  return row?.callerCheck ?? null;
}
