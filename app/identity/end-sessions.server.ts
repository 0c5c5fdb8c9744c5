import { addOperatorEntryIn } from '~/audit/operator.server';
import { now } from '~/platform/clock.server';
import type { CommandDatabase } from '~/store/command-database.server';
import { endSessions, openSessions, type SessionsOf } from '~/store/open-session.server';

export const END_REASONS = ['lost-device', 'compromise', 'left-office', 'on-request'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** How many open sessions `endSessionsOf` would end now. */
export const countSessions = async (database: CommandDatabase, whose: SessionsOf): Promise<number> =>
  (await openSessions(database, whose, now())).length;

/** Ends all sessions of a person at once, in one transaction with its audit entry. Returns how many there were. */
export const endSessionsOf = (database: CommandDatabase, whose: SessionsOf, reason: EndReason): Promise<number> =>
  endSessions(database, whose, null, async (transaction, count) => {
    const people = 'subject' in whose ? [whose.subject] : whose.owners;
    for (const onBehalfOf of people)
      await addOperatorEntryIn(transaction, {
        action: 'end-session',
        objectType: 'session',
        objectRef: String(count),
        reason,
        onBehalfOf,
      });
  });
