import type { Language } from '~/model/language';
import { clockWords } from '~/platform/moment-words.server';
import { type Session, sessionOf } from './session.server';
import { sessionNow } from './session-limits.server';

/** What an open page knows of its session's end. */
export interface SessionEnd {
  /** Seconds until the end. */
  readonly seconds: number;
  /** A clock time of the agency's zone. */
  readonly at: string;
  /** Whether the end can't be postponed: then the page shows no button for it. */
  readonly final: boolean;
}

/** @param grain seconds to which the rest is rounded down, so that equal pages stay byte-equal */
export function sessionEnd({ endsAt, final }: Session, language: Language, grain = 1): SessionEnd {
  const seconds = Math.max(0, grain * Math.floor(endsAt.since(sessionNow()).total('seconds') / grain));
  return { seconds, final, at: clockWords(endsAt, language) };
}

/** The end of the request's session; null when it has none. */
export async function sessionEndOf(request: Request, language: Language): Promise<SessionEnd | null> {
  const session = await sessionOf(request);
  return session && sessionEnd(session, language);
}
