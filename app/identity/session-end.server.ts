import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { now } from '~/platform/clock.server';
import { type Session, sessionOf } from './session.server';

/** What an open page knows of the end of its session. */
export interface SessionEnd {
  /** Seconds until then. */
  readonly seconds: number;
  /** On the agency's clock. */
  readonly at: string;
  /** Whether nothing can put it off: then there is no button that would. */
  readonly final: boolean;
}

/** @param grain seconds to which the rest is rounded down: a page has it coarse, so that equal answers stay equal */
export function sessionEnd({ endsAt, final }: Session, language: Language, grain = 1): SessionEnd {
  const seconds = Math.max(0, grain * Math.floor(endsAt.since(now()).total('seconds') / grain));
  return { seconds, final, at: formatsOf(language).clock(endsAt.toString(), config().AGENCY_ZONE) };
}

/** The end of the session of a request; null: it has none any more. */
export async function sessionEndOf(request: Request, language: Language): Promise<SessionEnd | null> {
  const session = await sessionOf(request);
  return session && sessionEnd(session, language);
}
