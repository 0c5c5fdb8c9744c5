import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { config } from '~/config/config.server';
import { clearCaches } from '~/platform/caches.server';
import { askAt, listening, portalOptions, stop } from '../../tests/portal/portal-options';
import { createPortal } from './portal.server';

const fast = () => new Response('page');
const settings = { ...config(), ADDRESS_HEADER: 'X-Forwarded-For' };
const options = portalOptions({ ':lang/page': fast, ':lang/sign-in': fast });
const portal = createPortal({ ...options, config: settings });
let port = 0;

beforeAll(async () => {
  port = await listening(portal);
});
afterAll(() => stop(portal));

/** Sends bytes as they are, and resolves to all that comes back until the portal closes the connection. */
function sendRaw(at: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(at, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

const slowPost = [
  'POST /en/page HTTP/1.1',
  'host: localhost:3000',
  'sec-fetch-site: same-origin',
  'content-type: application/x-www-form-urlencoded',
  'content-length: 20',
  '',
  'a=1',
].join('\r\n');

test('slow senders take no place, and are cut off within seconds', async () => {
  const small = createPortal({ ...options, config: { ...settings, MOST_AT_ONCE: 1 } });
  const at = await listening(small);
  const slow = Array.from({ length: 30 }, () => sendRaw(at, slowPost));
  expect((await askAt(at, '/en/page')).status).toBe(200);
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close/i);
  stop(small);
}, 15_000);

test.each([
  ['a line that is no header', 'GET /en/page HTTP/1.1\r\nno header\r\n\r\n', 400],
  ['headers without end', `GET /en/page HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  [
    'an unknown expectation',
    'GET /en/page HTTP/1.1\r\nhost: localhost:3000\r\nexpect: coffee\r\nconnection: close\r\n\r\n',
    417,
  ],
])('%s gets an answer with the security headers', async (_what, bytes, status) => {
  const answer = (await sendRaw(port, bytes)).toLowerCase();
  expect(answer).toMatch(new RegExp(`^http/1\\.1 ${status} `));
  for (const name of ['content-security-policy', 'x-content-type-options', 'permissions-policy', 'cache-control'])
    expect(answer).toContain(`\r\n${name}: `);
});

describe('limits', () => {
  beforeAll(clearCaches);

  const signIn = (language: string, headers: Record<string, string>) =>
    askAt(port, `/${language}/sign-in`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: 'to=',
    });

  test('a session that asks too often is told when to return', async () => {
    const cookie = { cookie: '__Host-zicht=one' };
    for (let n = 0; n < 30; n++) expect((await signIn('nl', cookie)).status).toBe(200);
    const refused = await signIn('nl', cookie);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500);
    expect(`${refused.body}`).toContain('U vroeg dit te vaak');
    expect((await signIn('nl', { cookie: '__Host-zicht=two' })).status).toBe(200);
  });

  test('a network may do more than one session, but not everything', async () => {
    const from = (address: string) => signIn('ar', { 'x-forwarded-for': `198.51.100.9, ${address}` });
    for (let n = 0; n < 600; n++) expect((await from(`2001:db8::${n.toString(16)}`)).status).toBe(200);
    const refused = await from('2001:db8::ffff');
    expect(refused.status).toBe(429);
    expect(`${refused.body}`).toContain('dir="rtl"');
    expect((await from('2001:db8:0:1::1')).status).toBe(200);
  });
});

describe('reports of browsers', () => {
  const report = (body: unknown) =>
    askAt(port, '/csp-reports', {
      method: 'POST',
      headers: { 'content-type': 'application/reports+json' },
      body: JSON.stringify(body),
    });

  test('are counted by directive only', async () => {
    expect((await report([{ body: { effectiveDirective: 'script-src-elem', documentURL: 'CANARY' } }])).status).toBe(
      204,
    );
    expect((await report({ 'csp-report': { 'violated-directive': 'img-src https://CANARY' } })).status).toBe(204);
    for (const odd of [null, 7, 'text', [{}], [{ body: { effectiveDirective: 'CANARY' } }]])
      expect((await report(odd)).status).toBe(204);
    const { body } = await askAt(port, '/metrics');
    expect(`${body}`).toContain('zicht_policy_violations_total{directive="script-src-elem"} 1');
    expect(`${body}`).toContain('zicht_policy_violations_total{directive="img-src"} 1');
    expect(`${body}`).not.toContain('CANARY');
  });
});
