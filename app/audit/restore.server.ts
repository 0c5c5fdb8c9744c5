import { config } from '~/config/config.server';
import type { ChainHead } from '~/model/audit-chain';
import { chainKey } from '~/platform/chain-key.server';
import { appendAll, type Transacting } from '~/store/audit-append.server';
import type { CommandDatabase } from '~/store/command-database.server';
import { type Fenced, fenceRestored } from '~/store/restore-fence.server';
import type { Act } from './act';
import { operatorRow } from './operator.server';

/** Entries that one statement writes. */
const BATCH = 1_000;

/**
 * Fences a restored database (see `fenceRestored`), with an audit entry for each mandate and request that it changes and
 * one for all together.
 */
export const fenceDatabase = (
  database: CommandDatabase,
  lost: ChainHead | null,
): Promise<Fenced & { readonly lostEntries: number }> => {
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  return fenceRestored(database, lost, hashOf, async (transaction: Transacting, fenced) => {
    const rows = actsOf(fenced, lost).map(operatorRow);
    for (let from = 0; from < rows.length; from += BATCH)
      await appendAll(transaction, rows.slice(from, from + BATCH), keyId, hashOf);
  });
};

function actsOf({ requests, asked, ended, ...counts }: Fenced, lost: ChainHead | null): Act[] {
  const figures = Object.entries({ ...counts, mandates: asked.length + ended.length });
  const mandate = (reason: string) => (id: string) =>
    ({ action: 'fence-mandate', objectType: 'mandate', objectRef: id, grantId: id, reason }) as const;
  return [
    {
      action: 'restore-database',
      objectType: 'log',
      objectRef: lost ? `${lost.seq}:${lost.hash}` : null,
      reason: figures.map(([what, count]) => `${what} ${count}`).join(', '),
    },
    ...asked.map(mandate('asked again')),
    ...ended.map(mandate('ended')),
    ...requests.map((id) => ({ action: 'withdraw-request', objectType: 'request', objectRef: id }) as const),
  ];
}
