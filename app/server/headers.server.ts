import type { ServerResponse } from 'node:http';
import type { Config } from '~/config/config.server';

export type HeaderConfig = Pick<Config, 'ORIGIN' | 'PROVIDERS' | 'production'>;

/** The name under which `enhance/signed-in.ts` makes the address of the service worker. */
const TRUSTED_TYPES_POLICY = 'zicht-worker';
const REPORT_GROUP = 'csp';
const SIGN_IN = '/:lang/sign-in';
const TWO_YEARS = 63_072_000;

// Features that this portal never asks a phone for.
const NEVER_ASKED = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** Headers that every answer carries: pages, files, errors, probes. */
export function securityHeaders({ ORIGIN, production }: HeaderConfig): Readonly<Record<string, string>> {
  return {
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Vite's client can't be loaded under it in development.
    ...(production ? { 'cross-origin-embedder-policy': 'require-corp' } : {}),
    'permissions-policy': NEVER_ASKED.map((feature) => `${feature}=()`).join(', '),
    // Not `no-referrer`: under it browsers send `Origin: null` with our own forms, and older Safari then sends nothing
    // else that tells them from forged ones. Other origins learn as little.
    'referrer-policy': 'same-origin',
    'reporting-endpoints': `${REPORT_GROUP}="/csp-reports"`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(ORIGIN.startsWith('https:') ? { 'strict-transport-security': `max-age=${TWO_YEARS}; includeSubDomains` } : {}),
  };
}

/**
 * The policy of a rendered page: only scripts with its nonce run, and forms go to the portal or on to the sign-in.
 *
 * @param route its pattern
 */
export function pagePolicy(nonce: string, { ORIGIN, PROVIDERS, production }: HeaderConfig, route = ''): string {
  // Browsers apply `form-action` to a form's redirects too, and the provider may lead on to a broker and to DigiD. Where
  // the configuration does not name them, the page of signing in, which shows nothing of a person, allows every origin.
  const anywhere = route === SIGN_IN && PROVIDERS.some(({ formOrigins }) => formOrigins.length === 0);
  const known = PROVIDERS.flatMap(({ issuer, formOrigins }) => [new URL(issuer).origin, ...formOrigins]);
  const further = anywhere ? [ORIGIN.startsWith('https:') ? 'https:' : 'http: https:'] : [];
  const development = !production;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    development ? "connect-src 'self' ws:" : "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `form-action ${[...new Set(["'self'", ...known, ...further])].join(' ')}`,
    // No text of ours or of a backend becomes script through the DOM. The one policy is that of the service worker.
    ...(development ? [] : ["require-trusted-types-for 'script'", `trusted-types ${TRUSTED_TYPES_POLICY}`]),
    `report-to ${REPORT_GROUP}`,
    'report-uri /csp-reports',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
