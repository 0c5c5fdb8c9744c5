import { errorName, log } from '~/platform/log.server';
import { auditHeadNow } from '~/store/audit.server';

const EVERY_MS = 60_000;

/**
 * Puts the head of the audit chain into the log each minute in which it moved: a log goes where the database's
 * administrators can't reach, and `audit:verify --head` compares the chain with it. Gives what stops it.
 */
export function keepAnchoring(): () => void {
  let last = 0;
  const timer = setInterval(async () => {
    try {
      const head = await auditHeadNow();
      if (head && head.seq !== last) log('audit-head', { count: head.seq, outcome: head.hash });
      last = head?.seq ?? 0;
    } catch (error) {
      log('audit-head-unknown', { error: errorName(error) }, 'warn');
    }
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}
