import type { StaffRole } from './staff-role';
import type { Role } from './viewer';

/** Increased with every change of the rules below or of `route-policy.ts`; stored in every audit event. */
export const POLICY_VERSION = 13;

/**
 * `staff` is every employee, whatever their own roles; `representative` is an applicant who acts for another; `arranger` is
 * an advisor at an address of a client who lets them arrange visits, by the mandate as it is at this request.
 */
export type PolicyRole = Role | StaffRole | 'representative' | 'arranger' | 'anyone';

export type Resource =
  | 'public-page'
  | 'session'
  | 'open-sessions'
  | 'own-start'
  | 'staff-start'
  | 'own-cases'
  | 'own-appointments'
  | 'own-mandates'
  | 'own-help'
  | 'own-statements'
  | 'own-letters'
  | 'statement-check'
  | 'own-log'
  | 'own-messages'
  | 'stop-messages'
  | 'delivery'
  | 'client-list'
  | 'client-case'
  | 'client-letters'
  | 'client-deadlines'
  | 'client-mandates'
  | 'client-file'
  | 'deadline-feed'
  | 'view-grant'
  | 'view-request'
  | 'emergency'
  | 'second-person'
  | 'viewed-page'
  | 'call-reasons'
  | 'effect'
  | 'estimate-control'
  | 'releases'
  | 'code-locks'
  | 'case-change'
  | 'page-answer';

export type Action = 'read' | 'write';

export interface Rule {
  readonly effect: 'allow' | 'deny';
  readonly role: PolicyRole;
  readonly resource: Resource;
  readonly action: Action;
  /** Classes of fields that may be read or written. */
  readonly fields: readonly string[];
}

const allow = (role: PolicyRole, action: Action, resource: Resource, ...fields: string[]): Rule => ({
  effect: 'allow',
  role,
  resource,
  action,
  fields,
});
const deny = (...rule: Parameters<typeof allow>): Rule => ({ ...allow(...rule), effect: 'deny' });

/** The permissions. Anything not listed is refused; a `deny` wins over any `allow`. */
export const RULES: readonly Rule[] = [
  allow('anyone', 'read', 'public-page'),
  allow('anyone', 'read', 'session'),
  allow('anyone', 'write', 'session'),
  allow('anyone', 'read', 'deadline-feed', 'deadline', 'reference-end'),
  allow('anyone', 'read', 'statement-check', 'name', 'procedure', 'received', 'state'),
  allow('anyone', 'write', 'statement-check', 'code'),
  allow('anyone', 'read', 'case-change'),
  allow('anyone', 'read', 'delivery'),
  allow('anyone', 'write', 'delivery', 'state'),
  allow('anyone', 'read', 'stop-messages'),
  allow('anyone', 'write', 'stop-messages', 'stop'),
  allow('anyone', 'write', 'case-change', 'case', 'time'),
  allow('anyone', 'write', 'page-answer', 'page', 'procedure', 'stage', 'language', 'day'),
  allow('applicant', 'read', 'open-sessions', 'device', 'time'),
  allow('applicant', 'write', 'open-sessions', 'end'),
  allow('representative', 'read', 'open-sessions', 'device', 'time'),
  allow('representative', 'write', 'open-sessions', 'end'),
  allow('advisor', 'read', 'open-sessions', 'device', 'time'),
  allow('advisor', 'write', 'open-sessions', 'end'),
  allow('staff', 'read', 'open-sessions', 'device', 'time'),
  allow('staff', 'write', 'open-sessions', 'end'),
  allow('applicant', 'read', 'own-start', 'stage', 'next-step'),
  allow('advisor', 'read', 'own-start'),
  allow('staff', 'read', 'own-start'),
  allow('staff', 'read', 'staff-start'),
  allow('applicant', 'read', 'own-cases', 'stage', 'next-step', 'period', 'wait', 'people', 'reference'),
  allow('applicant', 'read', 'own-appointments', 'moment', 'desk', 'people'),
  allow('applicant', 'write', 'own-appointments', 'moment', 'desk', 'people'),
  allow('applicant', 'read', 'own-mandates', 'advisor', 'scope', 'period'),
  allow('applicant', 'write', 'own-mandates', 'advisor', 'scope', 'period'),
  allow('applicant', 'read', 'own-help', 'code'),
  allow('applicant', 'write', 'own-help', 'code'),
  allow('applicant', 'read', 'own-statements', 'time', 'checks'),
  allow('applicant', 'write', 'own-statements', 'name', 'procedure', 'received', 'state'),
  allow('applicant', 'read', 'own-letters', 'letter'),
  allow('applicant', 'read', 'own-messages', 'kind', 'time', 'address'),
  allow('applicant', 'write', 'own-messages', 'kind', 'time', 'address'),
  allow('applicant', 'read', 'own-log', 'role', 'time', 'reason', 'calls'),
  allow('representative', 'read', 'own-start', 'stage', 'next-step'),
  allow('representative', 'read', 'own-cases', 'stage', 'next-step', 'period', 'wait', 'people', 'reference'),
  allow('representative', 'read', 'own-appointments', 'moment', 'desk', 'people'),
  allow('representative', 'write', 'own-appointments', 'moment', 'desk', 'people'),
  allow('arranger', 'read', 'own-appointments', 'moment', 'desk', 'people'),
  allow('arranger', 'write', 'own-appointments', 'moment', 'desk', 'people'),
  allow('advisor', 'read', 'client-list', 'stage', 'next-step', 'deadline', 'name', 'reference'),
  allow('advisor', 'read', 'client-case', 'stage', 'next-step', 'period', 'wait', 'people', 'reference'),
  allow('advisor', 'read', 'client-letters', 'letter'),
  allow('advisor', 'write', 'client-list', 'seen'),
  allow('advisor', 'read', 'client-file', 'own-reference', 'note'),
  allow('advisor', 'write', 'client-file', 'own-reference', 'note', 'scope'),
  allow('advisor', 'read', 'client-deadlines', 'deadline', 'reference'),
  allow('advisor', 'write', 'client-deadlines', 'feed'),
  allow('advisor', 'read', 'client-mandates', 'scope', 'period'),
  allow('advisor', 'write', 'client-mandates', 'scope', 'period'),
  allow('helpdesk', 'read', 'view-grant', 'caller-check'),
  allow('helpdesk', 'write', 'view-grant', 'code', 'end'),
  allow('helpdesk', 'read', 'view-request', 'call', 'facts', 'reference'),
  allow('helpdesk', 'write', 'view-request', 'ask'),
  allow('helpdesk', 'read', 'emergency', 'category'),
  allow('helpdesk', 'write', 'emergency', 'report'),
  allow('helpdesk', 'read', 'second-person', 'call', 'facts', 'reference', 'report'),
  allow('helpdesk', 'write', 'second-person', 'answer', 'hold'),
  allow('team-lead', 'read', 'second-person', 'call', 'facts', 'reference', 'report'),
  allow('team-lead', 'write', 'second-person', 'answer', 'hold'),
  allow('privacy-officer', 'read', 'second-person', 'call', 'facts', 'reference', 'report'),
  allow('privacy-officer', 'write', 'second-person', 'answer', 'hold'),
  allow(
    'helpdesk',
    'read',
    'viewed-page',
    'stage',
    'next-step',
    'period',
    'wait',
    'people',
    'reference',
    'moment',
    'desk',
    'role',
    'time',
    'reason',
    'calls',
  ),
  deny('staff', 'write', 'viewed-page'),
  deny('staff', 'write', 'own-appointments'),
  deny('advisor', 'write', 'own-appointments'),
  allow('helpdesk', 'read', 'call-reasons', 'counts'),
  allow('helpdesk', 'write', 'call-reasons', 'reason'),
  allow('team-lead', 'read', 'call-reasons', 'counts'),
  allow('auditor', 'read', 'call-reasons', 'counts'),
  allow('team-lead', 'read', 'effect', 'counts'),
  allow('wait-publisher', 'read', 'estimate-control', 'track-record'),
  allow('wait-publisher', 'write', 'estimate-control', 'switch'),
  allow('auditor', 'read', 'estimate-control', 'track-record'),
  allow('team-lead', 'read', 'code-locks', 'employee', 'office'),
  allow('team-lead', 'write', 'code-locks', 'unlock'),
  allow('desk-planner', 'read', 'releases', 'counts'),
  allow('desk-planner', 'write', 'releases', 'draw'),
  allow('auditor', 'read', 'releases', 'counts'),
];

export interface Permit {
  readonly resource: Resource;
  readonly action: Action;
}

/** Whether the rules allow somebody with these roles to do something. Every role may also do what anyone may. */
export function isAllowed(
  rules: readonly Rule[],
  roles: PolicyRole | readonly PolicyRole[],
  { resource, action }: Permit,
): boolean {
  const own = new Set<PolicyRole>(['anyone', ...(typeof roles === 'string' ? [roles] : roles)]);
  const fitting = rules.filter((rule) => own.has(rule.role) && rule.resource === resource && rule.action === action);
  return fitting.length > 0 && fitting.every(({ effect }) => effect === 'allow');
}

/** The roles by which the policy knows a signed-in user. */
export const policyRolesOf = ({
  role,
  staffRoles,
  represented = null,
  arranges = false,
}: {
  readonly role: Role;
  readonly staffRoles: readonly StaffRole[];
  readonly represented?: object | null | undefined;
  readonly arranges?: boolean;
}): readonly PolicyRole[] =>
  role === 'staff'
    ? [role, ...staffRoles]
    : role === 'advisor' && arranges
      ? ['arranger']
      : represented
        ? ['representative']
        : [role];
