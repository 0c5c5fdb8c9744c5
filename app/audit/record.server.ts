import { createHash, randomUUID } from 'node:crypto';
import { now } from '~/clock.server';
import { config } from '~/config.server';
import { canonicalJson } from '~/model/audit-chain';
import { type AuditEvent, UNSAID } from '~/model/audit-event';
import { POLICY_VERSION } from '~/model/policy';
import { appendEvent } from '~/store/audit.server';
import { chainKey } from './chain-key.server';
import { actorPseudonym } from './pseudonym.server';

/** What a caller must say of an act; everything else is null until he knows it. */
export type Act = Pick<AuditEvent, 'action' | 'objectType'> &
  Partial<Omit<AuditEvent, 'operationId' | 'time' | 'actor' | 'actorRole' | 'policyVersion'>> & {
    /** Keyed hashes of the people whose data the act processed: each gets a line of his own. */
    readonly subjects?: readonly string[];
    /** What was or is to be shown; only its hash is kept. */
    readonly shown?: unknown;
  };

/**
 * Writes an act on record. To be awaited before the first byte of what it tells of leaves: when this throws there is
 * nothing to show. Gives the operation's id.
 */
export async function record(
  actor: { readonly id: string; readonly role: AuditEvent['actorRole'] },
  act: Act,
): Promise<string> {
  const { subjects = [], shown, ...said } = act;
  const moment = now();
  const operationId = randomUUID();
  const event: AuditEvent = {
    ...UNSAID,
    onBehalfOf: subjects.length === 1 ? (subjects[0] ?? null) : null,
    ground: actor.role === 'applicant' ? 'own-data' : 'duty',
    viewHash: shown === undefined ? null : createHash('sha256').update(JSON.stringify(shown)).digest('hex'),
    ...said,
    operationId,
    time: moment.toString(),
    actor: actorPseudonym(actor.id),
    actorRole: actor.role,
    policyVersion: POLICY_VERSION,
  };
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  const row = {
    operationId,
    action: event.action,
    result: event.result,
    actor: event.actor,
    actorRole: event.actorRole,
    grantId: event.grantId,
    body: canonicalJson({ ...event }),
  };
  const processing =
    subjects.length === 0
      ? null
      : {
          traceId: operationId,
          name: event.action,
          processingActivityId: ACTIVITY,
          resource: event.objectType,
          startedAt: moment,
          endedAt: now(),
          dataSubjects: subjects,
        };
  await appendEvent(row, processing, keyId, hashOf);
  return operationId;
}

/** The portal's entry in the register of processing activities. */
const ACTIVITY = 'urn:zicht:insight';
