import { Temporal } from 'temporal-polyfill';

/** How a message reaches a person. */
export type Channel = 'email' | 'sms';

/** Minutes before a message is tried again at an address that could not take it for now, after each failure. */
const RETRY_MINUTES = [15, 60, 240];

interface Undelivered {
  /** Addresses at which the person can be reached now, their first choice first. */
  readonly ways: readonly string[];
  /** The address that failed, and whether only for now. */
  readonly failed: string | null;
  readonly isForNow: boolean;
  /** How many attempts an address had. */
  readonly triesAt: (way: string) => number;
  /** After this moment the message is of no use. */
  readonly useUntil: Temporal.Instant | null;
}

/**
 * Where a message that did not arrive goes next, and when: to the same address a few times with growing delays, then at once
 * to one that was not tried. Null when none is left.
 */
export function nextWay(undelivered: Undelivered, now: Temporal.Instant): { way: string; at: Temporal.Instant } | null {
  const { ways, failed, isForNow, triesAt, useUntil } = undelivered;
  const isInTime = (at: Temporal.Instant) => useUntil === null || Temporal.Instant.compare(at, useUntil) < 0;
  const minutes = failed === null ? undefined : RETRY_MINUTES[triesAt(failed) - 1];
  if (isForNow && failed !== null && ways.includes(failed) && minutes !== undefined) {
    const at = now.add({ minutes });
    if (isInTime(at)) return { way: failed, at };
  }
  const other = ways.find((way) => triesAt(way) === 0);
  return other !== undefined && isInTime(now) ? { way: other, at: now } : null;
}
