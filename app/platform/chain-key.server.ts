import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Hasher } from '~/model/audit-chain';

/** The chain's key and its name, from the permanent secret: old entries must stay verifiable. */
export function chainKey(ownerSecret: string): { readonly keyId: string; readonly hashOf: Hasher } {
  const key = Buffer.from(hkdfSync('sha256', ownerSecret, 'zicht', 'audit chain', 32));
  return {
    keyId: createHash('sha256').update(key).digest('hex').slice(0, 8),
    hashOf: (prevHash, seq, body) => createHmac('sha256', key).update(`${prevHash}\n${seq}\n${body}`).digest('hex'),
  };
}
