import type { PlannerResult, Refusal } from '~/model/appointment';
import type { Answer } from '../gate.server';
import { namedField } from '../named-field';

/** The header with the reason of a refusal; the body may be empty. */
export const REASON_HEADERS = ['error_code', 'error_message'] as const;

const REFUSALS: Readonly<Record<string, Refusal>> = { E440: 'slot-taken' };

/**
 * Why the planner refused.
 *
 * @param lost what a missing answer means
 * @param unknown what a 404 means
 * @param sent the address and number that it may have refused
 */
export function refusalIn(
  answer: Answer<unknown>,
  lost: 'outcome-unknown' | 'could-not-ask',
  unknown: Refusal = 'not-possible',
  sent: { readonly email: string; readonly phone: string } | null = null,
): Extract<PlannerResult<never>, { ok: false }> {
  if (answer.ok || answer.why !== 'refused') {
    return { ok: false, why: !answer.ok && answer.unsent ? 'could-not-ask' : lost };
  }
  const known = REFUSALS[answer.reason?.error_code ?? ''];
  if (known) return { ok: false, why: known };
  // A server fault with an error code may come after the work was done.
  if (answer.status !== undefined && answer.status >= 500) return { ok: false, why: lost };
  if (answer.status === 404) return { ok: false, why: unknown };
  if (answer.status !== 429) {
    const words = [answer.reason?.error_message, answer.body].filter(Boolean).join(' ');
    return { ok: false, why: (sent && namedField(words, sent)) ?? 'not-possible' };
  }
  return { ok: false, why: 'slow-down', ...(answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter }) };
}
