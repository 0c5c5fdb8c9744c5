import type { PlannerResult } from '~/model/appointment';
import type { Answer } from '../gate.server';
import { namedField } from '../named-field';

/** The address and number that the API may have refused. */
type Sent = { readonly email: string; readonly phone: string };

/**
 * Why the API refused. It has no code of its own for any reason: it answers 500 for much that it does not take.
 *
 * @param lost what a missing answer means
 */
export function refusalIn(
  answer: Answer<unknown>,
  lost: 'outcome-unknown' | 'could-not-ask',
  sent: Sent | null = null,
): Extract<PlannerResult<never>, { ok: false }> {
  if (answer.ok) return { ok: false, why: lost };
  if (answer.status === 429)
    return {
      ok: false,
      why: 'slow-down',
      ...(answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter }),
    };
  if (answer.unsent) return { ok: false, why: 'could-not-ask' };
  if (answer.why !== 'refused') return { ok: false, why: lost };
  if (answer.status === 401 || answer.status === 403) return { ok: false, why: 'could-not-ask' };
  return refusalFor(answer.body ?? '', sent);
}

/** What the API's own words name. */
export const refusalFor = (words: string, sent: Sent | null): Extract<PlannerResult<never>, { ok: false }> => ({
  ok: false,
  why: (sent && namedField(words, sent)) ?? 'not-possible',
});
