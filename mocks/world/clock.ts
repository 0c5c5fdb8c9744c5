import { Temporal } from 'temporal-polyfill';

/** The zone in which the agency keeps its days and its opening hours. */
export const AGENCY_ZONE = 'Europe/Amsterdam';

export type ClockMove = { readonly now: string } | { readonly advanceMinutes: number };

export interface Clock {
  /** The present moment of the simulated world. */
  readonly now: () => Temporal.Instant;
  /** ISO date of `now()` in the agency's zone. */
  readonly today: () => string;
  /** ISO date on which the world started; the hand-made cases count their days from it. It does not move. */
  readonly startDate: string;
  /** Sets the clock or moves it on; it keeps ticking from there. Throws RangeError where `now` is no ISO instant. */
  readonly move: (to: ClockMove) => void;
  readonly reset: () => void;
}

/**
 * A clock that starts at `start` (ISO instant; the real time when left out) and then ticks at real speed.
 * Sign-in tokens do not follow it: they are checked against the real time, as their makers use that.
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
