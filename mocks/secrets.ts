// What the portal proves itself with to the simulated agency. Not secrets: they open nothing but invented data, and the
// portal accepts them on a local address only.

/** The one client of the simulated sign-in provider. */
export const OIDC_CLIENT = { id: 'zicht', secret: 'demo-oidc-secret' } as const;

/** The one client of the simulated case and catalogue APIs. */
export const ZGW_CLIENT = { id: 'zicht', secret: 'demo-zgw-secret' } as const;

/** Signs who asks a planner, and whether they may write. */
export const VIEWER_SECRET = 'demo-planner-viewer-secret-of-this-machine';

/** The bearer token of the statistics and the queue. */
export const AGENCY_TOKEN = 'demo-agency-token';

/** Keys the portal's own sessions and hashes in a demo. */
export const SESSION_SECRET = 'demo-session-secret-for-this-machine-only';
