import type { StaffRole } from './staff-role';
import type { Role } from './viewer';

/** Increased with every change of the tables below; stored in every audit event. */
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

interface Methods {
  readonly GET?: Permit;
  readonly POST?: Permit;
}

const reads = (resource: Resource): Methods => ({ GET: { resource, action: 'read' } });
const writes = (resource: Resource): Methods => ({ POST: { resource, action: 'write' } });
const readsAndWrites = (resource: Resource): Methods => ({
  GET: { resource, action: 'read' },
  POST: { resource, action: 'write' },
});

/** The resource behind each address. An address or method not listed is refused. */
export const ROUTES: Readonly<Record<string, Methods>> = {
  '/': reads('public-page'),
  '/service-worker.js': reads('public-page'),
  '/.well-known/security.txt': reads('public-page'),
  '/theme/:file': reads('public-page'),
  '/texts/:hash/:language/:file': reads('public-page'),
  '/check': reads('statement-check'),
  '/check/:code': reads('statement-check'),
  '/:lang/kit': reads('public-page'),
  '/:lang/manifest.webmanifest': reads('public-page'),
  '/*': reads('public-page'),
  '/auth/callback': reads('session'),
  '/auth/callback/:provider': reads('session'),
  '/auth/seen': reads('session'),
  '/auth/backchannel-logout': readsAndWrites('session'),
  '/notifications': readsAndWrites('case-change'),
  '/notify': readsAndWrites('delivery'),
  '/stop-messages/:token': readsAndWrites('stop-messages'),
  '/auth/signed-out': reads('session'),
  '/:lang': reads('public-page'),
  '/:lang/*': reads('public-page'),
  '/:lang/sign-in': readsAndWrites('session'),
  '/:lang/sign-out': readsAndWrites('session'),
  '/:lang/leave': readsAndWrites('session'),
  '/:lang/sessions': readsAndWrites('open-sessions'),
  '/:lang/signed-out': reads('session'),
  '/:lang/still-here': readsAndWrites('session'),
  '/:lang/still-here/now': readsAndWrites('session'),
  '/:lang/accessibility': reads('public-page'),
  '/:lang/check': readsAndWrites('statement-check'),
  '/:lang/check/:code': readsAndWrites('statement-check'),
  '/:lang/contact': reads('public-page'),
  '/:lang/contact/now': reads('public-page'),
  '/:lang/answered': writes('page-answer'),
  '/:lang/wait': reads('public-page'),
  '/:lang/wait/record': reads('public-page'),
  '/:lang/wait/figures.csv': reads('public-page'),
  '/:lang/wait/figures.json': reads('public-page'),
  '/:lang/staff': reads('staff-start'),
  '/:lang/staff/wait': readsAndWrites('estimate-control'),
  '/:lang/staff/releases': readsAndWrites('releases'),
  '/:lang/staff/locked': readsAndWrites('code-locks'),
  '/:lang/draws/:release': reads('public-page'),
  '/:lang/cases': reads('own-start'),
  '/:lang/cases/:case': reads('own-cases'),
  '/:lang/cases/:case/now': reads('own-cases'),
  '/:lang/cases/:case/invitation': reads('own-cases'),
  '/:lang/cases/:case/letters/:letter': reads('own-letters'),
  '/:lang/cases/:case/statement': readsAndWrites('own-statements'),
  '/:lang/cases/:case/appointment': readsAndWrites('own-appointments'),
  '/:lang/cases/:case/appointment/slots': reads('own-appointments'),
  '/:lang/cases/:case/watch': readsAndWrites('own-appointments'),
  '/:lang/holds/:hold': readsAndWrites('own-appointments'),
  '/:lang/holds/:hold/longer': writes('own-appointments'),
  '/:lang/bookings/:booking': readsAndWrites('own-appointments'),
  '/:lang/bookings/:booking/fewer': reads('own-appointments'),
  '/:lang/bookings/:booking/calendar': reads('own-appointments'),
  '/:lang/bookings/:booking/card': reads('own-appointments'),
  '/:lang/e-mail': readsAndWrites('own-appointments'),
  '/:lang/who-looked': reads('own-log'),
  '/:lang/messages': readsAndWrites('own-messages'),
  '/:lang/news/:message': reads('own-messages'),
  '/:lang/stop-messages/:token': readsAndWrites('stop-messages'),
  '/:lang/mandates': readsAndWrites('own-mandates'),
  '/:lang/mandates/:mandate': readsAndWrites('own-mandates'),
  '/:lang/advisor': readsAndWrites('client-list'),
  '/:lang/advisor/alive': reads('client-list'),
  '/:lang/advisor/clients/:ref': {
    GET: { resource: 'client-case', action: 'read' },
    POST: { resource: 'client-file', action: 'write' },
  },
  '/:lang/advisor/clients/:ref/letters/:letter': reads('client-letters'),
  '/:lang/advisor/clients/:ref/alive': reads('client-case'),
  '/:lang/advisor/deadlines': reads('client-deadlines'),
  '/:lang/advisor/own-files': reads('client-file'),
  '/:lang/advisor/feed': readsAndWrites('client-deadlines'),
  '/:lang/advisor/calendar/:feed': reads('deadline-feed'),
  '/:lang/advisor/mandates': readsAndWrites('client-mandates'),
  '/:lang/advisor/mandates/:mandate/colleague': readsAndWrites('client-mandates'),
  '/:lang/advisor/give-back': readsAndWrites('client-mandates'),
  '/:lang/helpdesk': readsAndWrites('view-grant'),
  '/:lang/helpdesk/call-back': readsAndWrites('view-request'),
  '/:lang/helpdesk/emergency': readsAndWrites('emergency'),
  '/:lang/helpdesk/reason': readsAndWrites('call-reasons'),
  '/:lang/helpdesk/requests': readsAndWrites('second-person'),
  '/helpdesk/start': reads('public-page'),
  '/:lang/helpdesk/start': readsAndWrites('view-grant'),
  '/:lang/helpdesk/requests/now': reads('second-person'),
  '/:lang/helpdesk/requests/:request/now': reads('view-request'),
  '/:lang/helpdesk/requests/:request': readsAndWrites('view-request'),
  '/:lang/helpdesk/with-me': readsAndWrites('own-help'),
  '/:lang/helpdesk/with-me/now': reads('own-help'),
  '/:lang/helpdesk/calls/:grant': readsAndWrites('view-grant'),
  '/:lang/helpdesk/calls/:grant/alive': reads('view-grant'),
  '/:lang/helpdesk/calls/:grant/reason': readsAndWrites('call-reasons'),
  '/:lang/helpdesk/calls/:grant/view': reads('viewed-page'),
  '/:lang/helpdesk/calls/:grant/view/:case': reads('viewed-page'),
  '/:lang/helpdesk/calls/:grant/view/:case/appointment': reads('viewed-page'),
  '/:lang/helpdesk/calls/:grant/bookings/:booking': reads('viewed-page'),
  '/:lang/helpdesk/calls/:grant/who-looked': reads('viewed-page'),
  '/:lang/helpdesk/calls/:grant/wait': reads('viewed-page'),
  '/:lang/helpdesk/calls/:grant/contact': reads('viewed-page'),
  '/:lang/staff/effect': reads('effect'),
  '/:lang/staff/effect/export': reads('effect'),
  '/:lang/helpdesk/insight': reads('call-reasons'),
  '/:lang/helpdesk/insight/export': reads('call-reasons'),
};

/** The most specific pattern that matches a path, or null. */
export function patternOf(pathname: string, patterns: readonly string[] = Object.keys(ROUTES)): string | null {
  const parts = pathname.split('/').filter(Boolean);
  const fitting = patterns.filter((pattern) => {
    const wanted = pattern.split('/').filter(Boolean);
    return (
      wanted.length === parts.length && wanted.every((part, index) => part.startsWith(':') || part === parts[index])
    );
  });
  const fixed = (pattern: string) => pattern.split('/').filter((part) => part && !part.startsWith(':')).length;
  return fitting.sort((a, b) => fixed(b) - fixed(a))[0] ?? null;
}

/** The permit that a request needs; null when the table does not list it. HEAD counts as GET. */
export function permitFor(method: string, pathname: string): Permit | null {
  const pattern = patternOf(pathname);
  const methods = pattern === null ? undefined : ROUTES[pattern];
  return (method === 'GET' || method === 'HEAD' ? methods?.GET : method === 'POST' ? methods?.POST : undefined) ?? null;
}
