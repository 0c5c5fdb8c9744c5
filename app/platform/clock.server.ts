import { Temporal } from 'temporal-polyfill';
import { config } from '~/config/config.server';
import { onClearCaches } from './caches.server';

let aheadNanoseconds: bigint | undefined;
onClearCaches(() => {
  aheadNanoseconds = undefined;
});

/** The portal's present instant: real time, or `ZICHT_NOW` ticking on from the first call. */
export function now(): Temporal.Instant {
  const real = Temporal.Now.instant();
  aheadNanoseconds ??= aheadOf(real);
  return aheadNanoseconds === 0n
    ? real
    : Temporal.Instant.fromEpochNanoseconds(real.epochNanoseconds + aheadNanoseconds);
}

/** The machine's own time, to compare with what other machines sign with theirs. `ZICHT_NOW` does not change it. */
export const machineNow = (): Temporal.Instant => Temporal.Now.instant();

export function today(zone: string): Temporal.PlainDate {
  return now().toZonedDateTimeISO(zone).toPlainDate();
}

/** The present day in the agency's zone, as an ISO date. */
export const agencyDay = (): string => today(config().AGENCY_ZONE).toString();

function aheadOf(real: Temporal.Instant): bigint {
  const { ZICHT_NOW } = config();
  return ZICHT_NOW === undefined ? 0n : Temporal.Instant.from(ZICHT_NOW).epochNanoseconds - real.epochNanoseconds;
}
