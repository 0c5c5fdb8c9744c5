import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '~/config/config.server';
import { deviceOf } from '~/platform/device.server';

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
