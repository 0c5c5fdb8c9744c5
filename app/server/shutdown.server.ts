import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Draining {
  readonly server: Server;
  /** Milliseconds in which requests are still taken while the readiness probe says no: a load balancer's time to notice. */
  readonly noticeMs: number;
  /** Milliseconds that running requests get. */
  readonly drainMs: number;
}

const IDLE_CHECK_MS = 50;

/** Lets a listening server finish: waits to be noticed, takes nothing new, ends what runs or, in the end, cuts it off. */
export async function drain({ server, noticeMs, drainMs }: Draining): Promise<void> {
  await sleep(noticeMs);
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept connection becomes idle when its request has ended, and would hold the server open for a minute.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
