import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '~/config/config.server';
import { register } from '~/platform/metrics.server';

/** One part of the portal or one of its backends, as `/health` shows it. */
export interface HealthPart {
  readonly name: string;
  /** `degraded`: people miss something of it. `down`: they miss all of it. */
  readonly state: 'ok' | 'degraded' | 'down';
  /** In words, for an operator. */
  readonly about: string;
  /** Set where people can't sign in without it. */
  readonly signIn?: true;
}

export interface Probes {
  readonly config: Pick<Config, 'METRICS_TOKEN' | 'local'>;
  /** Whether the process takes requests: it does not stop. */
  readonly ready: () => Promise<boolean>;
  readonly parts: () => Promise<readonly HealthPart[]>;
}

/**
 * Answers for monitoring; null when the path is not a probe's, or access is denied.
 * - `/livez`: the process lives.
 * - `/readyz`: it can serve public pages. A database that is away does not take them out; a second line tells of it.
 * - `/readyz/sign-in`: people can sign in too.
 * - `/health`: the state of every part, for people.
 */
export async function probeAnswer(
  pathname: string,
  headers: IncomingHttpHeaders,
  { config, ready, parts }: Probes,
): Promise<Response | null> {
  if (pathname === '/livez') return new Response('alive\n');
  if (pathname === '/readyz' || pathname === '/readyz/sign-in') {
    if (!(await ready())) return new Response('not ready: the portal stops\n', { status: 503 });
    const missing = (await parts()).filter(({ signIn, state }) => signIn && state !== 'ok');
    const signIn = missing.map(({ name, about }) => `not ready for sign-in: ${name}: ${about}\n`).join('');
    const isFit = pathname === '/readyz' || missing.length === 0;
    return new Response(`ready${missing.length > 0 ? ' for public pages' : ''}\n${signIn}`, {
      status: isFit ? 200 : 503,
    });
  }
  if (pathname === '/health' && mayMeasure(headers, config)) return healthOf(await ready(), await parts());
  if (pathname === '/metrics' && mayMeasure(headers, config))
    return new Response(await register.metrics(), { headers: { 'content-type': register.contentType } });
  return null;
}

function healthOf(isReady: boolean, parts: readonly HealthPart[]): Response {
  const worst = parts.every(({ state }) => state === 'ok') ? 'ok' : 'degraded';
  const body = {
    state: isReady ? worst : 'stopping',
    parts: Object.fromEntries(parts.map(({ name, state, about }) => [name, { state, about }])),
  };
  return new Response(`${JSON.stringify(body, null, 2)}\n`, { headers: { 'content-type': 'application/json' } });
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function mayMeasure({ authorization }: IncomingHttpHeaders, { METRICS_TOKEN, local }: Probes['config']): boolean {
  if (METRICS_TOKEN === undefined) return local;
  // Hashes have one length, which the comparison needs, and its time tells nothing about the token.
  return timingSafeEqual(hashOf(authorization ?? ''), hashOf(`Bearer ${METRICS_TOKEN}`));
}
