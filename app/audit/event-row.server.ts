import { createHash, randomUUID } from 'node:crypto';
import { now } from '~/clock.server';
import { type AuditEvent, UNSAID } from '~/model/audit-event';
import { POLICY_VERSION } from '~/model/policy';
import type { EventRow } from '~/store/audit-append.server';
import { actorPseudonym } from './pseudonym.server';

/** What a caller must say of an act; everything else is null until he knows it. */
export type Act = Pick<AuditEvent, 'action' | 'objectType'> &
  Partial<Omit<AuditEvent, 'operationId' | 'time' | 'actor' | 'actorRole' | 'policyVersion'>> & {
    /** Keyed hashes of the people whose data the act processed: each gets a line of his own. */
    readonly subjects?: readonly string[];
    /** What was or is to be shown; only its hash is kept. */
    readonly shown?: unknown;
  };

export interface ActingPerson {
  readonly id: string;
  readonly role: AuditEvent['actorRole'];
  /** How surely he was known at sign-in. */
  readonly assurance?: string | null;
}

/** The event that an act makes, as a row of the record. */
export function eventRow(actor: ActingPerson, act: Act): EventRow {
  const { subjects = [], shown, ...said } = act;
  const event: AuditEvent = {
    ...UNSAID,
    onBehalfOf: subjects.length === 1 ? (subjects[0] ?? null) : null,
    actorAssurance: actor.assurance ?? null,
    ground: actor.role === 'applicant' ? 'own-data' : 'duty',
    viewHash: shown === undefined ? null : createHash('sha256').update(JSON.stringify(shown)).digest('hex'),
    ...said,
    operationId: randomUUID(),
    time: now().toString(),
    actor: actorPseudonym(actor.id),
    actorRole: actor.role,
    policyVersion: POLICY_VERSION,
  };
  return {
    operationId: event.operationId,
    action: event.action,
    result: event.result,
    actor: event.actor,
    actorRole: event.actorRole,
    grantId: event.grantId,
    event: { ...event },
  };
}
