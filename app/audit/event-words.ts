import type { AuditAction, AuditEvent } from '~/model/audit-event';

const ACTIONS: Readonly<Record<AuditAction, string>> = {
  'list-clients': 'opened the list of clients',
  'view-case': 'opened a case',
  'view-cases': 'opened a list of cases',
  'export-deadlines': 'exported deadlines',
  'view-aborted': 'was not shown what they had opened, or not all of it',
  locate: 'looked for a caller',
  'verify-code': "entered a caller's code",
  'make-code': 'made a code to say aloud',
  'ask-approval': 'asked for a second approval',
  'approve-view': "approved a colleague's look",
  'refuse-view': "refused a colleague's look",
  'find-caller': 'asked whose case a reference is',
  'read-requests': "read colleagues' requests",
  'break-glass': 'opened a case in an emergency',
  'confirm-emergency': "confirmed a colleague's emergency",
  'refuse-emergency': "refused a colleague's emergency",
  'report-emergency': 'reported an emergency',
  'safety-hold': 'delayed when a look is shown to the person',
  'end-view': 'ended a look',
  'stop-view': "stopped an employee's look",
  'offer-mandate': 'offered a mandate',
  'accept-mandate': 'accepted a mandate',
  'decline-mandate': 'declined a mandate',
  'revoke-mandate': 'revoked a mandate',
  'withdraw-mandate': 'withdrew a mandate',
  'give-sub-mandate': 'let a colleague stand in',
  'supersede-mandate': 'replaced a mandate',
  'suspend-mandate': 'suspended a mandate',
  'resume-mandate': 'resumed a mandate',
  'end-mandate-by-law': 'ended a mandate by law',
  'stop-advisor': 'stopped an advisor',
  'readmit-advisor': 'readmitted an advisor',
  'pause-advisor': 'was paused after many files',
  'read-own-log': 'read who looked at their data',
  'make-feed': 'made a calendar address',
  'revoke-feed': 'revoked a calendar address',
  'plan-draw': 'planned a release of appointments',
  'refused-by-policy': 'was refused a page',
  'verify-audit': 'verified the audit log',
  'read-audit': 'read the audit log',
  'purge-audit': 'deleted what had been kept long enough',
  'identify-person': 'asked who stands behind a pseudonym',
};

const ROLES: Readonly<Record<AuditEvent['actorRole'], string>> = {
  applicant: 'applicant',
  advisor: 'advisor',
  staff: 'employee',
  system: 'system',
};

/** An audit entry as lines of English for an auditor. People stay pseudonyms. */
export function eventWords(seq: number, event: AuditEvent): string[] {
  const { actorUnit, actorAssurance, objectRef, grantId, grantVersion } = event;
  const facts: readonly (readonly [string, string | null])[] = [
    ['who', [`${ROLES[event.actorRole]} ${event.actor}`, actorUnit, actorAssurance].filter(Boolean).join(', ')],
    ['did', ACTIONS[event.action] ?? event.action],
    ['to', [event.objectType, objectRef].filter(Boolean).join(' ')],
    ['about', event.onBehalfOf],
    ['result', event.result],
    ['reason', event.reason],
    ['ground', event.ground],
    ['purpose', event.purpose],
    ['fields', event.fields.join(', ') || null],
    ['grant', grantId && [grantId, grantVersion && `version ${grantVersion}`].filter(Boolean).join(', ')],
    ['consent', event.consent],
    ['second approver', event.secondApprover],
    ['call', event.callId],
    ['from', event.origin],
    ['language', event.language],
    ['policy', `version ${event.policyVersion}`],
    ['operation', event.operationId],
  ];
  return [`Entry ${seq}, ${event.time}`, ...facts.flatMap(([name, value]) => (value ? [`  ${name}: ${value}`] : []))];
}
