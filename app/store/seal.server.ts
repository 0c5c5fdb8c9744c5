import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { config } from '~/config/config.server';

/** AES-256 keys; the first one seals, every one may open. */
export type SealingKeys = readonly [Buffer, ...Buffer[]];

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** One key per secret and use, by HKDF-SHA-256, so that the secret itself is only used for deriving. */
export function deriveKeys([first, ...older]: readonly [string, ...string[]], use = 'session payload'): SealingKeys {
  return [derive(first, use), ...older.map((secret) => derive(secret, use))];
}

/** Keys for rows that outlive every session. */
export const ownerKeys = (): SealingKeys => deriveKeys([config().OWNER_SECRET]);

/**
 * AES-256-GCM: nonce, tag and ciphertext in one piece. Opening needs the same `context`, so a sealed text can't be
 * moved to another row.
 */
export function seal(plain: string | Buffer, context: string, [key]: SealingKeys): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(Buffer.from(plain)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** The sealed text, or null when no key fits, a byte was changed, or it was sealed for another context. */
export function unseal(sealed: Buffer, context: string, keys: SealingKeys): string | null {
  const plain = unsealBytes(sealed, context, keys);
  return plain ? plain.toString('utf8') : null;
}

/** The same for what is no text. */
export function unsealBytes(sealed: Buffer, context: string, keys: SealingKeys): Buffer | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  for (const key of keys) {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      // Sealed with an older key: try the next one.
    }
  }
  return null;
}

/** A key from a secret that lives shortly, such as a session's id; nothing is cached of it. */
export const keyOf = (secret: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'zicht', use, 32));

const derived = new Map<string, Buffer>();

/** Cached per secret and use: deriving takes as long as ten seals, and pages open hundreds of rows. */
function derive(secret: string, use: string): Buffer {
  const name = `${use}\n${secret}`;
  const known = derived.get(name) ?? keyOf(secret, use);
  derived.set(name, known);
  return known;
}
