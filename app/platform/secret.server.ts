import { createHmac } from 'node:crypto';
import { config } from '~/config/config.server';

/**
 * The same for the same content, and nobody without the secret can make or undo it: 128 bits of HMAC-SHA-256, base64url.
 * @param purpose keeps what is made for one use apart from all others
 */
export function opaque(
  purpose: 'owner' | 'case' | 'reference' | 'actor' | 'code' | 'client' | 'feed' | 'colleague' | 'shown',
  content: string,
): string {
  return createHmac('sha256', config().OWNER_SECRET)
    .update(`${purpose}\n${content}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}
