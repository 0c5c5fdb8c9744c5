import { appendFile, open } from 'node:fs/promises';
import { config } from '~/config/config.server';
import { type ChainHead, headIn, newestHead } from '~/model/audit-chain';
import { onClearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { alarm, log } from '~/platform/log.server';
import { auditKept } from '~/platform/metrics.server';
import { auditHeadNow, hasHead } from '~/store/audit.server';
import { anyDb, keepFromUse } from '~/store/store.server';

/** So much of the file's end is read for its newest head: some 40 lines, of all processes that write to it. */
const TAIL_BYTES = 4_096;

/** The newest head that this process saw, of each database. */
let seen = new WeakMap<object, ChainHead>();
// A test empties the database, which is no restored one.
onClearCaches(() => {
  seen = new WeakMap();
});

/**
 * Keeps the head of the audit chain after changes where the database's administrators can't reach: in the log, and at the
 * end of AUDIT_ANCHOR_FILE. `audit:verify` compares the chain with it. A head that the file does not take is tried again.
 *
 * A database that lacks the newest head that was kept was restored from an older copy: mandates that had ended hold again.
 * Nothing of it is shown or used until `npm run restore:fence` ran.
 */
export async function keepAuditHead(): Promise<void> {
  // Before the database's own head, which is never older then.
  const kept = newestHead([seen.get(anyDb()) ?? null, await headInFile()]);
  const isOlder = kept !== null && !(await hasHead(kept));
  keepFromUse(isOlder);
  if (isOlder) return alarm('database-older', { count: kept.seq });
  const head = await auditHeadNow();
  if (head && head.seq !== seen.get(anyDb())?.seq) await keep(head);
  auditKept.setToCurrentTime();
}

async function keep(head: ChainHead): Promise<void> {
  const { AUDIT_ANCHOR_FILE } = config();
  log('audit-head', { count: head.seq, outcome: head.hash });
  if (AUDIT_ANCHOR_FILE) await appendFile(AUDIT_ANCHOR_FILE, `${head.seq}:${head.hash} ${now()}\n`, { mode: 0o600 });
  seen.set(anyDb(), head);
}

/** The newest head at the end of the file; null without a file. */
async function headInFile(): Promise<ChainHead | null> {
  const { AUDIT_ANCHOR_FILE } = config();
  const file = AUDIT_ANCHOR_FILE ? await open(AUDIT_ANCHOR_FILE, 'r').catch(() => null) : null;
  if (!file) return null;
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(TAIL_BYTES),
      0,
      TAIL_BYTES,
      Math.max(0, size - TAIL_BYTES),
    );
    return newestHead(buffer.toString('utf8', 0, bytesRead).split('\n').map(headIn));
  } finally {
    await file.close();
  }
}
