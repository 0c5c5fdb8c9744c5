import { hasStatistics, trained } from '~/estimate/model.server';
import { sendsMail } from '~/notification/mail.server';
import { now } from '~/platform/clock.server';
import { breakers } from '~/platform/metrics.server';
import { outboxState } from '~/store/outbox.server';
import { storeState } from '~/store/store.server';
import type { HealthPart } from './probes.server';

/** An e-mail that waits longer means that the mail server does not take it. */
const MAIL_MINUTES = 30;

const DATABASE = {
  usable: { state: 'ok', about: 'answers and takes changes' },
  'read-only': { state: 'degraded', about: 'it is read-only' },
  away: { state: 'down', about: 'it does not answer' },
  restored: { state: 'down', about: 'it is older than the audit log: run `npm run restore:fence`' },
} as const;

const BREAKER = {
  closed: { state: 'ok', about: 'calls go through' },
  trying: { state: 'degraded', about: 'one call tries whether it works again' },
  open: { state: 'down', about: 'calls are held back after too many failures' },
} as const;

/** The state of the database, each backend that was called, the estimate and the mail. Takes at most about a second. */
export async function healthParts(): Promise<HealthPart[]> {
  const store = await storeState();
  return [
    { name: 'database', signIn: true, ...DATABASE[store] },
    ...[...breakers].map(([name, state]) => ({ name, ...BREAKER[state()] })),
    ...(hasStatistics() ? [estimatePart()] : []),
    ...(sendsMail() && (store === 'usable' || store === 'read-only') ? [await mailPart()] : []),
  ];
}

function estimatePart(): HealthPart {
  const estimate = trained();
  if (estimate.state === 'unavailable') return { name: 'estimate', state: 'degraded', about: 'there is none yet' };
  const about = `rests on counts of ${estimate.value.asOf}`;
  return { name: 'estimate', state: estimate.state === 'fresh' ? 'ok' : 'degraded', about };
}

async function mailPart(): Promise<HealthPart> {
  const state = await outboxState(now()).catch(() => null);
  if (!state) return { name: 'mail', state: 'degraded', about: 'the outbox could not be read' };
  const minutes = state.oldest ? Math.round(state.oldest.until(now()).total('minutes')) : 0;
  const about = `${state.due} e-mails are due, ${state.later} wait; the oldest is ${minutes} minutes old`;
  return { name: 'mail', state: state.due > 0 && minutes > MAIL_MINUTES ? 'degraded' : 'ok', about };
}
