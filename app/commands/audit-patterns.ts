import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { addOperatorEntry } from '~/audit/operator.server';
import { readEvent } from '~/audit/read-event.server';
import { config } from '~/config/config.server';
import { alertsIn } from '~/model/insider/patterns';
import type { Facts } from '~/model/insider/stream';
import { now } from '~/platform/clock.server';
import { readEvents } from '~/store/audit-reader.server';
import { requireOwnSecret, requireSettings } from './command-settings.server';
import { factsFrom } from './employee-facts.server';

/** Searches the audit log for patterns of misuse. Exits with 0 even when it reports some: each is a question, not a fault. */
const USAGE = `usage: npm run audit:patterns [-- --since DATE] [--until DATE] [--facts FILE]
  DATE: 2026-03-09, up to and without --until; without dates, the last four weeks
  FILE: JSON { hours?: {from, to, days?}, ownHours?: [{employee, from, to, days?}],
    calls?: [{employee, from, to}], relations?: [{employee, person: {kind, value}, as}] }`;

requireSettings(USAGE);
const { from, until, facts } = optionsIn(process.argv.slice(2));
const url = config().DATABASE_URL;
await requireOwnSecret();
const bodies = await readEvents(url, from, until);
const events = bodies.flatMap((body) => readEvent(body) ?? []);
const alerts = alertsIn(events, facts);
// Reading the audit log is itself an entry in it, made before anything is printed.
await addOperatorEntry(url, {
  action: 'read-audit',
  objectType: 'log',
  fields: ['alerts'],
  reason: `${from}/${until}`,
});
const unreadable = bodies.length - events.length;
console.log(`${events.length} audit entries from ${from} to ${until}; ${alerts.length} patterns to ask about.`);
if (unreadable > 0) console.log(`${unreadable} entries can't be read: see npm run audit:verify.`);
if (facts.calls === null) console.log('Without a list of calls, looks outside a call are not searched for.');
for (const { pattern, actor, week, why, eventIds } of alerts)
  console.log(`  week of ${week}, ${actor}, ${pattern}: ${why}\n    entries ${eventIds.join(' ')}`);
console.log(JSON.stringify({ events: events.length, unreadable, from, until, calls: facts.calls !== null, alerts }));

function optionsIn(args: readonly string[]): { from: Temporal.Instant; until: Temporal.Instant; facts: Facts } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { since: { type: 'string' }, until: { type: 'string' }, facts: { type: 'string' } },
    });
    const until = values.until === undefined ? now() : midnight(values.until);
    const from = values.since === undefined ? until.subtract({ hours: 28 * 24 }) : midnight(values.since);
    if (Temporal.Instant.compare(from, until) >= 0) return refuse('--since is not before --until');
    const text = values.facts === undefined ? null : readFileSync(values.facts, 'utf8');
    const facts = factsFrom(text, until.toString());
    return 'faults' in facts ? refuse(...facts.faults) : { from, until, facts };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'bad arguments');
  }
}

function midnight(date: string): Temporal.Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(config().AGENCY_ZONE).toInstant();
}

function refuse(...why: readonly string[]): never {
  console.error([...why, USAGE].join('\n'));
  process.exit(2);
}
