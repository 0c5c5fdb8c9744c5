import type { IncomingHttpHeaders } from 'node:http';
import { isbot } from 'isbot';
import type { Config } from '~/config/config.server';

/** A network's name from the agency's proxy, such as `office`. */
const ZONE = /^[a-z][a-z0-9-]{0,19}$/;

/**
 * Where an action comes from, for the audit log: the kind of device, and the agency's network if its proxy reports it.
 * Never an IP address, which is personal data.
 */
export function originOf(headers: IncomingHttpHeaders, { NETWORK_HEADER }: Pick<Config, 'NETWORK_HEADER'>): string {
  const network = NETWORK_HEADER && headers[NETWORK_HEADER.toLowerCase()];
  const zone = typeof network === 'string' && ZONE.test(network) ? network : 'unknown';
  return `${deviceOf(headers)}, network ${zone}`;
}

function deviceOf({ 'user-agent': agent = '', 'sec-ch-ua-mobile': mobile }: IncomingHttpHeaders): string {
  if (agent === '' || isbot(agent)) return 'program';
  if (mobile === '?1' || /\bMobi/.test(agent)) return 'phone';
  return /\biPad\b|\bAndroid\b|\bTablet\b/.test(agent) ? 'tablet' : 'computer';
}
