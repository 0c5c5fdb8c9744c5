import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '~/config/config.server';
import { register } from '~/platform/metrics.server';

export interface Probes {
  readonly config: Pick<Config, 'METRICS_TOKEN' | 'local'>;
  /** Whether the portal can work right now: not draining, and its store answers. Backends don't count. */
  readonly ready: () => Promise<boolean>;
}

/** Answers for monitoring; null when the path is not a probe's, or access is denied. */
export async function probeAnswer(
  pathname: string,
  headers: IncomingHttpHeaders,
  probes: Probes,
): Promise<Response | null> {
  if (pathname === '/livez') return new Response('alive\n');
  if (pathname === '/readyz')
    return (await probes.ready()) ? new Response('ready\n') : new Response('not ready\n', { status: 503 });
  if (pathname === '/metrics' && mayMeasure(headers, probes.config))
    return new Response(await register.metrics(), { headers: { 'content-type': register.contentType } });
  return null;
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function mayMeasure({ authorization }: IncomingHttpHeaders, { METRICS_TOKEN, local }: Probes['config']): boolean {
  if (METRICS_TOKEN === undefined) return local;
  // Hashes have one length, which the comparison needs, and its time tells nothing about the token.
  return timingSafeEqual(hashOf(authorization ?? ''), hashOf(`Bearer ${METRICS_TOKEN}`));
}
