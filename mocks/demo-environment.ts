import { fileURLToPath } from 'node:url';
import { LEVELS } from './identity/claims';
import {
  AGENCY_TOKEN,
  CONTACTS_TOKEN,
  JCC_CLIENT,
  OIDC_CLIENT,
  SESSION_SECRET,
  VIEWER_SECRET,
  ZGW_CLIENT,
} from './secrets';

/** Origins, without a slash at the end. */
interface Addresses {
  /** The portal. */
  readonly origin: string;
  /** The simulated agency with all its APIs. */
  readonly agency: string;
  /** The simulated sign-in provider. */
  readonly issuer: string;
  /** Also use the planners of the expat centres. */
  readonly everyPlanner?: boolean;
  /** Ask for a stronger sign-in before grave acts, such as an emergency look. */
  readonly stepUp?: boolean;
}

/** Returns the portal's environment for use with the simulated agency. */
export function demoEnvironment({ origin, agency, issuer, everyPlanner = false, stepUp = false }: Addresses) {
  return {
    ...(everyPlanner ? { PLANNERS: JSON.stringify(plannerList(agency)) } : {}),
    AGENCY_DIR: fileURLToPath(new URL('./agencies/ind', import.meta.url)),
    PORT: new URL(origin).port,
    // The demo has no passwords, so it is for this machine only.
    HOST: '127.0.0.1',
    ORIGIN: origin,
    SESSION_SECRET,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: OIDC_CLIENT.id,
    OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
    // The folder's levels, and one for acts that need a sign-in of just now.
    ...(stepUp
      ? {
          OIDC_ASSURANCE: JSON.stringify({
            levels: LEVELS,
            applicant: 'substantial',
            advisor: 'substantial',
            staff: 'substantial',
            stepUp: 'high',
          }),
        }
      : {}),
    ZAKEN_URL: `${agency}/zaken/api/v1`,
    CATALOGI_URL: `${agency}/catalogi/api/v1`,
    // Letters are shown where the folder has letters.json.
    DOCUMENTEN_URL: `${agency}/documenten/api/v1`,
    ZGW_CLIENT_ID: ZGW_CLIENT.id,
    ZGW_SECRET: ZGW_CLIENT.secret,
    PLANNER_URL: `${agency}/oap/api`,
    PLANNER_HOLD_PATH: 'desk',
    PLANNER_CANCEL_PATH: '/appointments/{key}',
    PLANNER_VIEWER_SECRET: VIEWER_SECRET,
    PLANNER_INSTEAD: JSON.stringify(insteadList(agency)),
    EMPLOYEES_FILE: fileURLToPath(new URL('./examples/employees.json', import.meta.url)),
    PRIVACY_OFFICER_EMAIL: 'privacy@agency.example',
    STATISTICS_URL: `${agency}/statistics/v1`,
    QUEUE_URL: `${agency}/queue/v1`,
    AGENCY_TOKEN,
    KLANTINTERACTIES_URL: `${agency}/klantinteracties/api/v1`,
    KLANTINTERACTIES_TOKEN: CONTACTS_TOKEN,
  };
}

/** Applicants who collect a document may have it delivered. */
const insteadList = (agency: string) => ({
  DOC: [{ kind: 'courier', name: 'Voorbeeldkoerier', url: `${agency}/control/courier` }],
});

/** The simulated planners, as in the portal's PLANNERS setting. */
export function plannerList(agency: string) {
  return [
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
    {
      kind: 'jcc',
      name: 'groningen',
      title: 'Stadhuis Groningen',
      url: `${agency}/jcc/api/warp/v1`,
      viewer: { secret: VIEWER_SECRET },
      clientId: JCC_CLIENT.id,
      clientSecret: JCC_CLIENT.secret,
      counters: 'one',
      products: { BIO: 'b10b10b1-0000-4000-8000-000000000001', DOC: 'd0cd0cd0-0000-4000-8000-000000000002' },
    },
  ] as const;
}

/** The demo's agencies: folders of mocks/agencies. */
export const DEMO_AGENCIES = ['ind', 'muenchen'] as const;
export type DemoAgency = (typeof DEMO_AGENCIES)[number];

/** The portal's environment for an agency that has a registry, a catalogue and one ZMS, and no other API. */
export function demoOfMunich(addresses: Addresses): Record<string, string> {
  const { STATISTICS_URL: _, QUEUE_URL: __, OIDC_ASSURANCE: ___, ...more } = demoEnvironment(addresses);
  const { KLANTINTERACTIES_URL: ____, KLANTINTERACTIES_TOKEN: _____, ...common } = more;
  const planner = { kind: 'zms', name: 'muenchen', url: `${addresses.agency}/zms/citizen` };
  return {
    ...common,
    AGENCY_DIR: fileURLToPath(new URL('./agencies/muenchen', import.meta.url)),
    PLANNERS: JSON.stringify([{ ...planner, viewer: { secret: VIEWER_SECRET } }]),
  };
}
