import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createIdentityProvider } from '../../mocks/identity/provider';
import { OIDC_CLIENT } from '../../mocks/secrets';
import { createWorld } from '../../mocks/world/world';

type Members = Readonly<Record<string, unknown>>;

/** What a hostile proxy in front of an honest provider changes. */
export interface Tampering {
  readonly metadata?: (metadata: Members) => Members;
  readonly claims?: (claims: JWTPayload) => JWTPayload;
  readonly userInfo?: (claims: Members) => Members;
  readonly tokens?: (answer: Members) => Members;
  /** Paths whose first request since the last `tamper` gets no answer. */
  readonly silent?: readonly string[];
  /** How it signs ID tokens. */
  readonly signature?:
    | 'none'
    | 'client secret'
    | 'public key'
    | 'foreign key'
    | 'key in the header'
    | 'cut'
    | 'of another text';
}

const CALLBACK = 'http://localhost:3000/auth/callback';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const algorithm = 'PS256';

/**
 * Starts the simulated provider behind a proxy that signs all ID tokens with a key of its own, after `tamper` changed
 * them.
 *
 * @param client settings of the one client, as in `createIdentityProvider`
 */
export async function startHostileProvider(client: Members = {}) {
  const [own, foreign] = await Promise.all([generateKeyPair(algorithm), generateKeyPair(algorithm)]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: algorithm, use: 'sig' };
  const world = createWorld();
  let tampering: Tampering = {};
  /** The paths of the requests since the last `tamper`. */
  const requests: string[] = [];
  /** The credentials in requests' headers, decoded. */
  const authorizations: string[] = [];
  let honest: (incoming: IncomingMessage, outgoing: ServerResponse) => void = () => {};

  const server = createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '').split('?')[0] ?? '';
    const isFirst = !requests.includes(path);
    requests.push(path);
    if (isFirst && tampering.silent?.includes(path)) return;
    const [, basic = ''] = /^Basic (.*)$/.exec(incoming.headers.authorization ?? '') ?? [];
    if (basic) authorizations.push(Buffer.from(basic, 'base64').toString());
    const change = changeOf(path);
    if (change === undefined) return honest(incoming, outgoing);
    const end = outgoing.end.bind(outgoing);
    Object.assign(outgoing, {
      end: (text: string | Buffer) => {
        outgoing.removeHeader('content-length');
        change(JSON.parse(`${text}`)).then((body) => end(JSON.stringify(body)));
      },
    });
    honest(incoming, outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  honest = createIdentityProvider({
    issuer,
    world,
    redirectUris: [CALLBACK],
    postLogoutUris: ['http://localhost:3000/auth/signed-out'],
    withoutNumber: () => false,
    client,
  });

  function changeOf(path: string): ((body: Members) => Promise<Members>) | undefined {
    const { metadata, userInfo, tokens } = tampering;
    if (path === '/jwks') return async ({ keys }) => ({ keys: [...(Array.isArray(keys) ? keys : []), jwk] });
    if (path === '/.well-known/openid-configuration')
      return async (body) => {
        const changed = { ...body, id_token_signing_alg_values_supported: [algorithm, 'HS256', 'RS256'] };
        return metadata?.(changed) ?? changed;
      };
    if (path === '/me') return async (body) => userInfo?.(body) ?? body;
    if (path !== '/token') return undefined;
    return async (body) => {
      if (typeof body.id_token !== 'string') return body;
      const signed = { ...body, id_token: await signedAgain(body.id_token) };
      return tokens?.(signed) ?? signed;
    };
  }

  async function signedAgain(token: string): Promise<string> {
    const given: JWTPayload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const claims = tampering.claims?.(given) ?? given;
    const sign = (key: CryptoKey | Uint8Array, header: Members = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: 'own', ...header }).sign(key);
    const good = await sign(own.privateKey);
    const [head = '', body = '', signature = ''] = good.split('.');
    switch (tampering.signature) {
      case 'none':
        return `${encoded({ alg: 'none' })}.${body}.`;
      case 'client secret':
        return sign(Buffer.from(OIDC_CLIENT.secret), { alg: 'HS256' });
      case 'public key':
        return sign(Buffer.from(JSON.stringify(jwk)), { alg: 'HS256' });
      case 'foreign key':
        return sign(foreign.privateKey);
      case 'key in the header':
        return sign(foreign.privateKey, { kid: 'new', jwk: await exportJWK(foreign.publicKey) });
      case 'cut':
        return `${head}.${body}.${signature.slice(0, 40)}`;
      case 'of another text':
        return `${head}.${encoded({ ...claims, bsn: '111222333' })}.${signature}`;
      default:
        return good;
    }
  }

  return {
    issuer,
    world,
    requests,
    authorizations,
    tamper(how: Tampering) {
      tampering = how;
      requests.length = 0;
    },
    /** Signs a logout token as the provider does. */
    signed: (claims: object, header: Members = {}, key: CryptoKey = own.privateKey) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: algorithm, kid: 'own', typ: 'logout+jwt', ...header })
        .sign(key),
    foreignKey: foreign.privateKey,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
