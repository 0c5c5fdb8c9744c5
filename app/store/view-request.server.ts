import { randomUUID } from 'node:crypto';
import { and, eq, type InferSelectModel, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { ANSWER_MINUTES, DISCLOSURE_DELAY_DAYS } from '~/model/view-as';
import { isUuid } from './columns.server';
import { isApart } from './employee.server';
import { viewRequest } from './schema/helpdesk.server';
import { db } from './store.server';

export type ViewRequest = Readonly<InferSelectModel<typeof viewRequest>>;

export type NewRequest = Pick<
  ViewRequest,
  'kind' | 'agent' | 'agentNumber' | 'agentSession' | 'purpose' | 'callId' | 'category' | 'facts'
> & {
  /** Seals a text under the request's id. */
  readonly seal: (text: string, id: string) => Buffer;
  readonly reference: string;
  readonly report: string | null;
  /** Who asks and how to reach them, for the colleague who answers. */
  readonly asker?: string | null;
  /** Whether the employee asks a second one to hide the look from the person for a while. */
  readonly delayWanted: boolean;
};

/** The most emergencies of one employee: at the same time, and in 24 hours. */
export interface EmergencyLimits {
  readonly open: number;
  readonly aDay: number;
}

/**
 * Creates a request that a second employee must answer within 15 minutes. An open one of the same employee is
 * withdrawn.
 */
export const makeRequest = (wanted: NewRequest, log: LogRequest): Promise<ViewRequest> =>
  db().transaction(async (transaction) => {
    await lockRequestsOf(wanted.agent, transaction);
    return insertRequest(wanted, transaction, log);
  });

/** Writes what happened to a request, in the transaction that does it. */
export type LogRequest = (
  what: 'made' | 'withdrawn' | 'used',
  request: ViewRequest,
  within: Pick<NodePgDatabase, 'transaction'>,
) => Promise<void>;

/**
 * The same for an emergency, within the employee's limits. Concurrent attempts are counted one after the other.
 *
 * @returns the request, or which limit is reached
 */
export const makeEmergency = (
  wanted: NewRequest,
  limits: EmergencyLimits,
  log: LogRequest,
): Promise<ViewRequest | 'open-limit' | 'day-limit'> =>
  db().transaction(async (transaction) => {
    await lockRequestsOf(wanted.agent, transaction);
    const [found] = await transaction
      .select({
        open: sql<number>`count(*) filter (where state = 'pending' and reported_at is null)::int`,
        day: sql<number>`count(*) filter (where asked_at > now() - interval '24 hours')::int`,
      })
      .from(viewRequest)
      .where(and(eq(viewRequest.agent, wanted.agent), eq(viewRequest.kind, 'glass')));
    if ((found?.open ?? 0) >= limits.open) return 'open-limit';
    if ((found?.day ?? 0) >= limits.aDay) return 'day-limit';
    return insertRequest(wanted, transaction, log);
  });

type Within = Pick<NodePgDatabase, 'execute' | 'insert' | 'update' | 'transaction'>;

const lockRequestsOf = (agent: string, within: Within) =>
  within.execute(sql`select pg_advisory_xact_lock(hashtextextended(${agent}, 3))`);

async function insertRequest(
  { seal, reference, report, asker = null, ...wanted }: NewRequest,
  transaction: Within,
  log: LogRequest,
): Promise<ViewRequest> {
  const id = randomUUID();
  const withdrawn = await transaction
    .update(viewRequest)
    .set({ state: 'withdrawn', reference: null, asker: null })
    .where(and(eq(viewRequest.agent, wanted.agent), eq(viewRequest.kind, 'alt'), OPEN))
    .returning();
  for (const old of withdrawn) await log('withdrawn', old, transaction);
  const [row] = await transaction
    .insert(viewRequest)
    .values({
      ...wanted,
      id,
      reference: seal(reference, id),
      report: report === null ? null : seal(report, id),
      asker: asker === null ? null : seal(asker, id),
      state: 'pending',
      askedAt: sql`now()`,
      answerBefore: sql`now() + make_interval(mins => ${ANSWER_MINUTES})`,
    })
    .returning();
  if (!row) throw new Error('The request was not written');
  await log('made', row, transaction);
  return row;
}

/** The requests that this employee may answer, oldest first: not their own, nor those of their team or leads. */
export async function requestsFor(agent: string, skipped: number, most: number): Promise<ViewRequest[]> {
  return db()
    .select()
    .from(viewRequest)
    .where(and(PENDING, isApart(viewRequest.agent, sql`${agent}`)))
    .orderBy(viewRequest.askedAt, viewRequest.id)
    .offset(skipped)
    .limit(most);
}

/** How many there are. */
export async function requestCount(agent: string): Promise<number> {
  const [found] = await db()
    .select({ count: sql<number>`count(*)::int` })
    .from(viewRequest)
    .where(and(PENDING, isApart(viewRequest.agent, sql`${agent}`)));
  return found?.count ?? 0;
}

/** One of them; null when this employee may not answer it, or no longer. */
export async function requestFor(agent: string, id: string): Promise<ViewRequest | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .select()
    .from(viewRequest)
    .where(and(eq(viewRequest.id, id), PENDING, isApart(viewRequest.agent, sql`${agent}`)));
  return row ?? null;
}

/** The employee's own request, in the same session. */
export async function requestOf(id: string, agent: string, agentSession: string): Promise<ViewRequest | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .select()
    .from(viewRequest)
    .where(and(eq(viewRequest.id, id), eq(viewRequest.agent, agent), eq(viewRequest.agentSession, agentSession)));
  return row ?? null;
}

/** Whether an answer would still count, by the database's clock. */
export async function isInTime(id: string): Promise<boolean> {
  const [row] = await db()
    .select({ id: viewRequest.id })
    .from(viewRequest)
    .where(and(eq(viewRequest.id, id), sql`${viewRequest.answerBefore} > now()`));
  return row !== undefined;
}

/** `yes-hidden`: also hides the look from the person for the days of a disclosure delay. */
export type Answer = 'yes' | 'yes-hidden' | 'no';

/**
 * Stores a second employee's answer, together with what `log` writes, both or neither. Null when the request was
 * answered before, is too late, may not be answered by them, or its employee did not ask to hide the look.
 */
export async function answerRequest(
  id: string,
  by: string,
  given: Answer,
  log: (answered: ViewRequest, within: Pick<NodePgDatabase, 'transaction'>) => Promise<void>,
): Promise<ViewRequest | null> {
  if (!isUuid(id)) return null;
  return db().transaction(async (transaction) => {
    const [row] = await transaction
      .update(viewRequest)
      .set({
        state: given === 'no' ? 'refused' : 'approved',
        answeredBy: by,
        answeredAt: sql`now()`,
        holdUntil: given === 'yes-hidden' ? sql`now() + make_interval(days => ${DISCLOSURE_DELAY_DAYS})` : null,
      })
      .where(
        and(
          eq(viewRequest.id, id),
          PENDING,
          isApart(viewRequest.agent, sql`${by}`),
          given === 'yes-hidden' ? eq(viewRequest.delayWanted, true) : undefined,
        ),
      )
      .returning();
    if (!row) return null;
    await log(row, transaction);
    return row;
  });
}

/** Takes an approved call-back for its one use. Null when it was used or has expired. */
export const takeRequest = (id: string, agent: string, log: LogRequest): Promise<ViewRequest | null> =>
  db().transaction(async (transaction) => {
    const [row] = await transaction
      .update(viewRequest)
      .set({ state: 'used' })
      .where(
        and(
          eq(viewRequest.id, id),
          eq(viewRequest.agent, agent),
          eq(viewRequest.kind, 'alt'),
          eq(viewRequest.state, 'approved'),
          sql`${viewRequest.answerBefore} > now()`,
        ),
      )
      .returning();
    if (!row) return null;
    await log('used', row, transaction);
    return row;
  });

/** Links the session to its request and deletes the reference, which is no longer needed. */
export async function tieToGrant(id: string, grantId: string): Promise<void> {
  await db().update(viewRequest).set({ grantId }).where(eq(viewRequest.id, id));
}

/** Emergencies that were not confirmed in time, or refused, and are not reported yet. */
const UNREPORTED = sql`${viewRequest.kind} = 'glass' and ${viewRequest.reportedAt} is null
  and (${viewRequest.state} = 'refused' or (${viewRequest.state} = 'pending' and ${viewRequest.answerBefore} <= now()))`;

/**
 * Marks one unreported emergency as reported, together with what `report` writes, both or neither, so that it is
 * reported once. Its disclosure delay ends. False when there is none.
 */
export async function reportEmergency(
  report: (request: ViewRequest, within: Pick<NodePgDatabase, 'transaction' | 'insert'>) => Promise<void>,
): Promise<boolean> {
  return db().transaction(async (transaction) => {
    const unreported = transaction.select().from(viewRequest).where(UNREPORTED).limit(1);
    const [request] = await unreported.for('update', { skipLocked: true });
    if (!request) return false;
    await report(request, transaction);
    const reported = { reportedAt: sql`now()`, holdUntil: null };
    await transaction.update(viewRequest).set(reported).where(eq(viewRequest.id, request.id));
    return true;
  });
}

/**
 * Deletes one request that was closed so long ago (ISO 8601 period), together with what `log` writes, both or neither.
 * One that is not reported yet, or still hides a look, stays. False when there is none.
 */
export async function deleteClosedRequest(
  period: string,
  log: (id: string, within: Pick<NodePgDatabase, 'transaction'>) => Promise<unknown>,
): Promise<boolean> {
  return db().transaction(async (transaction) => {
    const [closed] = await transaction
      .select({ id: viewRequest.id })
      .from(viewRequest)
      .where(
        sql`coalesce(${viewRequest.reportedAt}, ${viewRequest.answeredAt}, ${viewRequest.answerBefore})
          < now() - ${period}::interval
          and (${viewRequest.holdUntil} is null or ${viewRequest.holdUntil} < now()) and not (${UNREPORTED})`,
      )
      .limit(1)
      .for('update', { skipLocked: true });
    if (!closed) return false;
    await transaction.delete(viewRequest).where(eq(viewRequest.id, closed.id));
    await log(closed.id, transaction);
    return true;
  });
}

/** Deletes references that are no longer needed. What was written about an emergency stays for the privacy officer. */
export async function clearOldRequests(): Promise<void> {
  await db()
    .update(viewRequest)
    .set({ reference: null, asker: null })
    .where(sql`${viewRequest.reference} is not null and ${viewRequest.answerBefore} < now() - interval '1 hour'`);
}

const OPEN = sql`${viewRequest.state} in ('pending', 'approved')`;
const PENDING = sql`${viewRequest.state} = 'pending' and ${viewRequest.answerBefore} > now()`;
