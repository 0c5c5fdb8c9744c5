import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';

/** PEM files of an authority of its own, with a server's and a client's certificate. */
export interface Authority {
  readonly ca: string;
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
  /** A certificate that the authority did not sign. */
  readonly stranger: { readonly cert: string; readonly key: string };
}

/** Makes certificates with OpenSSL, valid for a day. */
export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-tls-'));
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const key = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(name),
  ];
  const self = (name: string) =>
    openssl('req', '-x509', ...key(`${name}.key`), '-days', '1', '-subj', `/CN=${name}`, '-out', file(`${name}.pem`));
  const signed = (name: string) =>
    openssl(
      ...['req', '-x509', ...key(`${name}.key`), '-days', '1', '-subj', `/CN=${name}`, '-out', file(`${name}.pem`)],
      ...[
        '-CA',
        file('ca.pem'),
        '-CAkey',
        file('ca.key'),
        '-addext',
        'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1',
      ],
      ...['-addext', 'basicConstraints=critical,CA:FALSE'],
    );
  self('ca');
  self('stranger');
  signed('server');
  signed('client');
  const pair = (name: string) => ({ cert: file(`${name}.pem`), key: file(`${name}.key`) });
  return { ca: file('ca.pem'), server: pair('server'), client: pair('client'), stranger: pair('stranger') };
}

/** A backend with TLS that answers the name in the client's certificate. @param wantsClient refuses a client without one */
export async function startSecureBackend({ ca, server }: Authority, wantsClient: boolean, host = '127.0.0.1') {
  const backend = createSecure(
    {
      cert: readFileSync(server.cert),
      key: readFileSync(server.key),
      ca: readFileSync(ca),
      requestCert: wantsClient,
      rejectUnauthorized: wantsClient,
    },
    ({ socket }, response) => {
      const { subject } = (socket as TLSSocket).getPeerCertificate();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ client: subject?.CN ?? null }));
    },
  );
  return listening(backend, host);
}

/** A forward proxy that only tunnels, for callers with this `name:password`. `tunnels` lists where to. */
export async function startProxy(login?: string) {
  const tunnels: string[] = [];
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  const wanted = login && `Basic ${Buffer.from(login).toString('base64')}`;
  proxy.on('connect', ({ url = '', headers }, socket, head) => {
    if (wanted && headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    tunnels.push(url);
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(url) ?? [];
    const onward = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    socket.on('error', () => onward.destroy());
    return host;
  });
  return { ...(await listening(proxy, '127.0.0.1')), tunnels };
}

async function listening(server: Server, host: string) {
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
