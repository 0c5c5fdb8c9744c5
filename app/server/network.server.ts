import type { IncomingHttpHeaders } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network that a request comes from, to count it by: an IPv4 address, or the first 64 bits of an IPv6 one. It is
 * only kept in memory.
 *
 * @param header the setting `ADDRESS_HEADER`. The proxy adds the address at its end. Null: no setting, or no address
 */
export function networkOf(headers: IncomingHttpHeaders, header: string | undefined): string | null {
  const given = header === undefined ? undefined : headers[header.toLowerCase()];
  const address = [given ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '';
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(mapped)) return mapped;
  return isIPv6(address) ? first64(address) : null;
}

function first64(address: string): string {
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = (part: string) => part.split(':').filter(Boolean);
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const whole = [...before, ...zeros, ...after];
  return whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
