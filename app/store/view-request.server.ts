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
  /** Whether the look is hidden from the person for a while, because seeing it could harm them. */
  readonly hold: boolean;
};

/**
 * Creates a request that a second employee must answer within 15 minutes. An open one of the same employee is
 * withdrawn.
 */
export async function makeRequest({ seal, reference, report, hold, ...wanted }: NewRequest): Promise<ViewRequest> {
  const id = randomUUID();
  return db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wanted.agent}, 3))`);
    await transaction
      .update(viewRequest)
      .set({ state: 'withdrawn', reference: null })
      .where(and(eq(viewRequest.agent, wanted.agent), eq(viewRequest.kind, 'alt'), OPEN));
    const [row] = await transaction
      .insert(viewRequest)
      .values({
        ...wanted,
        id,
        reference: seal(reference, id),
        report: report === null ? null : seal(report, id),
        holdUntil: hold ? sql`now() + make_interval(days => ${DISCLOSURE_DELAY_DAYS})` : null,
        state: 'pending',
        askedAt: sql`now()`,
        answerBefore: sql`now() + make_interval(mins => ${ANSWER_MINUTES})`,
      })
      .returning();
    if (!row) throw new Error('The request was not written');
    return row;
  });
}

/** The requests that this employee may answer, oldest first: not their own, nor those of their team or leads. */
export async function requestsFor(agent: string): Promise<ViewRequest[]> {
  return db()
    .select()
    .from(viewRequest)
    .where(and(PENDING, isApart(viewRequest.agent, sql`${agent}`)))
    .orderBy(viewRequest.askedAt);
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

/** Stores a second employee's answer. Null when it was answered before, is too late, or may not be answered by them. */
export async function answerRequest(id: string, by: string, yes: boolean): Promise<ViewRequest | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(viewRequest)
    .set({
      state: yes ? 'approved' : 'refused',
      answeredBy: by,
      answeredAt: sql`now()`,
      ...(yes ? {} : { holdUntil: null }),
    })
    .where(and(eq(viewRequest.id, id), PENDING, isApart(viewRequest.agent, sql`${by}`)))
    .returning();
  return row ?? null;
}

/** Takes an approved call-back for its one use. Null when it was used or has expired. */
export async function takeRequest(id: string, agent: string): Promise<ViewRequest | null> {
  const [row] = await db()
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
  return row ?? null;
}

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

/** Deletes references that are no longer needed. What was written about an emergency stays for the privacy officer. */
export async function clearOldRequests(): Promise<void> {
  await db()
    .update(viewRequest)
    .set({ reference: null })
    .where(sql`${viewRequest.reference} is not null and ${viewRequest.answerBefore} < now() - interval '1 hour'`);
}

const OPEN = sql`${viewRequest.state} in ('pending', 'approved')`;
const PENDING = sql`${viewRequest.state} = 'pending' and ${viewRequest.answerBefore} > now()`;
