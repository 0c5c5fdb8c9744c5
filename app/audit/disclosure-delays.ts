import type { Temporal } from 'temporal-polyfill';
import type { AuditEvent } from '~/model/audit-event';
import type { StoredChain } from '~/store/audit-reader.server';
import { readEvent } from './read-event.server';

export interface DelayFault {
  readonly kind: 'hold-unrecorded';
  readonly seq: number;
}

/** What an entry about a request says about its disclosure delay, and until when. */
export const DELAYING: ReadonlySet<string> = new Set<AuditEvent['action']>([
  'ask-approval',
  'break-glass',
  'safety-hold',
  'find-caller',
  'report-emergency',
]);

/**
 * The table says which looks are hidden; the audit log says which delay was decided, until when, and whether it is
 * over. What the table hides beyond that is a fault, named by the entry of its delay or else of its look.
 */
export function delayFaults({ entries, delays }: Pick<StoredChain, 'entries' | 'delays'>): DelayFault[] {
  if (delays.length === 0) return [];
  const logged = entries.flatMap(({ seq, body, columns }) => {
    const event = DELAYING.has(columns.action ?? '') ? readEvent(body) : null;
    return event ? [{ seq, event }] : [];
  });
  return delays.flatMap(({ request, grant, until }) => {
    const own = logged.filter(({ event }) => event.objectRef === request && event.result === 'done');
    const decided = own.findLast(({ event }) => event.action === 'safety-hold');
    const isSaid =
      own.some(({ event }) => event.action === 'find-caller' && event.grantId === grant) &&
      !own.some(({ event }) => event.action === 'report-emergency') &&
      decided?.event.reason === untilOf(until);
    const look = logged.find(({ event }) => event.objectRef === request || event.grantId === grant);
    return isSaid ? [] : [{ kind: 'hold-unrecorded' as const, seq: decided?.seq ?? look?.seq ?? 0 }];
  });
}

/** How the entry of a delay states its end. */
export const untilOf = (until: Temporal.Instant): string => `until ${until.toString()}`;
