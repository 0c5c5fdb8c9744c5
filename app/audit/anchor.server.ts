import { appendFile } from 'node:fs/promises';
import { config } from '~/config/config.server';
import { now } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { auditKept } from '~/platform/metrics.server';
import { auditHeadNow } from '~/store/audit.server';

let last = 0;

/**
 * Keeps the head of the audit chain after changes where the database's administrators can't reach: in the log, and at the
 * end of AUDIT_ANCHOR_FILE. `audit:verify` compares the chain with it. A head that the file does not take is tried again.
 */
export async function keepAuditHead(): Promise<void> {
  const head = await auditHeadNow();
  if (head && head.seq !== last) await keep(head);
  auditKept.setToCurrentTime();
}

async function keep(head: { readonly seq: number; readonly hash: string }): Promise<void> {
  const { AUDIT_ANCHOR_FILE } = config();
  log('audit-head', { count: head.seq, outcome: head.hash });
  if (AUDIT_ANCHOR_FILE) await appendFile(AUDIT_ANCHOR_FILE, `${head.seq}:${head.hash} ${now()}\n`, { mode: 0o600 });
  last = head.seq;
}
