import { createHash } from 'node:crypto';
import { addAuditEntry } from '~/audit/audit-entry.server';
import type { Language } from '~/model/language';
import { momentWords } from '~/platform/moment-words.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { endSessions, openSessions } from '~/store/open-session.server';
import { db } from '~/store/store.server';
import { actorOf } from './asker.server';
import { requireSignedIn, sessionMark } from './session.server';
import { sessionNow } from './session-limits.server';

const DEVICES = ['phone', 'tablet', 'computer', 'program'] as const;

/** Where the request's person is signed in, in words, the last used first. Contains no address. */
export async function ownSessions(request: Request, language: Language) {
  const { id } = await requireSignedIn(request);
  const here = sessionMark(request);
  const sessions = await openSessions(db(), { subject: actorPseudonym(id) }, sessionNow());
  return sessions.map(({ idHash, device, represented, createdAt, lastSeenAt }) => ({
    ref: refOf(idHash),
    isHere: idHash === here,
    isForAnother: represented !== null,
    device: DEVICES.find((known) => known === device) ?? 'program',
    begun: momentWords(createdAt, language),
    used: momentWords(lastSeenAt, language),
  }));
}

/**
 * Ends one of the person's sessions, or all but this one, with an audit entry. The present one ends by signing out.
 *
 * @param which a session's `ref`, or `others`
 * @returns how many ended
 */
export async function endOwnSessions(request: Request, which: string): Promise<number> {
  const actor = await requireSignedIn(request);
  const here = sessionMark(request);
  const whose = { subject: actorPseudonym(actor.id) };
  const chosen = (await openSessions(db(), whose, sessionNow()))
    .map(({ idHash }) => idHash)
    .filter((idHash) => idHash !== here && (which === 'others' || refOf(idHash) === which));
  if (chosen.length === 0) return 0;
  return endSessions(db(), whose, chosen, (transaction, count) =>
    addAuditEntry(
      actorOf(actor),
      { action: 'end-session', objectType: 'session', objectRef: String(count), ground: 'own-data' },
      transaction,
    ),
  );
}

/** A session's name on the page: its key in the table is no concern of the browser's. */
const refOf = (idHash: string): string => createHash('sha256').update(`listed ${idHash}`).digest('hex').slice(0, 22);
