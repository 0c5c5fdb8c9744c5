import { Temporal } from 'temporal-polyfill';
import { dayOf } from '~/model/time';

/** A day in the agency's zone, and the moment in it when the registry says one (epoch milliseconds). */
export interface Moment {
  readonly date: string;
  readonly instant: number | null;
}

/** What a registry writes as a moment: an instant, a wall time or a bare date. Null for anything else. */
export function momentOf(text: string, zone: string): Moment | null {
  const key = `${zone} ${text}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const date = dayOf(text, zone);
  const moment = date === null ? null : { date, instant: instantIn(text, zone) };
  if (moments.size >= KEPT) moments.clear();
  moments.set(key, moment);
  return moment;
}

/** Zone arithmetic is slow, and a list needs the same moments on every page. */
const moments = new Map<string, Moment | null>();
const KEPT = 5_000;

function instantIn(text: string, zone: string): number | null {
  if (!/[T ]/i.test(text)) return null;
  try {
    const instant = /(Z|[+-]\d\d:?\d\d)$/i.test(text)
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
    return instant.epochMilliseconds;
  } catch {
    return null;
  }
}
