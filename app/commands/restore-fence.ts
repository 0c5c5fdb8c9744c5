import { parseArgs } from 'node:util';
import { fenceDatabase } from '~/audit/restore.server';
import { config } from '~/config/config.server';
import { type ChainHead, headIn, newestHead } from '~/model/audit-chain';
import { errorName } from '~/platform/log.server';
import { withDatabase } from '~/store/command-database.server';
import { headsIn } from './audit-order';
import { requireOwnSecret, requireSettings } from './command-settings.server';

const USAGE = `usage: npm run restore:fence -- (--anchor FILE | --head NUMBER:HASH | --no-head) --yes
  After a restore, ends what may have ended, been used or been sent since the backup: sessions, codes, looks, mandates
  (their clients are asked again), watches, e-mails, calendar addresses and unsent forms.
  --anchor   the file that AUDIT_ANCHOR_FILE names: the audit log goes on behind its newest head
  --head     the newest head of the log lines \`audit-head\`, where there is no such file
  --no-head  neither is left: numbers of lost audit entries are given again
  --yes      does it`;

// `npm run restore:fence` is for a database that was restored from a backup. It prints counts, never a person.
const lost = lostHead(process.argv.slice(2));
if (lost === 'wrong') {
  console.error(USAGE);
  process.exit(2);
}
requireSettings(USAGE);
await requireOwnSecret();
try {
  const { requests, asked, ended, lostEntries, ...counts } = await withDatabase(config().DATABASE_URL, (database) =>
    fenceDatabase(database, lost),
  );
  const figures = { ...counts, requests: requests.length, asked: asked.length, ended: ended.length, lostEntries };
  console.log(`Ended ${counts.sessions} sessions, ${counts.codes} codes and ${counts.looks} looks.`);
  console.log(`${asked.length} mandates wait for their client's new answer, ${ended.length} others ended.`);
  console.log(`Ended ${counts.watches} watches; deleted ${counts.mails} e-mails that waited.`);
  console.log(`Stopped the messages of ${counts.messages} people, who can choose them again.`);
  console.log(`${lostEntries} audit entries are lost. The log goes on behind them.`);
  console.log(JSON.stringify(figures));
} catch (error) {
  console.error(`Stopped by an error (${errorName(error)}). Nothing was changed.`);
  process.exitCode = 1;
}

/** The newest head that was kept; null for none. */
function lostHead(args: readonly string[]): ChainHead | null | 'wrong' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = { anchor: text, head: text, 'no-head': flag, yes: flag };
    const { anchor, head, 'no-head': none, yes } = parseArgs({ args: [...args], options }).values;
    if (!yes || [anchor, head, none].filter((one) => one !== undefined).length !== 1) return 'wrong';
    if (none) return null;
    const heads = anchor === undefined ? [headIn(head ?? '')] : (headsIn(anchor) ?? []);
    return newestHead(heads) ?? 'wrong';
  } catch {
    return 'wrong';
  }
}
