import { randomUUID } from 'node:crypto';
import { and, eq, getTableColumns, type InferSelectModel, inArray, isNull, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import {
  EMERGENCY_MINUTES,
  isViewAsOver,
  LOCATED_MINUTES,
  VIEW_AS_IDLE_MINUTES,
  VIEW_AS_MINUTES,
  type ViewAsState,
  viewAsStateAt,
} from '~/model/view-as';
import { isUuid } from './columns.server';
import { isCloseBy } from './employee.server';
import { viewGrant } from './schema/helpdesk.server';
import { db } from './store.server';

/** A view-as session at the moment of reading: `state` already reflects the time. */
export type ViewGrant = Readonly<InferSelectModel<typeof viewGrant>>;

export type NewGrant = Pick<
  ViewGrant,
  'agent' | 'agentNumber' | 'agentSession' | 'owner' | 'codeId' | 'purpose' | 'callId' | 'language' | 'pageWidth'
> & { readonly codeId: string; readonly referenceHash?: string };

/** Creates a session that shows nothing yet. The employee's previous one ends: they look at one person at a time. */
export async function locateGrant(wanted: NewGrant): Promise<ViewGrant> {
  return db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wanted.agent}, 1))`);
    await transaction
      .update(viewGrant)
      .set({ ...over('ended-agent') })
      .where(and(eq(viewGrant.agent, wanted.agent), OPEN));
    const [row] = await transaction
      .insert(viewGrant)
      .values({
        ...wanted,
        id: randomUUID(),
        state: 'located',
        method: 'code',
        locatedAt: sql`now()`,
        lastSeenAt: sql`now()`,
        expiresAt: sql`now() + make_interval(mins => ${LOCATED_MINUTES})`,
      })
      .returning(COLUMNS);
    if (!row) throw new Error('The view was not written');
    return read(row);
  });
}

/**
 * Opens a located session for its 15 minutes. An older one on the same person ends. Null when it is no longer located.
 */
export async function openGrant(id: string, agent: string, subject: Buffer): Promise<ViewGrant | null> {
  return db().transaction(async (transaction) => {
    const [found] = await transaction
      .select()
      .from(viewGrant)
      .where(and(eq(viewGrant.id, id), eq(viewGrant.agent, agent), eq(viewGrant.state, 'located'), UNEXPIRED))
      .for('update');
    if (!found) return null;
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${found.owner}, 2))`);
    await transaction
      .update(viewGrant)
      .set({ ...over('expired') })
      .where(and(eq(viewGrant.owner, found.owner), eq(viewGrant.state, 'active')));
    const [row] = await transaction
      .update(viewGrant)
      .set({
        state: 'active',
        subject,
        activeAt: sql`now()`,
        lastSeenAt: sql`now()`,
        expiresAt: sql`now() + make_interval(mins => ${VIEW_AS_MINUTES})`,
      })
      .where(eq(viewGrant.id, id))
      .returning(COLUMNS);
    return row ? read(row) : null;
  });
}

export type UncodedGrant = Omit<NewGrant, 'codeId' | 'pageWidth' | 'referenceHash'> &
  Pick<ViewGrant, 'id' | 'onlyCase' | 'secondApprover'> & {
    readonly method: 'alt' | 'glass';
    readonly subject: Buffer;
  };

/**
 * Opens a session without a code. The caller must have the second employee's approval, or an emergency's report, in the
 * audit log.
 */
export async function openWithoutCode(wanted: UncodedGrant): Promise<ViewGrant> {
  return db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wanted.agent}, 1))`);
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wanted.owner}, 2))`);
    await transaction
      .update(viewGrant)
      .set({ ...over('ended-agent') })
      .where(and(eq(viewGrant.agent, wanted.agent), OPEN));
    await transaction
      .update(viewGrant)
      .set({ ...over('expired') })
      .where(and(eq(viewGrant.owner, wanted.owner), eq(viewGrant.state, 'active')));
    const minutes = wanted.method === 'glass' ? EMERGENCY_MINUTES : VIEW_AS_MINUTES;
    const [row] = await transaction
      .insert(viewGrant)
      .values({
        ...wanted,
        state: 'active',
        locatedAt: sql`now()`,
        activeAt: sql`now()`,
        lastSeenAt: sql`now()`,
        expiresAt: sql`now() + make_interval(mins => ${minutes})`,
      })
      .returning(COLUMNS);
    if (!row) throw new Error('The view was not written');
    return read(row);
  });
}

/** Ends a session at a supervisor's request. */
export async function revokeGrant(id: string): Promise<void> {
  await db()
    .update(viewGrant)
    .set({ ...over('revoked-supervisor') })
    .where(and(eq(viewGrant.id, id), OPEN));
}

/** The employee's session at this moment; null when there is none or it is another's. */
export async function readGrant(id: string, agent: string): Promise<ViewGrant | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .select(COLUMNS)
    .from(viewGrant)
    .where(and(eq(viewGrant.id, id), eq(viewGrant.agent, agent)));
  return row ? read(row) : null;
}

/**
 * Marks the session as used and returns it, only while it is active right now and in the same sign-in session.
 *
 * @param page the page about to be rendered: from now on the only valid one
 */
export async function touchGrant(
  id: string,
  agent: string,
  agentSession: string,
  page?: string,
): Promise<ViewGrant | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(viewGrant)
    .set({ lastSeenAt: sql`now()`, ...(page ? { page } : {}) })
    .where(
      and(
        eq(viewGrant.id, id),
        eq(viewGrant.agent, agent),
        eq(viewGrant.agentSession, agentSession),
        eq(viewGrant.state, 'active'),
        UNEXPIRED,
        sql`${viewGrant.lastSeenAt} > now() - make_interval(mins => ${VIEW_AS_IDLE_MINUTES})`,
        CALLER_THERE,
        sql`not ${isCloseBy(viewGrant.agent, viewGrant.owner)}`,
      ),
    )
    .returning(COLUMNS);
  return row ? read(row) : null;
}

/** The employees who look along with a person now, or are about to. Those under a disclosure delay are left out. */
export async function openGrantOn(owner: string): Promise<ViewGrant | null> {
  const rows = await db()
    .select(COLUMNS)
    .from(viewGrant)
    .where(and(eq(viewGrant.owner, owner), OPEN, UNEXPIRED, NOT_HELD))
    .orderBy(sql`${viewGrant.state} = 'active' desc, ${viewGrant.locatedAt} desc`);
  return rows.map(read).find(({ state }) => state === 'active' || state === 'located') ?? null;
}

/** The employee's open session, in whichever sign-in session; null without one. */
export async function openGrantBy(agent: string): Promise<ViewGrant | null> {
  const [row] = await db()
    .select(COLUMNS)
    .from(viewGrant)
    .where(and(eq(viewGrant.agent, agent), OPEN, UNEXPIRED));
  const grant = row ? read(row) : null;
  return grant && !isViewAsOver(grant.state) ? grant : null;
}

/**
 * Takes an employee's open session over into their newer sign-in session: the older one was lost, or counts no more. Null
 * when it is over, another's, or belongs to a sign-in that is not older.
 */
export async function resumeGrant(id: string, agent: string, agentSession: string): Promise<ViewGrant | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(viewGrant)
    .set({ agentSession, page: null })
    .where(
      and(
        eq(viewGrant.id, id),
        eq(viewGrant.agent, agent),
        OPEN,
        UNEXPIRED,
        sql`not exists (select 1 from session old, session here where old.id_hash = ${viewGrant.agentSession}
          and here.id_hash = ${agentSession} and here.created_at <= old.created_at)`,
      ),
    )
    .returning(COLUMNS);
  const grant = row ? read(row) : null;
  return grant && !isViewAsOver(grant.state) ? grant : null;
}

/** Whether the reason of this call is noted now for the first time. */
export async function noteReasonOnce(id: string, within: Pick<NodePgDatabase, 'update'>): Promise<boolean> {
  const noted = await within
    .update(viewGrant)
    .set({ reasonNoted: true })
    .where(and(eq(viewGrant.id, id), eq(viewGrant.reasonNoted, false)))
    .returning({ id: viewGrant.id });
  return noted.length === 1;
}

/** Notes which case a call is about, when it is first seen. */
export async function noteCaseOfLook(id: string, caseId: string): Promise<void> {
  await db()
    .update(viewGrant)
    .set({ aboutCase: caseId })
    .where(and(eq(viewGrant.id, id), isNull(viewGrant.aboutCase)));
}

/** Ends every session on a person, from the next read on, in every process. Returns those that ended. */
export async function endBySubject(owner: string): Promise<ViewGrant[]> {
  const rows = await db()
    .update(viewGrant)
    .set({ ...over('ended-subject') })
    .where(and(eq(viewGrant.owner, owner), OPEN))
    .returning(COLUMNS);
  return rows.map(read);
}

export async function endByAgent(id: string, agent: string): Promise<ViewGrant | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(viewGrant)
    .set({ ...over('ended-agent') })
    .where(and(eq(viewGrant.id, id), eq(viewGrant.agent, agent), OPEN))
    .returning(COLUMNS);
  return row ? read(row) : null;
}

/** Deletes what an ended or expired session could still be opened with. */
export async function clearEndedGrants(): Promise<void> {
  await db()
    .update(viewGrant)
    .set({ subject: null, pageWidth: null })
    .where(
      sql`${viewGrant.subject} is not null and (${viewGrant.state} <> 'active' or ${viewGrant.expiresAt} < now())`,
    );
}

/** Ending deletes `subject`, so nothing is left to look at. */
const over = (state: ViewAsState) => ({ state, endedAt: sql`now()`, subject: null, pageWidth: null });

const OPEN = inArray(viewGrant.state, ['located', 'active']);
const UNEXPIRED = sql`${viewGrant.expiresAt} > now()`;

const NOT_HELD = sql`not exists (select 1 from view_request where grant_id = ${viewGrant.id} and hold_until > now())`;

/** Signing out withdraws consent. A session without a code had none. */
const CALLER_THERE = sql<boolean>`(${viewGrant.method} <> 'code' or exists (select 1 from spoken_code
  join session on session.id_hash = spoken_code.session_hash where spoken_code.id = ${viewGrant.codeId}))`;

const COLUMNS = {
  ...getTableColumns(viewGrant),
  databaseNow: sql<Temporal.Instant>`now()`.mapWith(viewGrant.locatedAt),
  callerThere: CALLER_THERE,
};

type Row = ViewGrant & { readonly databaseNow: Temporal.Instant; readonly callerThere: boolean };

function read({ databaseNow, callerThere, ...row }: Row): ViewGrant {
  const state = viewAsStateAt(row.state, row, databaseNow);
  return { ...row, state: callerThere || isViewAsOver(state) ? state : 'ended-subject' };
}
