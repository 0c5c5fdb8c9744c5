import type { Act } from '~/audit/act';
import { addAuditEntry } from '~/audit/audit-entry.server';
import type { Actor } from '~/model/viewer';
import type { Transacting } from '~/store/audit-append.server';
import { actsOf, type MandateChange, type TransitionAction } from './mandate-acts.server';

/**
 * Adds a mandate's transition to the audit log.
 *
 * @param within the transaction that the entry belongs to
 */
export async function auditTransition(
  actor: Actor,
  action: TransitionAction,
  transition: MandateChange,
  entry: Partial<Act> = {},
  within?: Transacting,
): Promise<void> {
  for (const act of actsOf(action, transition, entry)) await addAuditEntry(actor, act, within);
}
