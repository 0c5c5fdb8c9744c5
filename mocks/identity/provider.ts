import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type Context, type Interaction, interactionPolicy } from 'oidc-provider';
import { OIDC_CLIENT } from '../secrets';
import { subjectId } from '../world/people';
import type { World } from '../world/world';
import { CLAIMS, claimsOf, LEVELS, levelFor } from './claims';
import { createMemory } from './memory';
import { pickerPage } from './picker';
import { actingIn, representsOf } from './representation';

export interface IdentityOptions {
  readonly issuer: string;
  readonly world: World;
  readonly redirectUris: readonly string[];
  readonly postLogoutUris: readonly string[];
  /** True while the fault "partial" is on: the token lacks the person's number. */
  readonly withoutNumber: () => boolean;
  /** Settings of the one client beside these: how it authenticates, where it is told of a logout. */
  readonly client?: Readonly<Record<string, unknown>>;
}

type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * An OpenID provider that lets the user pick a person. Code flow with PKCE and client_secret_basic. It asks for no
 * consent, requires a sign-in each time, and signs out without confirmation. It uses real time.
 */
export function createIdentityProvider(options: IdentityOptions): NodeHandler {
  const { issuer, world } = options;
  const provider: Provider = new Provider(issuer, {
    adapter: createMemory(),
    clients: [
      {
        client_id: OIDC_CLIENT.id,
        client_secret: OIDC_CLIENT.secret,
        token_endpoint_auth_method: 'client_secret_basic',
        redirect_uris: [...options.redirectUris],
        post_logout_redirect_uris: [...options.postLogoutUris],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        ...options.client,
      },
    ],
    jwks: { keys: [signingKey()] },
    cookies: { keys: ['simulated'] },
    pkce: { required: () => true },
    scopes: ['openid', 'profile'],
    claims: { openid: [...CLAIMS] },
    acrValues: [...LEVELS],
    conformIdTokenClaims: false,
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 3600, Interaction: 3600, Session: 3600 },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: plainPage, postLogoutSuccessSource: plainPage },
    },
    // The package's own dispatcher refuses to tell a portal on this machine of a logout.
    fetch: (url: string, { method = 'GET', headers = {}, body = null, signal = null }: RequestInit) =>
      fetch(url, { method, headers, body, signal, redirect: 'manual' }),
    renderError: plainPage,
    interactions: {
      url: (_: unknown, interaction: Interaction) => `/sign-in/${interaction.uid}`,
      policy: alwaysAsk(),
    },
    // What was chosen in the picker travels in the code's `amr`.
    findAccount: (_: unknown, id: string, token?: { readonly amr?: readonly string[] }) => {
      const person = world.people.find((candidate) => subjectId(candidate) === id);
      if (person === undefined) return undefined;
      const acting = actingIn(world).find(({ value }) => token?.amr?.includes(value));
      const represents = acting ? { represents: representsOf(acting) } : {};
      return {
        accountId: id,
        claims: async () => ({ ...claimsOf(person, options.withoutNumber()), ...represents }),
      };
    },
    loadExistingGrant: async (ctx: { oidc: { client: { clientId: string }; session: { accountId: string } } }) => {
      const { client, session } = ctx.oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(signOutAtOnce(issuer));
  const standard = provider.callback();
  return (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', issuer);
    if (/^\/auth(\/|$)/.test(url.pathname)) forgetPerson(incoming);
    if (!url.pathname.startsWith('/sign-in/')) return standard(incoming, outgoing);
    signIn(provider, world, url, incoming, outgoing).catch(() => {
      outgoing.writeHead(400, { 'content-type': 'text/plain' }).end('This sign-in is over. Go back and start again.');
    });
  };
}

/** Shows the picker, or finishes the sign-in as the person in the form, in `?person=` or in `login_hint`. */
async function signIn(
  provider: Provider,
  world: World,
  url: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(incoming, outgoing);
  const named = incoming.method === 'POST' ? await personInForm(incoming) : url.searchParams.get('person');
  const chosen = named ?? params.login_hint;
  const acting = actingIn(world).find(({ value }) => value === chosen);
  const person = acting?.person ?? world.people.find(({ slug }) => slug === chosen);
  if (person === undefined) {
    outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    outgoing.end(pickerPage(world.people, actingIn(world), url.pathname, levelFor(params.acr_values)));
    return;
  }
  const amr = ['demo', ...(acting ? [acting.value] : [])];
  const login = { accountId: subjectId(person), acr: levelFor(params.acr_values), amr, remember: false };
  await provider.interactionFinished(incoming, outgoing, { login });
}

/**
 * Begins each sign-in in a session of its own. With the session of another person the package would lead the browser
 * through a page of scripts that signs that person out, and refuse a tab that was opened before.
 */
function forgetPerson({ headers }: IncomingMessage): void {
  const cookies = headers.cookie?.split(/;\s*/) ?? [];
  headers.cookie = cookies.filter((cookie) => !cookie.startsWith('_session')).join('; ');
}

async function personInForm(incoming: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return new URLSearchParams(text).get('person');
}

/** Requires a choice at each sign-in, since devices may be shared. */
function alwaysAsk() {
  const policy = interactionPolicy.base();
  const check = new interactionPolicy.Check(
    'asked_each_time',
    'the person must be picked',
    (ctx) => ctx.oidc?.result === undefined,
  );
  policy.get('login')?.checks.add(check);
  return policy;
}

/** Confirms a sign-out automatically, so that the browser returns to the portal at once. */
function signOutAtOnce(issuer: string) {
  return async (ctx: Context, next: () => Promise<void>) => {
    await next();
    const secret = ctx.oidc?.session?.state?.secret;
    if (ctx.path !== '/session/end' || ctx.status !== 200 || secret === undefined) return;
    const { post_logout_redirect_uri: target, state } = ctx.oidc?.params ?? {};
    if (ctx.oidc?.session?.accountId !== undefined) {
      const confirmed = await fetch(`${issuer}/session/end/confirm`, {
        method: 'POST',
        headers: { cookie: ctx.get('cookie') },
        body: new URLSearchParams({ xsrf: secret, logout: 'yes' }),
        redirect: 'manual',
      });
      ctx.set('set-cookie', confirmed.headers.getSetCookie());
      const location = confirmed.headers.get('location');
      if (location !== null) ctx.redirect(location);
      return;
    }
    if (target === undefined) return;
    const back = new URL(target);
    if (state !== undefined) back.searchParams.set('state', state);
    ctx.redirect(back.toString());
  };
}

/** Replaces the package's default pages. The confirmation page is never shown. */
async function plainPage(ctx: Context, content?: string | Readonly<Record<string, string>>) {
  const text = typeof content === 'object' ? `${content.error}: ${content.error_description}` : 'You are signed out.';
  ctx.set('content-type', 'text/plain; charset=utf-8');
  ctx.body = text;
}

/** A new RSA key for each start, so tokens from before a restart are invalid. */
function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'simulated', use: 'sig', alg: 'RS256' };
}
