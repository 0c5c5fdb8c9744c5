import { fileURLToPath } from 'node:url';

/**
 * The portal's environment for talking to the simulated agency. Every secret in it is one of the demo's, which the portal
 * accepts on a local address only.
 *
 * @param {{ origin: string, agency: string, issuer: string, everyPlanner?: boolean }} addresses without a slash at the
 * end; `everyPlanner`: not the agency's own planner only, but those of the expat centres too
 */
export function demoEnvironment({ origin, agency, issuer, everyPlanner = false }) {
  return {
    ...(everyPlanner ? { PLANNERS: JSON.stringify(plannerList(agency)) } : {}),
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
    PLANNER_VIEWER_SECRET: VIEWER_SECRET,
    PLANNER_INSTEAD: JSON.stringify(insteadList(agency)),
    DESKS_FILE: fileURLToPath(new URL('./examples/desks.json', import.meta.url)),
    EMPLOYEES_FILE: fileURLToPath(new URL('./examples/employees.json', import.meta.url)),
    FEWER_MAY_COME: 'yes',
    STATISTICS_URL: `${agency}/statistics/v1`,
    QUEUE_URL: `${agency}/queue/v1`,
    AGENCY_TOKEN: 'demo-agency-token',
    AGENCY_NAME: 'Immigratiedienst',
    AGENCY_PHONE: '+31 88 043 0430',
  };
}

/** As in `mocks/planner/viewer-token.ts`, which this file can't load where it runs without TypeScript. */
const VIEWER_SECRET = 'demo-planner-viewer-secret-of-this-machine';

/** Who collects a document may have it brought. @param {string} agency */
const insteadList = (agency) => ({
  DOC: [{ kind: 'courier', name: 'Voorbeeldkoerier', url: `${agency}/control/courier` }],
});

/** The three simulated planners, each in the words of its own kind, as the portal's PLANNERS lists them. @param {string} agency */
export function plannerList(agency) {
  return /** @type {const} */ ([
    {
      kind: 'oap',
      url: `${agency}/oap/api`,
      viewer: { secret: VIEWER_SECRET },
      title: 'Immigratiedienst',
      cancelPath: '/appointments/{key}',
      instead: insteadList(agency),
    },
    {
      kind: 'zms',
      name: 'rotterdam',
      title: 'Expat Centre Rotterdam',
      url: `${agency}/zms/citizen`,
      viewer: { secret: VIEWER_SECRET },
      products: { BIO: '7101', DOC: '7102' },
      maxParty: 5,
    },
    {
      kind: 'qmatic',
      name: 'eindhoven',
      title: 'Expat Center Eindhoven',
      url: `${agency}/qmatic/api`,
      viewer: { secret: VIEWER_SECRET },
      products: { BIO: 'b1000000000000000000000000000001', DOC: 'd0c00000000000000000000000000002' },
    },
  ]);
}
