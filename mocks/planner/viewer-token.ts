import { createHmac, timingSafeEqual } from 'node:crypto';
import { VIEWER_SECRET } from '../secrets';

const HEADER = 'x-zicht-viewer';

/**
 * What stands in front of the planners, as an agency's gateway does: who only looks changes nothing, whatever the portal
 * let through. A search is a GET in all three. `strict`: nor does anybody who does not say what he may.
 */
export function refusesWrite({ method, headers }: Request, strict: boolean): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const token = headers.get(HEADER);
  if (token === null) return strict;
  const [head = '', body = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', VIEWER_SECRET).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return true;
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  return !(typeof claims === 'object' && claims !== null && 'scope' in claims && claims.scope === 'write');
}
