import { readFileSync } from 'node:fs';
import { eventWords } from '~/audit/event-words';
import { addOperatorEntry } from '~/audit/operator.server';
import { readEvent } from '~/audit/read-event.server';
import { verifyStored } from '~/audit/verify-chain.server';
import { config } from '~/config/config.server';
import { chainKey } from '~/platform/chain-key.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { readEntry } from '~/store/audit-reader.server';
import { type AuditOrder, auditOrderOf, USAGE } from './audit-order';
import { requireOwnSecret, requireSettings } from './command-settings.server';

// `npm run audit:verify` checks the audit chain of a database, shows one entry, or tells who stands behind a pseudonym.
// It exits with 1 when the chain has a fault, and when an entry or a person was not found.
const order = auditOrderOf(process.argv.slice(2));
if (!order) {
  console.error(USAGE);
  process.exit(2);
}
requireSettings(USAGE);
await requireOwnSecret();
const { DATABASE_URL: url, OWNER_SECRET } = config();
const isGood = order.do === 'show' ? show(order) : order.do === 'who' ? who(order) : verify(order);
process.exitCode = (await isGood) ? 0 : 1;

async function verify({ kept }: AuditOrder & { do: 'verify' }): Promise<boolean> {
  const verdict = await verifyStored(url, OWNER_SECRET, kept);
  const isWhole = verdict.faults.length === 0;
  // The verdict names nobody, so it is printed even if the database takes no entry, as in a read-only copy.
  const entry = { action: 'verify-audit', objectType: 'log', result: isWhole ? 'done' : 'failed' } as const;
  await addOperatorEntry(url, entry).catch(() =>
    console.error('The audit log could not take an entry about this check.'),
  );
  console.log(`${verdict.events} audit entries; ${verdict.faults.length} faults.`);
  for (const { kind, seq } of verdict.faults) console.log(`  entry ${seq}: ${kind}`);
  console.log(JSON.stringify(verdict));
  return isWhole;
}

async function show({ seq }: AuditOrder & { do: 'show' }): Promise<boolean> {
  const entry = await readEntry(url, seq);
  const event = entry && readEvent(entry.body);
  // What shows other people's doings is an entry itself, made before anything is printed.
  await addOperatorEntry(url, {
    action: 'read-audit',
    objectType: 'log',
    objectRef: String(seq),
    fields: ['event'],
    result: event ? 'done' : 'failed',
  });
  if (!entry || !event) {
    console.log(entry ? `Entry ${seq} can't be read.` : `There is no entry ${seq}.`);
    return false;
  }
  const isSound = chainKey(OWNER_SECRET).hashOf(entry.prevHash, seq, entry.body) === entry.hash;
  for (const line of eventWords(seq, event)) console.log(line);
  if (!isSound) console.log('  This entry was altered.');
  console.log(JSON.stringify({ seq, sound: isSound, event }));
  return isSound;
}

async function who({ pseudonym, reason }: AuditOrder & { do: 'who' }): Promise<boolean> {
  const people = readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const person = people.find((line) => pseudonymsOf(line.trim()).includes(pseudonym)) ?? null;
  await addOperatorEntry(url, {
    action: 'identify-person',
    objectType: 'log',
    objectRef: pseudonym,
    reason,
    result: person === null ? 'failed' : 'done',
  });
  console.log(person === null ? `None of the ${people.length} people has this pseudonym.` : person);
  console.log(JSON.stringify({ pseudonym, person, people: people.length }));
  return person !== null;
}

/** The pseudonyms of `bsn:…`, `vnumber:…` or `sub:…`; none for another text. */
function pseudonymsOf(line: string): string[] {
  const [, kind, value = ''] = /^(bsn|vnumber|sub):(.+)$/.exec(line) ?? [];
  if (kind === 'sub') return [actorPseudonym(value)];
  return kind === 'bsn' || kind === 'vnumber' ? [ownerOfPerson({ kind, value })] : [];
}
