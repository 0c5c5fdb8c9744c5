import type { ActingPerson } from '~/audit/act';
import { onClearCaches } from '~/platform/caches.server';

/** Who used a session lately, for the audit log of requests that are refused before the session is read. */
const actors = new Map<string, ActingPerson>();
const MOST = 5_000;
onClearCaches(() => actors.clear());

export function rememberActor(sessionId: string, { id, role, assurance = null, actsFor }: ActingPerson): void {
  actors.delete(sessionId);
  const [oldest] = actors.keys();
  if (actors.size >= MOST && oldest !== undefined) actors.delete(oldest);
  actors.set(sessionId, { id, role, assurance, actsFor });
}

/** Null for a session that this process has not read. */
export const actorOfSession = (sessionId: string): ActingPerson | null => actors.get(sessionId) ?? null;
