/**
 * The portal's environment for talking to the simulated agency. Every secret in it is one of the demo's, which the portal
 * accepts on a local address only.
 *
 * @param {{ origin: string, agency: string, issuer: string }} addresses without a slash at the end
 */
export function demoEnvironment({ origin, agency, issuer }) {
  return {
    PORT: new URL(origin).port,
    ORIGIN: origin,
    SESSION_SECRET: 'demo-session-secret-for-this-machine-only',
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'zicht',
    OIDC_CLIENT_SECRET: 'demo-oidc-secret',
    ZAKEN_URL: `${agency}/zaken/api/v1`,
    CATALOGI_URL: `${agency}/catalogi/api/v1`,
    ZGW_CLIENT_ID: 'zicht',
    ZGW_SECRET: 'demo-zgw-secret',
    PLANNER_URL: `${agency}/oap/api`,
    PLANNER_HOLD_PATH: 'desk',
    PLANNER_CANCEL_PATH: '/appointments/{key}',
    STATISTICS_URL: `${agency}/statistics/v1`,
    QUEUE_URL: `${agency}/queue/v1`,
    AGENCY_TOKEN: 'demo-agency-token',
    AGENCY_NAME: 'Immigratiedienst',
    AGENCY_PHONE: '+31 88 043 0430',
  };
}
