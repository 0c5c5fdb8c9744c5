import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { and, asc, desc, eq, gt, type InferSelectModel, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Temporal } from 'temporal-polyfill';
import type { Slot } from '~/model/appointment';
import { drawOrder, WINDOW_MINUTES, windowState } from '~/model/draw';
import { isUuid } from './columns.server';
import { release, type StoredOffer, ticket, watch } from './schema/appointment.server';
import { seal, unseal } from './seal.server';
import { db, rowKeys } from './store.server';

/** Slots of some desks and days (both ends included; no desks = all) that a draw gives away. */
export type Release = Readonly<InferSelectModel<typeof release>>;
export type Ticket = Readonly<InferSelectModel<typeof ticket>>;
export type NewRelease = Pick<Release, 'product' | 'desks' | 'fromDate' | 'untilDate' | 'opensAt' | 'confirmHours'>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Prepares a draw, which keeps no time from anybody until another employee confirms it. Its seed is made now and stays
 * sealed; its published hash proves later that it was not changed. The same prepared again, as by a double click, stays one.
 */
export const prepareRelease = (wanted: NewRelease, by: string, now: Temporal.Instant): Promise<Release> =>
  db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${by}, 10))`);
    const { product, fromDate, untilDate, opensAt, confirmHours } = release;
    const same = and(
      and(eq(release.preparedBy, by), eq(release.state, 'prepared'), eq(product, wanted.product)),
      and(eq(fromDate, wanted.fromDate), eq(untilDate, wanted.untilDate), eq(opensAt, wanted.opensAt)),
      eq(confirmHours, wanted.confirmHours),
    );
    const before = await transaction.select().from(release).where(same);
    const again = before.find(({ desks }) => [...desks].sort().join() === [...wanted.desks].sort().join());
    if (again) return again;
    const row = newRelease(wanted, by, now);
    await transaction.insert(release).values(row);
    return row;
  });

function newRelease(wanted: NewRelease, by: string, now: Temporal.Instant): Release {
  const [id, seed] = [randomUUID(), randomBytes(32).toString('hex')];
  return {
    ...wanted,
    id,
    windowMinutes: WINDOW_MINUTES,
    seed: seal(seed, id, rowKeys()),
    seedHash: sha256(seed),
    seedShown: null,
    state: 'prepared',
    preparedBy: by,
    confirmedBy: null,
    undoneBy: null,
    createdAt: now,
  };
}

export type LogRelease = (changed: Release, within: Pick<NodePgDatabase, 'transaction'>) => Promise<void>;

/**
 * Confirms a prepared draw, together with what `log` writes, both or neither. False when it is theirs, was confirmed or
 * undone before, or should have opened already.
 */
export const confirmRelease = (id: string, by: string, now: Temporal.Instant, log: LogRelease): Promise<boolean> =>
  changeRelease(
    and(eq(release.id, id), eq(release.state, 'prepared'), ne(release.preparedBy, by), gt(release.opensAt, now)),
    { state: 'planned', confirmedBy: by },
    log,
  );

/**
 * Undoes a draw that is not drawn yet, likewise; its times are free again. Returns the tickets that waited and ended with
 * it. Null when it is too late: people have their result.
 */
export async function undoRelease(id: string, by: string, log: LogRelease): Promise<Ticket[] | null> {
  let ended: Ticket[] = [];
  const isDone = await changeRelease(
    and(eq(release.id, id), inArray(release.state, ['prepared', 'planned'])),
    { state: 'withdrawn', undoneBy: by },
    async (changed, transaction) => {
      ended = await transaction
        .update(ticket)
        .set({ state: 'withdrawn', taker: null })
        .where(and(eq(ticket.releaseId, id), eq(ticket.state, 'waiting')))
        .returning();
      await log(changed, transaction);
    },
  );
  return isDone ? ended : null;
}

/**
 * How many people now wait for a time that a draw would give away: those of a watch for such times, and of a ticket.
 * Counts the people of a party.
 */
export async function peopleWaiting({ id, product, desks, fromDate }: Release): Promise<number> {
  const isForDesk = sql`(${JSON.stringify(desks)}::jsonb = '[]' or ${watch.desks} = '[]'
    or exists (select 1 from jsonb_array_elements_text(${watch.desks}) wanted where ${JSON.stringify(desks)}::jsonb ? wanted))`;
  const people = sql<number>`coalesce(sum(party_size), 0)::int`;
  const [[waiting], [ticketed]] = await Promise.all([
    db()
      .select({ people })
      .from(watch)
      .where(and(eq(watch.product, product), ne(watch.state, 'ended'), gt(watch.before, fromDate), isForDesk)),
    db()
      .select({ people })
      .from(ticket)
      .where(and(eq(ticket.releaseId, id), eq(ticket.state, 'waiting'))),
  ]);
  return (waiting?.people ?? 0) + (ticketed?.people ?? 0);
}

type Within = Pick<NodePgDatabase, 'transaction' | 'insert' | 'update'>;

const changeRelease = (
  which: SQL | undefined,
  change: Partial<Release>,
  log: (changed: Release, within: Within) => Promise<void>,
): Promise<boolean> =>
  db().transaction(async (transaction) => {
    const [row] = await transaction.update(release).set(change).where(which).returning();
    if (row) await log(row, transaction);
    return row !== undefined;
  });

export async function readRelease(id: string): Promise<Release | null> {
  if (!isUuid(id)) return null;
  const [row] = await db().select().from(release).where(eq(release.id, id));
  return row ?? null;
}

export const lastReleases = (count: number): Promise<Release[]> =>
  db().select().from(release).orderBy(desc(release.opensAt)).limit(count);

/** A draw in another state keeps no time from anybody. */
const KEEPS_TIMES: Release['state'][] = ['planned', 'drawn'];

/** Releases that are still to be drawn or offered, the first to open first. */
export const openReleases = (): Promise<Release[]> =>
  db().select().from(release).where(inArray(release.state, KEEPS_TIMES)).orderBy(asc(release.opensAt));

export type ReservedSlots = Pick<Release, 'desks' | 'fromDate' | 'untilDate'>;

/** Slots that only a draw may give away. */
export const reservedForDraws = (product: string): Promise<ReservedSlots[]> =>
  db()
    .select({ desks: release.desks, fromDate: release.fromDate, untilDate: release.untilDate })
    .from(release)
    .where(and(eq(release.product, product), inArray(release.state, KEEPS_TIMES)));

export const isReserved = ({ desk, date }: Slot, reserved: readonly ReservedSlots[]): boolean =>
  reserved.some(
    ({ desks, fromDate, untilDate }) =>
      date >= fromDate && date <= untilDate && (desks.length === 0 || desks.includes(desk.key)),
  );

export type NewTicket = Pick<Ticket, 'releaseId' | 'owner' | 'caseId' | 'partySize' | 'language'> &
  Partial<Pick<Ticket, 'desks' | 'weekdays' | 'addressId' | 'takenBy'>> & {
    /** Who takes it, as text; sealed in the row until the ticket ends. */
    readonly taker?: string;
  };

/**
 * Gives a person one ticket, the same when asked again. Its number is derived from the person and the release, so
 * returning it does not give a better one. Null outside the window, or when another person has the case's ticket.
 */
export async function takeTicket(wanted: NewTicket, now: Temporal.Instant): Promise<Ticket | null> {
  return db().transaction(async (transaction) => {
    // The draw waits for this lock; a caller after it finds the release drawn.
    const [open] = await transaction.select().from(release).where(eq(release.id, wanted.releaseId)).for('share');
    if (open?.state !== 'planned') return null;
    const opens = open.opensAt.epochMilliseconds;
    if (windowState(now.epochMilliseconds, opens, open.windowMinutes) !== 'open') return null;
    const id = randomUUID();
    const number = sha256(`${open.id}/${wanted.owner}`).slice(0, 16);
    const taker = wanted.taker === undefined ? null : seal(wanted.taker, id, rowKeys());
    const row = { ...wanted, id, number, taker, state: 'waiting' as const, createdAt: now };
    await transaction.insert(ticket).values(row).onConflictDoNothing();
    const [mine] = await transaction
      .select()
      .from(ticket)
      .where(and(eq(ticket.releaseId, open.id), eq(ticket.owner, wanted.owner), eq(ticket.caseId, wanted.caseId)));
    return mine ?? null;
  });
}

/**
 * Before the draw the ticket is deleted. After it the place stays, so that the order can be verified; an
 * offered slot passes to the next ticket.
 */
export async function giveBackTicket(owner: string, id: string): Promise<void> {
  if (!isUuid(id)) return;
  const mine = and(eq(ticket.id, id), eq(ticket.owner, owner));
  await db()
    .delete(ticket)
    .where(and(mine, isNull(ticket.place)));
  const gone = { state: 'returned' as const, offer: null, offerUntil: null, taker: null, addressId: null };
  await db()
    .update(ticket)
    .set(gone)
    .where(and(mine, inArray(ticket.state, ['waiting', 'offered'])));
}

/** The newest release of a product in which the owner can still act, with the owner's ticket. */
export async function releaseFor(
  owner: string,
  { caseId, product, today }: { readonly caseId: string; readonly product: string; readonly today: string },
): Promise<{ readonly release: Release; readonly ticket: Ticket | null } | null> {
  const rows = await db()
    .select()
    .from(release)
    .leftJoin(ticket, and(eq(ticket.releaseId, release.id), eq(ticket.owner, owner), eq(ticket.caseId, caseId)))
    .where(
      and(
        eq(release.product, product),
        gt(release.untilDate, today),
        or(inArray(release.state, [...KEEPS_TIMES, 'over']), eq(ticket.state, 'withdrawn')),
      ),
    )
    .orderBy(asc(release.opensAt));
  return (
    rows.find((row) => row.ticket?.state === 'offered') ??
    rows.find((row) => row.release.state === 'planned') ??
    rows.findLast((row) => row.ticket !== null) ??
    null
  );
}

/** The ticket whose offered slot the owner may take now. */
export async function offeredTicket(
  owner: string,
  caseId: string,
  product: string,
  now: Temporal.Instant,
): Promise<Ticket | null> {
  const [row] = await db()
    .select({ ticket })
    .from(ticket)
    .innerJoin(release, eq(release.id, ticket.releaseId))
    .where(
      and(
        eq(ticket.owner, owner),
        eq(ticket.caseId, caseId),
        eq(release.product, product),
        eq(ticket.state, 'offered'),
        gt(ticket.offerUntil, now),
      ),
    );
  return row?.ticket ?? null;
}

/**
 * Draws once, after the window: every ticket gets its place and the seed is published. False when it is too early or
 * already drawn.
 */
export async function drawRelease(id: string, now: Temporal.Instant): Promise<boolean> {
  return db().transaction(async (transaction) => {
    const [row] = await transaction.select().from(release).where(eq(release.id, id)).for('update');
    if (row?.state !== 'planned') return false;
    if (windowState(now.epochMilliseconds, row.opensAt.epochMilliseconds, row.windowMinutes) !== 'closed') return false;
    const seed = unseal(row.seed, id, rowKeys());
    if (seed === null) throw new Error('No key opens the seed of a release');
    const tickets = await transaction.select({ number: ticket.number }).from(ticket).where(eq(ticket.releaseId, id));
    const order = drawOrder(
      tickets.map(({ number }) => number),
      seed,
    );
    for (const [index, number] of order.entries())
      await transaction
        .update(ticket)
        .set({ place: index + 1 })
        .where(and(eq(ticket.releaseId, id), eq(ticket.number, number)));
    await transaction.update(release).set({ state: 'drawn', seedShown: seed }).where(eq(release.id, id));
    return true;
  });
}

/** A ticket by its id alone, for background work. */
export async function ticketWithRelease(
  id: string,
): Promise<{ readonly ticket: Ticket; readonly release: Release } | null> {
  const [row] = await db()
    .select()
    .from(ticket)
    .innerJoin(release, eq(release.id, ticket.releaseId))
    .where(eq(ticket.id, id));
  return row ?? null;
}

export const ticketsOf = (releaseId: string): Promise<Ticket[]> =>
  db().select().from(ticket).where(eq(ticket.releaseId, releaseId)).orderBy(asc(ticket.place), asc(ticket.number));

/** Offers a slot to a waiting ticket; false when it was returned meanwhile. */
export async function offerSlot(id: string, offer: StoredOffer, until: Temporal.Instant): Promise<boolean> {
  const rows = await db()
    .update(ticket)
    .set({ state: 'offered', offer, offerUntil: until })
    .where(and(eq(ticket.id, id), eq(ticket.state, 'waiting')))
    .returning({ id: ticket.id });
  return rows.length === 1;
}

/** Ends a ticket that waits or has an offer; false when it had ended. A ticket with an offer does not become lost. */
export async function settleTicket(id: string, state: 'missed' | 'booked' | 'lost'): Promise<boolean> {
  const rows = await db()
    .update(ticket)
    .set({ state, offerUntil: null })
    .where(and(eq(ticket.id, id), inArray(ticket.state, state === 'lost' ? ['waiting'] : ['waiting', 'offered'])))
    .returning({ id: ticket.id });
  return rows.length === 1;
}

export async function endRelease(id: string): Promise<void> {
  await db()
    .update(release)
    .set({ state: 'over' })
    .where(and(eq(release.id, id), eq(release.state, 'drawn')));
}

/** Deletes old releases with their tickets. @param before ISO date */
export async function deleteOldReleases(before: string): Promise<void> {
  await db().delete(release).where(lt(release.untilDate, before));
}

/** Who took a ticket; null when no current key opens it, or for a ticket of before. */
export const takerText = ({ id, taker }: Ticket): string | null => taker && unseal(taker, id, rowKeys());
