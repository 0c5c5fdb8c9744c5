import { Temporal } from 'temporal-polyfill';
import { PORTAL } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { gapsAfter } from '~/model/audit-chain';
import { OWN_ACTS, retentionOf } from '~/model/retention';
import { chainKey } from '~/platform/chain-key.server';
import type { Transacting } from '~/store/audit-append.server';
import { type DueEntries, deleteEnded, type PurgePlan, purgeEntries } from '~/store/audit-purge.server';
import { deleteClosedRequest } from '~/store/view-request.server';
import { addAuditEntry } from './audit-entry.server';
import { readEvent } from './read-event.server';

const BATCH = 500;

/** Deletes what has been kept as long as RETENTION says. The chain stays verifiable, and the purge is an entry of it. */
export async function purge(signal: AbortSignal): Promise<void> {
  const { RETENTION } = config();
  await deleteEnded(RETENTION);
  const logRequest = (objectRef: string, within: Transacting) =>
    addAuditEntry(PORTAL, { action: 'purge-request', objectType: 'request', objectRef }, within);
  while (await deleteClosedRequest(RETENTION.reports, logRequest)) signal.throwIfAborted();
  let [after, purged] = [0, 0];
  for (;;) {
    signal.throwIfAborted();
    const batch = await purgeEntries(after, RETENTION, OWN_ACTS, planOf, BATCH);
    if (!batch) break;
    after = batch.last;
    purged += batch.purged;
  }
  if (purged === 0) return;
  const { looks, ownActs } = RETENTION;
  const reason = `${purged} entries; looks ${looks}, own acts ${ownActs}`;
  await addAuditEntry(PORTAL, { action: 'purge-audit', objectType: 'log', reason });
}

/**
 * Which entries are due by their own hashed text: the columns beside it could have been changed to have an entry purged.
 * An altered entry stays, and the verifier names it.
 */
function planOf({ entries, gaps, before }: DueEntries): PurgePlan {
  const { hashOf } = chainKey(config().OWNER_SECRET);
  const due = entries.filter(({ seq, prevHash, hash, body }) => {
    const event = hashOf(prevHash, seq, body) === hash ? readEvent(body) : null;
    const written = event && Temporal.Instant.from(event.recordedAt ?? event.time);
    return written && Temporal.Instant.compare(written, before[retentionOf(event)]) < 0;
  });
  return { purged: due.map(({ seq }) => seq), made: gapsAfter(due, gaps, hashOf) };
}
