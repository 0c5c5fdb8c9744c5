import { createHmac, timingSafeEqual } from 'node:crypto';
import { VIEWER_SECRET } from '../secrets';

const HEADER = 'x-zicht-viewer';

/**
 * Simulates an agency's gateway before the planners: it refuses writes with a read-only token, whatever the portal
 * allowed. Searches are GET requests in all of them. With `strict` it also refuses writes without a token.
 */
export function refusesWrite({ method, headers, url }: Request, strict: boolean): boolean {
  if (method === 'GET' || method === 'HEAD' || url.endsWith('/connect/token')) return false;
  const token = headers.get(HEADER);
  if (token === null) return strict;
  const [head = '', body = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', VIEWER_SECRET).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return true;
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  return !(typeof claims === 'object' && claims !== null && 'scope' in claims && claims.scope === 'write');
}
