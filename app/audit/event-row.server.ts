import { createHash, randomUUID } from 'node:crypto';
import { AUDIT_DEFAULTS, type AuditEvent } from '~/model/audit-event';
import { POLICY_VERSION } from '~/model/policy';
import { now } from '~/platform/clock.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import type { EventRow } from '~/store/audit-append.server';
import type { Act, ActingPerson } from './act';
import { sourceNow } from './logged-look.server';

export function eventRow(actor: ActingPerson, act: Act): EventRow {
  const { subjects = [], shown, ...entry } = act;
  const event: AuditEvent = {
    ...AUDIT_DEFAULTS,
    ...sourceNow(),
    onBehalfOf: actor.actsFor ?? (subjects.length === 1 ? (subjects[0] ?? null) : null),
    actorAssurance: actor.assurance ?? null,
    ground: groundOf(actor),
    grantId: actor.grant ?? null,
    colleague: actor.colleague?.as ?? null,
    actorUnit: actor.colleague?.office ?? null,
    viewHash: shown === undefined ? null : createHash('sha256').update(JSON.stringify(shown)).digest('hex'),
    ...entry,
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

const groundOf = ({ role, actsFor }: ActingPerson): AuditEvent['ground'] =>
  role === 'advisor' && actsFor ? 'mandate' : actsFor ? 'representation' : role === 'applicant' ? 'own-data' : 'duty';
