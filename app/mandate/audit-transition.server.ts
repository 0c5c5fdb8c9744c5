import type { Act } from '~/audit/act';
import { record } from '~/audit/record.server';
import type { Actor } from '~/model/viewer';
import type { Transacting } from '~/store/audit-append.server';
import { actsOf, type MandateChange, type TransitionAction } from './mandate-acts.server';

/**
 * Puts on record what somebody did to a mandate.
 *
 * @param within the transaction with which it stands or falls
 */
export async function auditTransition(
  actor: Actor,
  action: TransitionAction,
  moved: MandateChange,
  said: Partial<Act> = {},
  within?: Transacting,
): Promise<void> {
  for (const act of actsOf(action, moved, said)) await record(actor, act, within);
}
