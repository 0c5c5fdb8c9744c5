import { Temporal } from 'temporal-polyfill';

/** The zone of the agency's dates and opening hours. */
export const AGENCY_ZONE = 'Europe/Amsterdam';

export type ClockMove = { readonly now: string } | { readonly advanceMinutes: number };

export interface Clock {
  /** The current moment of the simulated world. */
  readonly now: () => Temporal.Instant;
  /** ISO date of `now()` in the agency's zone. */
  readonly today: () => string;
  /** ISO date on which the world started. Hand-made cases count their days from it. `move` does not change it. */
  readonly startDate: string;
  /** Sets or advances the clock, which keeps running. Throws RangeError when `now` is not an ISO instant. */
  readonly move: (to: ClockMove) => void;
  readonly reset: () => void;
}

/**
 * A clock that starts at `start` (ISO instant; defaults to the real time) and runs at real speed. Sign-in tokens use
 * real time, since the libraries do.
 */
export function createClock(start?: string): Clock {
  const origin = (start === undefined ? Temporal.Now.instant() : Temporal.Instant.from(start)).epochMilliseconds;
  let shown = origin;
  let since = performance.now();
  const now = () => Temporal.Instant.fromEpochMilliseconds(Math.floor(shown + performance.now() - since));
  const set = (milliseconds: number) => {
    shown = milliseconds;
    since = performance.now();
  };
  return {
    now,
    today: () => dateOf(now()),
    startDate: dateOf(Temporal.Instant.fromEpochMilliseconds(origin)),
    move: (to) =>
      set(
        'now' in to
          ? Temporal.Instant.from(to.now).epochMilliseconds
          : now().epochMilliseconds + Math.round(to.advanceMinutes * 60_000),
      ),
    reset: () => set(origin),
  };
}

const dateOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(AGENCY_ZONE).toPlainDate().toString();
