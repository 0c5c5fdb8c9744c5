import { config } from '~/config.server';
import { type Gate, openGate } from './gate.server';

export interface Gates {
  readonly cases: Gate;
  readonly catalogue: Gate;
  readonly planner: Gate;
  readonly statistics: Gate;
  readonly queue: Gate;
}

let opened: Gates | undefined;

/** One gate for each backend, for the whole process. Deadlines: reference/security.md §2. */
export function gates(): Gates {
  if (!opened) {
    const { ZAKEN_URL, CATALOGI_URL, PLANNER_URL, STATISTICS_URL, QUEUE_URL } = config();
    opened = {
      cases: openGate({ name: 'cases', baseUrl: ZAKEN_URL, attemptMs: 2_000 }),
      catalogue: openGate({ name: 'catalogue', baseUrl: CATALOGI_URL, attemptMs: 2_000 }),
      planner: openGate({ name: 'planner', baseUrl: PLANNER_URL, attemptMs: 2_500 }),
      // Nobody waits for the statistics: they are read in the background.
      statistics: openGate({ name: 'statistics', baseUrl: STATISTICS_URL, attemptMs: 10_000, maxBytes: 16_777_216 }),
      queue: openGate({ name: 'queue', baseUrl: QUEUE_URL, attemptMs: 800 }),
    };
  }
  return opened;
}
