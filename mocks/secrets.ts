// The portal's credentials at the simulated agency. They are not secret: they open only invented data, and the portal
// accepts them on a local address only.

/** The one client of the simulated sign-in provider. */
export const OIDC_CLIENT = { id: 'zicht', secret: 'demo-oidc-secret' } as const;

/** The one client of the simulated case and catalogue APIs. */
export const ZGW_CLIENT = { id: 'zicht', secret: 'demo-zgw-secret' } as const;

/** The portal as a client of the simulated JCC planner. */
export const JCC_CLIENT = { id: 'zicht', secret: 'demo-jcc-secret' } as const;

/** Signs the token that tells a planner who the viewer is and whether they may write. */
export const VIEWER_SECRET = 'demo-planner-viewer-secret-of-this-machine';

/** The bearer token of the statistics and the queue. */
export const AGENCY_TOKEN = 'demo-agency-token';

/** The token of the register of contacts. */
export const CONTACTS_TOKEN = 'demo-contacts-token';

/** The key of the portal's sessions and hashes in a demo. */
export const SESSION_SECRET = 'demo-session-secret-for-this-machine-only';
