import { userInfo } from 'node:os';
import { config } from '~/config/config.server';
import { append, appendBeside, type Transacting } from '~/store/audit-append.server';
import type { Act } from './act';
import { chainKey } from './chain-key.server';
import { eventRow } from './event-row.server';

/** Whoever gives a command on the machine, by its account there. */
const operator = () => ({ id: `account ${accountName()}`, role: 'system' as const });

/** Puts what an operator does on record in the transaction that does it. */
export async function recordOperatorIn(transaction: Transacting, act: Act): Promise<void> {
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  await append(transaction, eventRow(operator(), act), null, keyId, hashOf);
}

/**
 * Puts on record that the record itself was looked into, and under whose account on the machine (a pseudonym, as everybody
 * has). When this throws there is nothing to show.
 */
export async function recordOperator(url: string, act: Act): Promise<void> {
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  await appendBeside(url, eventRow(operator(), act), keyId, hashOf);
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as in a container.
    return String(process.getuid?.() ?? 'unknown');
  }
}
