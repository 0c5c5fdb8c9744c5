import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Draining {
  readonly server: Server;
  /**
   * Milliseconds in which requests are still taken while the readiness probe fails, so that a load balancer notices.
   */
  readonly noticeMs: number;
  /** Milliseconds that running requests get. */
  readonly drainMs: number;
}

const IDLE_CHECK_MS = 50;

const sockets = new WeakMap<Server, Set<Socket>>();
const answers = new WeakMap<Server, Set<ServerResponse>>();
const leaving = new WeakSet<Server>();

/**
 * Keeps lists of a server's connections and running answers for `drain`. Browsers open some in advance, and Node counts one without a
 * request as busy: it would keep the server open until its time for headers is over.
 */
export function trackSockets(server: Server): void {
  const open = new Set<Socket>();
  sockets.set(server, open);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const running = new Set<ServerResponse>();
  answers.set(server, running);
  // Before the portal's own listener, which may answer at once.
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (leaving.has(server)) closeAfter(response);
    running.add(response);
    response.on('close', () => running.delete(response));
  });
}

/** Makes the answer say `connection: close`, so that a proxy sends its next request elsewhere. */
function closeAfter(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}

/**
 * Shuts a listening server down: waits to be noticed, takes no new requests, finishes or finally cuts off the running
 * ones.
 */
export async function drain({ server, noticeMs, drainMs }: Draining): Promise<void> {
  leaving.add(server);
  answers.get(server)?.forEach(closeAfter);
  await sleep(noticeMs);
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection becomes idle after its request, and would keep the server open for a minute.
  const idle = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of sockets.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
  }, IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
