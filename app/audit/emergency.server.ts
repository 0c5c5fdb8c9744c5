import { config } from '~/config/config.server';
import { now } from '~/platform/clock.server';
import { alarm, errorName } from '~/platform/log.server';
import { withLease } from '~/store/lease.server';
import { putInOutbox } from '~/store/outbox.server';
import { reportEmergency } from '~/store/view-request.server';
import { record } from './record.server';

const EVERY_MS = 5_000;
let timer: NodeJS.Timeout | undefined;

/** Reports every emergency view that no second employee confirmed in time. One process of all at a time does it. */
export function keepReporting(): void {
  if (timer) return;
  const round = async () => {
    try {
      await withLease('emergency', reportUnconfirmed);
    } catch (error) {
      alarm('emergency-not-reported', { error: errorName(error) });
    }
    timer = setTimeout(round, EVERY_MS);
    timer.unref();
  };
  timer = setTimeout(round, 0);
  timer.unref();
}

export function stopReporting(): void {
  clearTimeout(timer);
  timer = undefined;
}

/** One round: on record, by mail to the privacy officer where one is set, and into the alarms of the operator. */
export async function reportUnconfirmed(): Promise<void> {
  const address = config().PRIVACY_OFFICER_EMAIL;
  const reported = () =>
    reportEmergency(async ({ id, state, grantId, callId, category }, within) => {
      const why = state === 'refused' ? 'refused by a second employee' : 'not confirmed in time';
      const basis = { grantId, callId, consent: 'glass', ground: 'emergency', reason: `${why}; ${category}` } as const;
      await record(SYSTEM, { action: 'report-emergency', objectType: 'request', objectRef: id, ...basis }, within);
      const mail = { kind: 'emergency-report', language: 'nl', notBefore: now() } as const;
      if (address) await putInOutbox({ ...mail, address }, now(), within);
    });
  while (await reported()) alarm('emergency-unconfirmed');
}

const SYSTEM = { id: 'portal', role: 'system' } as const;
