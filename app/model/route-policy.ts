import type { Permit, Resource } from './policy';

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
