import { hkdfSync } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { chainKey } from '~/platform/chain-key.server';
import { auditEvent } from './schema/audit.server';
import { secretCheck } from './schema/secret-check.server';

const OWNER = 'OWNER_SECRET';

/** The permanent secret is not the one under which the rows of this database stand. */
export class WrongOwnerSecret extends Error {
  override readonly name = 'WrongOwnerSecret';
  constructor() {
    super(
      'OWNER_SECRET is not the one of this database: people would lose their rows, and the audit log its proof. ' +
        'Nothing was written. Set the secret that was set before (docs/operate.md, "Secrets").',
    );
  }
}

/**
 * Compares the permanent secret with the database's check value, or with the newest audit entry where there is none yet.
 * Throws `WrongOwnerSecret` when it is another. Changes nothing.
 */
export async function requireOwnerSecret(
  database: Pick<NodePgDatabase, 'select' | 'execute'>,
  secret: string,
): Promise<void> {
  const { rows } = await database.execute<{ there: boolean }>(
    sql`select to_regclass('secret_check') is not null as there`,
  );
  const [check] = rows[0]?.there ? await database.select().from(secretCheck).where(eq(secretCheck.name, OWNER)) : [];
  const [entry] = check
    ? []
    : await database.select({ keyId: auditEvent.keyId }).from(auditEvent).orderBy(desc(auditEvent.seq)).limit(1);
  if (check && check.value !== checkValue(secret)) throw new WrongOwnerSecret();
  if (entry && entry.keyId !== chainKey(secret).keyId) throw new WrongOwnerSecret();
}

/** The same at a portal's start, which leaves the check value for the next one. */
export async function keepOwnerSecret(database: NodePgDatabase, secret: string): Promise<void> {
  await requireOwnerSecret(database, secret);
  await database
    .insert(secretCheck)
    .values({ name: OWNER, value: checkValue(secret) })
    .onConflictDoNothing();
  // Another process may have been first, with another secret.
  await requireOwnerSecret(database, secret);
}

/** Tells nothing about the secret, whose keys are derived for other uses. */
const checkValue = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, 'zicht', 'check value', 16)).toString('hex');
