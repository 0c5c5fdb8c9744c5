import { addOperatorEntry } from '~/audit/operator.server';
import { verifyStored } from '~/audit/verify-chain.server';
import { config } from '~/config/config.server';

/** Checks the audit chain of the configured database. Exits with 1 when it has a fault. */
const USAGE = 'usage: npm run audit:verify [-- --head <number>:<hash>]';

const kept = headOf(process.argv.slice(2));
const { DATABASE_URL: url, OWNER_SECRET } = config();
const verdict = await verifyStored(url, OWNER_SECRET, kept);
const result = verdict.faults.length === 0 ? 'done' : 'failed';
// The verdict names nobody, so it is printed even if the database takes no entry, as in a read-only copy.
await addOperatorEntry(url, { action: 'verify-audit', objectType: 'log', result }).catch(() =>
  console.error('The audit log could not take an entry about this check.'),
);
console.log(`${verdict.events} audit entries; ${verdict.faults.length} faults.`);
for (const { kind, seq } of verdict.faults) console.log(`  entry ${seq}: ${kind}`);
console.log(JSON.stringify(verdict));
process.exitCode = verdict.faults.length === 0 ? 0 : 1;

function headOf(args: readonly string[]): { seq: number; hash: string } | null {
  if (args.length === 0) return null;
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(args[1] ?? '') ?? [];
  if (args[0] === '--head' && args.length === 2 && seq && hash) return { seq: Number(seq), hash };
  console.error(USAGE);
  process.exit(2);
}
