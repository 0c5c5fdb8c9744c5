import { config } from '~/config/config.server';
import { chainKey } from '~/platform/chain-key.server';
import { now } from '~/platform/clock.server';
import { alarm, errorName } from '~/platform/log.server';
import { appendEvent } from '~/store/audit.server';
import type { Transacting } from '~/store/audit-append.server';
import { type Act, type ActingPerson, DONE_FOR } from './act';
import { eventRow } from './event-row.server';
import { collectLook } from './logged-look.server';

/** Who acts when the portal does something by itself. */
export const PORTAL = { id: 'portal', role: 'system' } as const;

/**
 * Adds an act to the audit log. Await it before the first byte about it is sent: when it throws nothing may be shown.
 * Returns the operation's id.
 *
 * @param within the transaction that the entry belongs to
 */
export async function addAuditEntry(actor: ActingPerson, act: Act, within?: Transacting): Promise<string> {
  const { subjects = [] } = act;
  const startedAt = now();
  const row = eventRow(actor, act);
  const processing =
    subjects.length === 0
      ? null
      : {
          traceId: row.operationId,
          name: act.action,
          processingActivityId: ACTIVITY,
          resource: act.objectType,
          startedAt,
          endedAt: now(),
          dataSubjects: subjects,
        };
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  try {
    await appendEvent(row, processing, keyId, hashOf, within);
  } catch (error) {
    // The caller shows and does nothing then, so an operator must know.
    alarm('audit-unavailable', { error: errorName(error) });
    throw error;
  }
  // The answer in work carries this look. What is done for others is no look, though those see it.
  const isLook = actor.role === 'applicant' ? act.action === 'view-represented' : !DONE_FOR.has(act.action);
  if (processing && isLook) collectLook({ actor, act, operationId: row.operationId });
  return row.operationId;
}

/** The portal's entry in the register of processing activities. */
const ACTIVITY = 'urn:zicht:insight';
