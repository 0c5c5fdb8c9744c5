import { createHash } from 'node:crypto';
import type { AuditEvent } from '~/model/audit-event';
import type { StoredChain } from '~/store/audit-reader.server';
import { readEvent } from './read-event.server';

export interface RequestFault {
  readonly kind: 'request-altered' | 'request-missing' | 'request-unrecorded';
  /** The entry that made the request; 0 when it has none. */
  readonly seq: number;
}

const MADE: ReadonlySet<string> = new Set<AuditEvent['action']>(['ask-approval', 'break-glass']);
/** Entries that tell how a request stands. */
export const REQUESTING: ReadonlySet<string> = new Set<AuditEvent['action']>([
  'ask-approval',
  'break-glass',
  'approve-view',
  'refuse-view',
  'confirm-emergency',
  'refuse-emergency',
  'withdraw-request',
  'use-approval',
  'report-emergency',
  'find-caller',
  'purge-request',
]);

/**
 * Compares the table of requests to look without a code with the audit log: rows that were deleted by no purge, altered, or
 * put there by nobody. Entries of before rows were hashed tell too little and are not compared.
 */
export function requestFaults({
  entries,
  requests,
  gaps,
}: Pick<StoredChain, 'entries' | 'requests' | 'gaps'>): RequestFault[] {
  const own = new Map<string, { readonly seq: number; readonly event: AuditEvent }[]>();
  for (const { seq, body, columns } of entries) {
    const event = REQUESTING.has(columns.action ?? '') ? readEvent(body) : null;
    if (event?.result !== 'done' || event.objectRef === null) continue;
    own.set(event.objectRef, [...(own.get(event.objectRef) ?? []), { seq, event }]);
  }
  const rows = new Map(requests.map((row) => [row.id, row]));
  const missing = [...own].flatMap(([id, told]): RequestFault[] => {
    const made = told.find(({ event }) => MADE.has(event.action));
    const isPurged = told.some(({ event }) => event.action === 'purge-request');
    return made && !rows.has(id) && !isPurged ? [{ kind: 'request-missing', seq: made.seq }] : [];
  });
  const others = requests.flatMap((row): RequestFault[] => {
    const told = own.get(row.id) ?? [];
    const made = told.find(({ event }) => MADE.has(event.action));
    // Its entry may have been purged before it.
    if (!made) return gaps.length > 0 ? [] : [{ kind: 'request-unrecorded', seq: 0 }];
    if (made.event.viewHash === null) return [];
    const did = (...actions: AuditEvent['action'][]) => told.some(({ event }) => actions.includes(event.action));
    const state = stateOf(did);
    const isSame =
      made.event.viewHash === createHash('sha256').update(JSON.stringify(row.fixed)).digest('hex') &&
      row.state === state &&
      row.isReported === did('report-emergency') &&
      (row.grant === null || told.some(({ event }) => event.action === 'find-caller' && event.grantId === row.grant));
    return isSame ? [] : [{ kind: 'request-altered', seq: made.seq }];
  });
  return [...missing, ...others];
}

function stateOf(did: (...actions: AuditEvent['action'][]) => boolean): string {
  if (did('use-approval')) return 'used';
  if (did('withdraw-request')) return 'withdrawn';
  if (did('refuse-view', 'refuse-emergency')) return 'refused';
  return did('approve-view', 'confirm-emergency') ? 'approved' : 'pending';
}
