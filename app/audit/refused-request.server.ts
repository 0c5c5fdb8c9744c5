import { onClearCaches } from '~/platform/caches.server';
import { agencyDay } from '~/platform/clock.server';
import type { ActingPerson } from './act';
import type { Source } from './logged-look.server';
import { noteAct } from './noted-act.server';

/** A request that was refused before a page knew who asks. */
export interface RefusedRequest {
  /** The signed-in user, where the session is known; null: counted by network. */
  readonly actor: ActingPerson | null;
  /** As `networkOf` gives it; null where the agency's proxy names none. */
  readonly network: string | null;
  readonly route: string;
  /** Status and reason, without anything that was sent. */
  readonly reason: string;
}

/** Distinct networks that get an entry of their own within a minute; all others share one. */
const MOST_NETWORKS = 100;
const networks = new Set<string>();
let minute = 0;
onClearCaches(() => networks.clear());

/**
 * Adds the refusal to the audit log: one entry a minute for each user or network, with a count. A network is a keyed hash
 * that changes every day.
 */
export function noteRefusedRequest({ actor, network, route, reason }: RefusedRequest, source: Source): void {
  const by = actor ?? { id: idOf(network), role: 'anyone' as const };
  const entry = { action: 'refused-request', objectType: 'route', objectRef: route, result: 'denied', reason } as const;
  noteAct(by, { ...entry, ...source });
}

function idOf(network: string | null): string {
  const day = agencyDay();
  const current = Math.floor(performance.now() / 60_000);
  if (current !== minute) networks.clear();
  minute = current;
  const name = network ?? 'unknown';
  if (!networks.has(name) && networks.size >= MOST_NETWORKS) return `network others ${day}`;
  networks.add(name);
  return `network ${name} ${day}`;
}
