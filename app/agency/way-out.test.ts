import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backendProxiesFromJson, backendTlsFromJson, proxyFor } from '~/config/backends.server';
import { type Authority, makeAuthority, startProxy, startSecureBackend } from '../../tests/way-out';
import { openTransport } from './transport.server';
import { fetchOn, type WayOut } from './way-out.server';

let authority: Authority;
let open: Awaited<ReturnType<typeof startSecureBackend>>;
let closed: Awaited<ReturnType<typeof startSecureBackend>>;
let proxy: Awaited<ReturnType<typeof startProxy>>;
beforeAll(async () => {
  authority = makeAuthority();
  open = await startSecureBackend(authority, false);
  closed = await startSecureBackend(authority, true);
  proxy = await startProxy();
});
afterAll(() => Promise.all([open.stop(), closed.stop(), proxy.stop()]));

async function ask(origin: string, way: WayOut) {
  const transport = openTransport(origin, { ...way, attemptMs: 5_000, connectMs: 3_000 });
  const request = { method: 'GET', path: '/', headers: {}, body: null } as const;
  const [read, written] = [
    await transport.send({ ...request, writes: false }),
    await transport.send({ ...request, writes: true }),
  ];
  await transport.close();
  expect(written.status).toBe(read.status);
  return read.status === null ? read.cause : JSON.parse(read.text);
}

const pem = (path: string) => readFileSync(path, 'utf8');
const client = () => ({ cert: pem(authority.client.cert), key: pem(authority.client.key) });
const ca = () => pem(authority.ca);
const at = ({ port }: { readonly port: number }) => `https://localhost:${port}`;

describe('a backend with TLS', () => {
  test('of an own authority is believed only where the configuration names it', async () => {
    expect(await ask(at(open), {})).toMatch(/UNABLE_TO|SELF_SIGNED|CERT/);
    expect(await ask(at(open), { tls: { ca: ca() } })).toEqual({ client: null });
  });

  test('that wants to know the portal gets its certificate', async () => {
    expect(await ask(at(closed), { tls: { ca: ca(), ...client() } })).toEqual({ client: 'client' });
    expect(typeof (await ask(at(closed), { tls: { ca: ca() } }))).toBe('string');
    const { cert, key } = authority.stranger;
    expect(typeof (await ask(at(closed), { tls: { ca: ca(), cert: pem(cert), key: pem(key) } }))).toBe('string');
  });

  test('is reached through a forward proxy, with its certificate', async () => {
    const way = { tls: { ca: ca(), ...client() }, proxy: `http://127.0.0.1:${proxy.port}` };
    expect(await ask(at(closed), way)).toEqual({ client: 'client' });
    expect(proxy.tunnels).toContain(`localhost:${closed.port}`);
  });

  test('is reached through a proxy that wants a name and a password', async () => {
    const strict = await startProxy('zicht:a b');
    const by = (login: string) => ({ tls: { ca: ca() }, proxy: `http://${login}127.0.0.1:${strict.port}` });
    expect(await ask(at(open), by('zicht:a%20b@'))).toEqual({ client: null });
    expect(typeof (await ask(at(open), by('')))).toBe('string');
    await strict.stop();
  });

  test('that the proxy can’t reach was certainly not asked', async () => {
    const transport = openTransport(at({ port: 1 }), { proxy: `http://127.0.0.1:${proxy.port}`, attemptMs: 3_000 });
    const request = { method: 'POST', path: '/', headers: {}, body: '{}', writes: true } as const;
    expect(await transport.send(request)).toMatchObject({ status: null, unsent: true });
    await transport.close();
  });

  test('is asked by libraries on the same way', async () => {
    const fetchIt = fetchOn({ tls: { ca: ca(), ...client() }, proxy: `http://127.0.0.1:${proxy.port}` });
    const answer = await fetchIt?.(`${at(closed)}/`, { method: 'GET' });
    expect(await answer?.json()).toEqual({ client: 'client' });
    expect(fetchOn({})).toBeNull();
  });

  test('may have an address of IPv6 only', async () => {
    const six = await startSecureBackend(authority, false, '::1');
    expect(await ask(`https://[::1]:${six.port}`, { tls: { ca: ca() } })).toEqual({ client: null });
    await six.stop();
  });
});

test('a backend’s own proxy wins over the others', () => {
  const by = (own: string, exceptions = '') => proxyFor('https://zaken.example', 'http://proxy:3128', exceptions, own);
  expect(by('http://other:3128', '*')).toBe('http://other:3128');
  expect(by('direct')).toBeNull();
  const faults = (own: string) => backendProxiesFromJson.safeParse(JSON.stringify({ cases: own })).error?.issues.length;
  expect([faults('direct'), faults('http://p:1'), faults('socks5://p:1'), faults('')]).toEqual([
    undefined,
    undefined,
    1,
    1,
  ]);
});

test('files that do not belong together are refused at start', () => {
  const faults = (tls: object) =>
    backendTlsFromJson.safeParse(JSON.stringify({ cases: tls })).error?.issues.length ?? 0;
  const { ca: authorityFile, client: own, stranger } = authority;
  expect(faults({ ca: authorityFile, ...own })).toBe(0);
  expect(faults({ ca: own.key })).toBe(1);
  expect(faults({ cert: own.cert })).toBe(1);
  expect(faults({ cert: own.cert, key: stranger.key })).toBe(1);
  expect(faults({ ca: '/no/such/file' })).toBe(1);
  expect(faults({ passphrase: 'x' })).toBe(1);
});

test.each([
  ['https://zaken.agency.example/api', '', 'http://proxy:3128'],
  ['https://zaken.agency.example/api', 'other.example, .agency.example', null],
  ['https://zaken.agency.example/api', 'agency.example', null],
  ['https://zaken.agency.example:8443/api', 'agency.example:443', 'http://proxy:3128'],
  ['https://notagency.example/api', 'agency.example', 'http://proxy:3128'],
  ['https://zaken.agency.example/api', '*', null],
  ['http://zaken.agency.example/api', '', null],
  ['https://localhost:8443', '', null],
  ['https://[::1]:8443', '', null],
])('%s with the exceptions %j goes by %s', (address, exceptions, proxy) => {
  expect(proxyFor(address, 'http://proxy:3128', exceptions)).toBe(proxy);
});
