import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestStore, rowsOf } from '../database';
import { routeArgs } from '../route-args';
import { browser, pick } from './browser';
import { startHostileProvider } from './hostile-provider';

const ORIGIN = 'http://localhost:3000';
const LEVELS = { levels: ['low', 'substantial', 'high'], applicant: 'low', advisor: 'low', staff: 'low' };
const PAGE = '/nl/helpdesk/emergency';

let store: Awaited<ReturnType<typeof openTestStore>>;
let provider: Awaited<ReturnType<typeof startHostileProvider>>;
beforeAll(async () => {
  [store, provider] = await Promise.all([openTestStore(), startHostileProvider()]);
  provider.tamper({ metadata: ({ pushed_authorization_request_endpoint: _, ...rest }) => rest });
  vi.stubEnv('OIDC_ISSUER', provider.issuer);
  vi.stubEnv('OIDC_CLIENT_SECRET', 'demo-oidc-secret');
  vi.stubEnv('OIDC_ASSURANCE', JSON.stringify({ ...LEVELS, stepUp: 'high' }));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([store.close(), provider.stop()]);
});

/** The `name=value` pairs that an answer sets. */
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

const asked = (path: string, cookie: string, body?: Record<string, string>) =>
  new Request(ORIGIN + path, {
    headers: { cookie },
    ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}),
  });

/** Signs in by the portal's own routes. Returns the provider's address and the callback's answer. */
async function signIn(slug: string, path: string, cookie = '') {
  const leave = await import('~/routes/sign-in');
  return signInFrom(await leave.action(routeArgs(asked(path, cookie, { to: PAGE }))), slug, cookie);
}

/** Signs in where the portal's answer leads. */
async function signInFrom(left: Response, slug: string, cookie = '') {
  const arrive = await import('~/routes/sign-in-return');
  const address = left.headers.get('location') ?? '';
  const { open } = browser(provider.issuer);
  const back = await open((await open(address)).url, pick(slug));
  const request = asked(back.url.slice(ORIGIN.length), `${cookie}; ${cookiesOf(left)}`);
  const head = await arrive.loader(routeArgs(new Request(request, { method: 'HEAD' })));
  expect([head.status, ...head.headers]).toEqual([204]);
  return { address: new URL(address), arrived: await arrive.loader(routeArgs(request)) };
}

/** Where a request is redirected to; null when it may go on. */
async function redirectOf(cookie: string, body?: Record<string, string>): Promise<string | null> {
  const { requireStepUp } = await import('~/identity/step-up.server');
  try {
    await requireStepUp(asked(PAGE, cookie, body));
    return null;
  } catch (thrown) {
    return thrown instanceof Response ? thrown.headers.get('location') : 'no redirect';
  }
}

const passes = (minutes: number) =>
  rowsOf(store.url, `update session set created_at = created_at - interval '${minutes} minutes'`);
const AGAIN = `/nl/sign-in?${new URLSearchParams({ reason: 'again', to: PAGE })}`;

test('a grave act needs a strong sign-in of just now', async () => {
  const weak = await signIn('desk-2', '/nl/sign-in');
  expect(weak.address.searchParams.get('acr_values')).toBe('low substantial high');
  const before = cookiesOf(weak.arrived);
  expect(await redirectOf(before)).toBe(AGAIN);

  const strong = await signIn('desk-2', AGAIN, before);
  expect(strong.address.searchParams.get('acr_values')).toBe('high');
  expect(strong.arrived.headers.get('location')).toBe(PAGE);
  const after = cookiesOf(strong.arrived);
  expect(await redirectOf(after)).toBeNull();
  // Its form may be sent for longer than it may be opened.
  await passes(11);
  expect([await redirectOf(after), await redirectOf(after, {})]).toEqual([AGAIN, null]);
  await passes(15);
  expect(await redirectOf(after, {})).toBe(AGAIN);
});

test('another person who signs in once more ends the session', async () => {
  const before = cookiesOf((await signIn('desk-2', '/nl/sign-in')).arrived);
  const { arrived } = await signIn('desk-3', AGAIN, before);
  expect(arrived.headers.get('location')).toContain('reason=failed');
  const { sessionOf } = await import('~/identity/session.server');
  expect(await sessionOf(asked(PAGE, before))).toBeNull();
});

test('who represents a person signs in once more for that person', async () => {
  const metadata = ({ pushed_authorization_request_endpoint: _, ...rest }: Readonly<Record<string, unknown>>) => rest;
  const actFor = (sub: string) => {
    const represents = { iss: 'https://machtigen.example', sub, sub_id_type: 'urn:nl-eid-gdi:1.0:id:BSN' };
    provider.tamper({ metadata, claims: (given) => ({ ...given, represents }) });
  };
  actFor('111222333');
  const before = cookiesOf((await signIn('amal', '/nl/sign-in')).arrived);
  const same = (await signIn('amal', AGAIN, before)).arrived;
  expect(same.headers.get('location')).toBe(PAGE);
  actFor('123456782');
  const { arrived } = await signIn('amal', AGAIN, cookiesOf(same));
  expect(arrived.headers.get('location')).toContain('reason=failed');
  provider.tamper({ metadata });
});

test('a level that is too low twice is named as such', async () => {
  const metadata = ({ pushed_authorization_request_endpoint: _, ...rest }: Readonly<Record<string, unknown>>) => rest;
  provider.tamper({ metadata, claims: (given) => ({ ...given, acr: null }) });
  const { arrived: first } = await signIn('desk-2', '/nl/sign-in');
  expect(first.headers.get('location')).toContain(provider.issuer);
  const { arrived: second } = await signInFrom(first, 'desk-2');
  expect(second.headers.get('location')).toContain('/nl/sign-in?reason=weak');
  provider.tamper({ metadata });
});

test('a refusal without state is told as what it is', async () => {
  const { loader } = await import('~/routes/sign-in-return');
  const answer = await loader(routeArgs(asked('/auth/callback?error=access_denied', '')));
  expect(answer.headers.get('location')).toContain('reason=cancelled');
});

test.each([
  ['access_denied', 'cancelled'],
  ['temporarily_unavailable', 'unavailable'],
  ['server_error', 'unavailable'],
  ['invalid_request', 'failed'],
])('the answer %s leads to a new try (%s)', async (error, reason) => {
  const [leave, arrive] = await Promise.all([import('~/routes/sign-in'), import('~/routes/sign-in-return')]);
  const left = await leave.action(routeArgs(asked('/nl/sign-in', '', { to: PAGE })));
  const state = new URL(left.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const callback = (query: object) => asked(`/auth/callback?${new URLSearchParams({ ...query })}`, cookiesOf(left));
  const answer = await arrive.loader(routeArgs(callback({ error, state })));
  const back = `/nl/sign-in?${new URLSearchParams({ reason, to: PAGE })}`;
  expect(answer.headers.get('location')).toBe(back);
  // With an old state, it takes no other tab's attempt along.
  const old = await arrive.loader(routeArgs(callback({ code: 'x', state: 'of yesterday' })));
  expect(old.headers.get('location')).toMatch(/\/sign-in\?reason=failed/);
  expect(old.headers.getSetCookie()).toEqual([]);
});

test('HEAD on the callback opens nothing and uses up no code', async () => {
  // `signIn` sends one before each callback.
  const { arrived } = await signIn('desk-2', '/nl/sign-in');
  expect(cookiesOf(arrived)).toContain('__Host-zicht=');
});

test('forms may lead on to the origins that the configuration names', async () => {
  const { pagePolicy } = await import('~/server/headers.server');
  const { config } = await import('~/config/config.server');
  const [only] = config().PROVIDERS;
  if (!only) throw new Error('no provider');
  const leadingTo = (...formOrigins: string[]) => [{ ...only, issuer: 'https://login.example/realm', formOrigins }];
  const settings = { ORIGIN, production: true };
  const PROVIDERS = leadingTo('https://broker.example', 'https://digid.example');
  expect(pagePolicy('n', { ...settings, PROVIDERS })).toContain(
    "form-action 'self' https://login.example https://broker.example https://digid.example;",
  );
  // Where it names none, the page of signing in lets the provider lead on to any origin with TLS.
  const unnamed = { ...settings, ORIGIN: 'https://portal.example', PROVIDERS: leadingTo() };
  expect(pagePolicy('n', unnamed, '/:lang/sign-in')).toContain("form-action 'self' https://login.example https:;");
  expect(pagePolicy('n', unnamed, '/:lang/mandates')).toContain("form-action 'self' https://login.example;");
});
