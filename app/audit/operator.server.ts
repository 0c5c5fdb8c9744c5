import { userInfo } from 'node:os';
import { config } from '~/config/config.server';
import { chainKey } from '~/platform/chain-key.server';
import { append, appendFromCommand, type EventRow, type Transacting } from '~/store/audit-append.server';
import type { Act } from './act';
import { eventRow } from './event-row.server';

/** The operator who runs a command, by their account on the machine. */
const operator = () => ({ id: `account ${accountName()}`, role: 'system' as const });

/** An operator's act as a row of the audit log. */
export const operatorRow = (act: Act): EventRow => eventRow(operator(), act);

/** Adds an operator's act to the audit log, in the transaction that performs it. */
export async function addOperatorEntryIn(transaction: Transacting, act: Act): Promise<void> {
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  await append(transaction, operatorRow(act), null, keyId, hashOf);
}

/**
 * Logs that the audit log itself was read, with a pseudonym of the operator's account. When this throws nothing may be
 * shown.
 */
export async function addOperatorEntry(url: string, act: Act): Promise<void> {
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  await appendFromCommand(url, operatorRow(act), keyId, hashOf);
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as in a container.
    return String(process.getuid?.() ?? 'unknown');
  }
}
