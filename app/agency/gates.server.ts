import { MOST_MEGABYTES } from '~/config/agency-letters.server';
import { config } from '~/config/config.server';
import type { PlannerSettings } from '~/config/planners.server';
import { type Gate, openGate } from './gate.server';
import { viewerToken } from './viewer-token.server';
import { wayOut } from './way-out.server';

export interface Gates {
  readonly cases: Gate;
  readonly catalogue: Gate;
  readonly planners: ReadonlyMap<string, Gate>;
  /** Null where the agency has no such API. */
  readonly statistics: Gate | null;
  readonly queue: Gate | null;
  /** Null where the agency lets nobody open letters. */
  readonly documents: Gate | null;
  /** Null where the agency has no register of contacts. */
  readonly contacts: Gate | null;
}

let opened: Gates | undefined;

/** One gate for each backend, for the whole process. */
export function gates(): Gates {
  if (!opened) {
    const { ZAKEN_URL, CATALOGI_URL, PLANNERS, STATISTICS_URL, QUEUE_URL, DOCUMENTEN_URL, AGENCY_DIR } = config();
    const { KLANTINTERACTIES_URL } = config();
    opened = {
      cases: openGate({ ...to('cases', ZAKEN_URL), attemptMs: 2_000 }),
      catalogue: openGate({ ...to('catalogue', CATALOGI_URL), attemptMs: 2_000 }),
      planners: new Map(PLANNERS.map((planner) => [planner.name, plannerGate(planner)])),
      // No page waits for statistics: they are loaded in the background.
      statistics: STATISTICS_URL
        ? openGate({ ...to('statistics', STATISTICS_URL), attemptMs: 10_000, maxBytes: 16_777_216 })
        : null,
      queue: QUEUE_URL ? openGate({ ...to('queue', QUEUE_URL), attemptMs: 800 }) : null,
      documents:
        DOCUMENTEN_URL && AGENCY_DIR.letters
          ? openGate({ ...to('documents', DOCUMENTEN_URL), attemptMs: 10_000, maxBytes: MOST_MEGABYTES * 1_048_576 })
          : null,
      contacts: KLANTINTERACTIES_URL ? openGate({ ...to('contacts', KLANTINTERACTIES_URL), attemptMs: 3_000 }) : null,
    };
  }
  return opened;
}

const to = (name: string, baseUrl: string) => ({ name, baseUrl, ...wayOut(name, baseUrl) });

const plannerGate = ({ name, url, viewer }: Pick<PlannerSettings, 'name' | 'url' | 'viewer'>): Gate =>
  openGate({
    ...to(name ? `planner ${name}` : 'planner', url),
    attemptMs: 2_500,
    ...(viewer && { headersOf: (by) => ({ [viewer.header]: viewerToken(by, viewer.secret) }) }),
  });
