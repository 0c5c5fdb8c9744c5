import { config } from '~/config/config.server';
import { addOperatorEntry } from './operator.server';
import { verifyStored } from './verify-chain.server';

// `npm run audit:verify [-- --head <number>:<hash>]`: reads the audit chain of the configured database.
const USAGE = 'usage: npm run audit:verify [-- --head <number>:<hash>]';

const kept = headOf(process.argv.slice(2));
const { DATABASE_URL: url, OWNER_SECRET } = config();
const verdict = await verifyStored(url, OWNER_SECRET, kept);
const result = verdict.faults.length === 0 ? 'done' : 'failed';
// The verdict tells nothing of anybody: it is told even where the record takes no more, as in a copy to read only.
await addOperatorEntry(url, { action: 'verify-audit', objectType: 'log', result }).catch(() =>
  console.error('That it was verified could not be put on record.'),
);
console.log(`${verdict.events} events on record; ${verdict.faults.length} faults.`);
for (const { kind, seq } of verdict.faults) console.log(`  record ${seq}: ${kind}`);
console.log(JSON.stringify(verdict));
process.exitCode = verdict.faults.length === 0 ? 0 : 1;

function headOf(args: readonly string[]): { seq: number; hash: string } | null {
  if (args.length === 0) return null;
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(args[1] ?? '') ?? [];
  if (args[0] === '--head' && args.length === 2 && seq && hash) return { seq: Number(seq), hash };
  console.error(USAGE);
  process.exit(2);
}
