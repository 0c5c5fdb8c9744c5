import type { Planned, Refusal } from '~/model/appointment';
import type { Answer } from '../gate.server';

/** Where the API says why it refuses; its body may be empty. */
export const REASON_HEADERS = ['error_code', 'error_message'] as const;

const REFUSALS: Readonly<Record<string, Refusal>> = { E440: 'slot-taken' };

/**
 * Why the planner did not do it.
 *
 * @param lost what it means when no answer came
 * @param unknown what it means that the planner does not know the thing (404)
 */
export function refusalIn(
  answer: Answer<unknown>,
  lost: 'outcome-unknown' | 'could-not-ask',
  unknown: Refusal = 'not-possible',
): Extract<Planned<never>, { ok: false }> {
  if (answer.ok || answer.why !== 'refused') {
    return { ok: false, why: !answer.ok && answer.unsent ? 'could-not-ask' : lost };
  }
  const known = REFUSALS[answer.reason?.error_code ?? ''];
  if (known) return { ok: false, why: known };
  // A fault of the server's, for which it happens to have a number: it may have come after the work.
  if (answer.status !== undefined && answer.status >= 500) return { ok: false, why: lost };
  if (answer.status === 404) return { ok: false, why: unknown };
  return { ok: false, why: answer.status === 429 ? 'slow-down' : 'not-possible' };
}
