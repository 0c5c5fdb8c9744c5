import type { PlannerResult, Refusal } from '~/model/appointment';
import type { Answer } from '../gate.server';
import { type Envelope, isDone } from './schema.server';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  APT_TAKEN: 'slot-taken',
  SIMILAR_APT_EXISTS: 'already-has-booking',
};

/** OAP's refusal of a request, with its two known codes mapped to the portal's reasons. */
export function plannedFrom<T, V>(answer: Answer<Envelope<T>>, derive: (data: T) => V): PlannerResult<V> {
  if (answer.ok) {
    if (isDone(answer.value)) return { ok: true, value: derive(answer.value.data) };
    return { ok: false, why: REFUSALS[answer.value.data ?? ''] ?? 'not-possible' };
  }
  // The HTTP status of a refusal is undocumented, so its code is looked for in any body.
  if (answer.why === 'refused') {
    const code = Object.keys(REFUSALS).find((known) => answer.body?.includes(known));
    const other = answer.status === 429 ? 'slow-down' : 'not-possible';
    return { ok: false, why: (code && REFUSALS[code]) || other };
  }
  return { ok: false, why: answer.unsent ? 'could-not-ask' : 'outcome-unknown' };
}
