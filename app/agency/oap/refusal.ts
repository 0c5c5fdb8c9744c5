import type { PlannerResult, Refusal } from '~/model/appointment';
import type { Answer } from '../gate.server';
import { namedField } from '../named-field';
import { type Envelope, isDone } from './schema.server';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  APT_TAKEN: 'slot-taken',
  SIMILAR_APT_EXISTS: 'already-has-booking',
};

/**
 * OAP's refusal of a request, with its two known codes mapped to the portal's reasons.
 *
 * @param sent the address and number that it may have refused
 */
export function plannedFrom<T, V>(
  answer: Answer<Envelope<T>>,
  derive: (data: T) => V,
  sent: { readonly email: string; readonly phone: string } | null = null,
): PlannerResult<V> {
  if (answer.ok) {
    if (isDone(answer.value)) return { ok: true, value: derive(answer.value.data) };
    return { ok: false, why: refusalIn(answer.value.data, sent) };
  }
  // The HTTP status of a refusal is undocumented, so its code is looked for in any body.
  if (answer.why === 'refused') {
    if (answer.status === 429) return { ok: false, why: 'slow-down', ...waitOf(answer) };
    return { ok: false, why: refusalIn(answer.body, sent) };
  }
  return { ok: false, why: answer.unsent ? 'could-not-ask' : 'outcome-unknown' };
}

/** The reason whose code stands in the data, which is a text at some installations and an object at others. */
function refusalIn(data: unknown, sent: { readonly email: string; readonly phone: string } | null): Refusal {
  const text = JSON.stringify(data ?? '');
  const known = Object.entries(REFUSALS).find(([code]) => text.toUpperCase().includes(code))?.[1];
  return known ?? (sent && namedField(text, sent)) ?? 'not-possible';
}

const waitOf = ({ retryAfter }: { readonly retryAfter?: number }) => (retryAfter === undefined ? {} : { retryAfter });
