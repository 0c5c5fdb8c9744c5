import type { Server } from 'node:http';
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

/**
 * Shuts a listening server down: waits to be noticed, takes no new requests, finishes or finally cuts off the running
 * ones.
 */
export async function drain({ server, noticeMs, drainMs }: Draining): Promise<void> {
  await sleep(noticeMs);
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection becomes idle after its request, and would keep the server open for a minute.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
