import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import type { EndedWhy } from '~/model/right-ended';
import { ticket, watch } from './schema/appointment.server';
import { mandate } from './schema/mandate.server';
import { outbox } from './schema/outbox.server';
import { seal } from './seal.server';
import { db, sealingKeys } from './store.server';

/** A watch or a ticket that the portal ended, or mandates that a restore ended. */
export interface EndedRight {
  readonly what: 'watch' | 'ticket' | 'mandate';
  /** Null for mandates, which may be for several cases. */
  readonly caseId: string | null;
  readonly why: EndedWhy;
}

/** Ends a watch. Its offer, address and unsent mail are deleted; what is left says why. False when it had ended. */
export const endWatch = (id: string, why: EndedWhy, now: Temporal.Instant): Promise<boolean> =>
  db().transaction(async (transaction) => {
    const none = {
      offer: null,
      offerHoldId: null,
      offerUntil: null,
      sealed: seal('null', id, sealingKeys()),
      addressId: null,
    };
    const rows = await transaction
      .update(watch)
      .set({ ...none, state: 'ended', endedWhy: why, updatedAt: now })
      .where(and(eq(watch.id, id), ne(watch.state, 'ended')))
      .returning({ id: watch.id });
    await transaction.delete(outbox).where(eq(outbox.watchId, id));
    return rows.length === 1;
  });

/** The same for a ticket. Its place in the order stays, so that the draw can be verified. */
export const endTicket = (id: string, why: EndedWhy): Promise<boolean> =>
  db().transaction(async (transaction) => {
    const none = { offer: null, offerUntil: null, taker: null, addressId: null };
    const rows = await transaction
      .update(ticket)
      .set({ ...none, state: 'ended', endedWhy: why })
      .where(and(eq(ticket.id, id), inArray(ticket.state, ['waiting', 'offered'])))
      .returning({ id: ticket.id });
    await transaction.delete(outbox).where(eq(outbox.ticketId, id));
    return rows.length === 1;
  });

/** What ended of what a person had set or taken. @param person keyed hash of that person */
export async function endedRightsOf(person: string): Promise<EndedRight[]> {
  const [watches, tickets, mandates] = await Promise.all([
    db()
      .select({ caseId: watch.caseId, why: watch.endedWhy })
      .from(watch)
      .where(and(eq(watch.setBy, person), eq(watch.state, 'ended'))),
    db()
      .select({ caseId: ticket.caseId, why: ticket.endedWhy })
      .from(ticket)
      .where(and(eq(ticket.takenBy, person), eq(ticket.state, 'ended'))),
    db()
      .select({ id: mandate.id })
      .from(mandate)
      .where(and(eq(mandate.client, person), isAskedAgain, sql`${mandate.answerBefore} > now()`))
      .limit(1),
  ]);
  const as = (what: EndedRight['what']) => (row: { caseId: string; why: EndedWhy | null }) =>
    row.why ? [{ what, caseId: row.caseId, why: row.why }] : [];
  return [
    ...watches.flatMap(as('watch')),
    ...tickets.flatMap(as('ticket')),
    ...mandates.map(() => ({ what: 'mandate', caseId: null, why: 'restored' }) as const),
  ];
}

/** It held before a restore. */
const isAskedAgain = and(eq(mandate.state, 'pending-client'), isNotNull(mandate.validFrom));
