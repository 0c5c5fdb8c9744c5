import { randomUUID } from 'node:crypto';
import { config } from '~/config/config.server';
import { onClearCaches } from '~/platform/caches.server';
import { chainKey } from '~/platform/chain-key.server';
import { alarm, errorName } from '~/platform/log.server';
import { appendEvents } from '~/store/audit.server';
import type { EventRow } from '~/store/audit-append.server';
import { type Act, type ActingPerson, DONE_FOR } from './act';
import { addAuditEntry } from './audit-entry.server';
import { eventRow } from './event-row.server';

/** Equal acts of one actor within this time are one entry with a count, and so are all of an actor's refusals. */
const WINDOW_MS = 60_000;
const MOST_WAITING = 20_000;
const BATCH = 200;

interface Counted {
  readonly row: EventRow;
  readonly until: number;
  /** How often it was repeated since the last entry. */
  times: number;
}

let waiting: EventRow[] = [];
const counted = new Map<string, Counted>();
onClearCaches(() => counted.clear());

/**
 * Adds an act to the audit log within seconds, without making a page wait: for acts that may be shown or done before
 * their entry is durable. The first one is an entry of its own; repeats within a minute become one more with a count.
 */
export function noteAct(actor: ActingPerson, act: Act): void {
  if (actor.actsFor && DONE_FOR.has(act.action)) {
    addSeen(actor, actor.actsFor, act);
    return;
  }
  const row = eventRow(actor, act);
  const key = [row.actor, row.result === 'denied' ? 'denied' : `${row.action} ${act.objectRef ?? ''}`].join(' ');
  const known = counted.get(key);
  if (known) known.times += 1;
  else if (waiting.length >= MOST_WAITING) alarm('audit-unavailable', { count: waiting.length });
  else {
    waiting.push(row);
    counted.set(key, { row, until: performance.now() + WINDOW_MS, times: 0 });
  }
}

function addSeen(actor: ActingPerson, whom: string, act: Act): void {
  const subjects = [...new Set([whom, ...(act.onBehalfOf ? [act.onBehalfOf] : [])])];
  addAuditEntry(actor, { ...act, subjects }).catch((error: unknown) =>
    alarm('audit-unavailable', { error: errorName(error) }),
  );
}

/** Writes what waits. When it fails the acts wait for the next call. @param isLast also counts that are not due yet */
export async function writeNotedActs(isLast = false): Promise<void> {
  for (const [key, { row, until, times }] of counted) {
    if (!isLast && performance.now() < until) continue;
    counted.delete(key);
    if (times === 0) continue;
    const operationId = randomUUID();
    waiting.push({ ...row, operationId, event: { ...row.event, operationId, times } });
    if (!isLast) counted.set(key, { row, until: performance.now() + WINDOW_MS, times: 0 });
  }
  const { keyId, hashOf } = chainKey(config().OWNER_SECRET);
  while (waiting.length > 0) {
    const batch = waiting.slice(0, BATCH);
    await appendEvents(batch, keyId, hashOf);
    waiting = waiting.slice(batch.length);
  }
}
