import { userInfo } from 'node:os';
import { config } from '~/config.server';
import { appendBeside } from '~/store/audit-append.server';
import { chainKey } from './chain-key.server';
import { type Act, eventRow } from './event-row.server';

/**
 * Puts on record that the record itself was looked into, and under whose account on the machine (a pseudonym, as everybody
 * has). When this throws there is nothing to show.
 */
export async function recordOperator(url: string, act: Act): Promise<void> {
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  await appendBeside(url, eventRow({ id: `account ${accountName()}`, role: 'system' }, act), keyId, hashOf);
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as in a container.
    return String(process.getuid?.() ?? 'unknown');
  }
}
