import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { log } from '~/platform/log.server';
import { VIEWER } from '../../tests/agency/planner';
import { EXPIRED, NOT_YET_VALID, OTHER_HOST, SELF_SIGNED, TEST_AUTHORITY, VALID } from '../../tests/agency/self-signed';
import { type Gate, openGate } from './gate.server';
import { isNamesOrCertificates } from './transport.server';

vi.mock('~/platform/log.server', async (original) => ({ ...(await original<object>()), log: vi.fn() }));

const schema = z.object({ n: z.number() });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.clearAllMocks();
  for (const close of closers.splice(0)) await close();
});

function gateTo(baseUrl: string): Gate {
  const gate = openGate({ name: 'planner', baseUrl, attemptMs: 5_000, connectMs: 2_000, tls: { ca: TEST_AUTHORITY } });
  closers.push(() => gate.close());
  return gate;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  closers.push(() => new Promise((closed) => server.close(closed)));
  return (server.address() as AddressInfo).port;
}

/** A planner with a certificate, and how many requests reached it. */
async function withCertificate(certificate: { readonly key: string; readonly cert: string }) {
  let asked = 0;
  const server = createTlsServer(certificate, (_request, response) => {
    asked += 1;
    response.end('{"n":1}');
  });
  server.on('tlsClientError', () => undefined);
  closers.unshift(() => server.closeAllConnections());
  return { gate: gateTo(`https://127.0.0.1:${await listening(server)}`), asked: () => asked };
}

const write = (gate: Gate) => gate.ask({ path: '/book', method: 'POST', by: VIEWER, body: {}, schema });

describe('a certificate that can’t be verified', () => {
  test.each([
    ['of its own making', SELF_SIGNED, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['that has expired', EXPIRED, 'CERT_HAS_EXPIRED'],
    ['that is not valid yet', NOT_YET_VALID, 'CERT_NOT_YET_VALID'],
    ['of another host', OTHER_HOST, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('sends nothing to one %s, and the log names the reason', async (_which, certificate, outcome) => {
    const { gate, asked } = await withCertificate(certificate);
    expect(await write(gate)).toEqual({ ok: false, why: 'down', unsent: true });
    expect(await gate.ask({ path: '/x', schema })).toEqual({ ok: false, why: 'down', unsent: true });
    expect(asked()).toBe(0);
    expect(log).toHaveBeenCalledWith('backend-unreachable', { backend: 'planner', outcome }, 'warn');
  });

  test('differs from one of the same authority in nothing else', async () => {
    const { gate, asked } = await withCertificate(VALID);
    expect(await write(gate)).toMatchObject({ ok: true });
    expect(asked()).toBe(1);
  });

  test('never opens the breaker, so each line names the reason', async () => {
    const { gate } = await withCertificate(SELF_SIGNED);
    for (let call = 0; call < 8; call += 1) await write(gate);
    const lines = vi.mocked(log).mock.calls.filter(([event]) => event === 'backend-unreachable');
    expect(lines.length).toBeGreaterThanOrEqual(8);
    expect(new Set(lines.map(([, fields]) => fields?.outcome))).toEqual(new Set(['DEPTH_ZERO_SELF_SIGNED_CERT']));
  });
});

test.each([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EAI_AGAIN',
  'ENOTFOUND',
])('%s says nothing of how the backend works', (cause) => {
  expect(isNamesOrCertificates(cause)).toBe(true);
  expect(isNamesOrCertificates('ECONNREFUSED')).toBe(false);
});

test.each(['http://no-such-host.invalid', 'http://127.0.0.1:1'])('nothing is sent to %s', async (url) => {
  const gate = gateTo(url);
  expect(await write(gate)).toEqual({ ok: false, why: 'down', unsent: true });
});

describe('a connection that the backend closes', () => {
  /** Answers each request by hand; `onRequest` says what a socket does with its n-th request. */
  async function rawBackend(onRequest: (socket: Socket, request: number) => void) {
    let requests = 0;
    const open = new Set<Socket>();
    const server = createSocketServer((socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', () => {
        requests += 1;
        onRequest(socket, requests);
      });
    });
    const port = await listening(server);
    closers.unshift(() => open.forEach((socket) => void socket.destroy()));
    return { gate: gateTo(`http://127.0.0.1:${port}`), requests: () => requests };
  }
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"n":1}';

  test('between two requests loses no write', async () => {
    const { gate } = await rawBackend((socket) => {
      socket.write(answer, () => setImmediate(() => socket.destroy()));
    });
    for (let call = 0; call < 5; call += 1) {
      expect(await gate.ask({ path: '/x', schema })).toMatchObject({ ok: true });
      expect(await write(gate)).toMatchObject({ ok: true });
    }
  });

  test('after it received a write makes the outcome unknown, once', async () => {
    const { gate, requests } = await rawBackend((socket) => socket.destroy());
    expect(await write(gate)).toEqual({ ok: false, why: 'down' });
    expect(requests()).toBe(1);
  });
});
