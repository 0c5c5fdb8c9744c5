import { Temporal } from 'temporal-polyfill';
import { config } from '~/config/config.server';
import { dateIn } from '~/model/time';
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

/** The day (ISO date) of an instant in the agency's zone; the present day without one. */
export const agencyDay = (at = now()): string => dateIn(config().AGENCY_ZONE, at);

function aheadOf(real: Temporal.Instant): bigint {
  const { ZICHT_NOW } = config();
  return ZICHT_NOW === undefined ? 0n : Temporal.Instant.from(ZICHT_NOW).epochNanoseconds - real.epochNanoseconds;
}
