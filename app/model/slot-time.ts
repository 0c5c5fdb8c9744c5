import type { Slot } from './appointment';
import { instantOf, wallTimeOf } from './time';

/** A slot in wall times of its desk's zone. `startTime` and `endTime` as H:mm or HH:mm. */
export type WallSlot = Omit<Slot, 'instant'>;

/**
 * Adds the slot's instant. Null when the start or end does not exist or is ambiguous on that day (clock change), or
 * when it does not end after it starts.
 */
export function slotAtWallTime({ startTime, endTime, ...rest }: WallSlot): Slot | null {
  const [start, end] = [startTime.padStart(5, '0'), endTime.padStart(5, '0')];
  const [from, until] = [instantOf(rest.date, start, rest.zone), instantOf(rest.date, end, rest.zone)];
  if (!from || !until || until.epochMilliseconds <= from.epochMilliseconds) return null;
  return { ...rest, startTime: start, endTime: end, instant: from.toString() };
}

/** The slot of `minutes` minutes that starts at an instant (epoch seconds). Null for wall times as above. */
export function slotAtInstant(
  { key, desk, zone }: Pick<WallSlot, 'key' | 'desk' | 'zone'>,
  epochSeconds: number,
  minutes: number,
): Slot | null {
  const start = wallTimeOf(epochSeconds * 1000, zone);
  const end = wallTimeOf((epochSeconds + minutes * 60) * 1000, zone);
  if (!start || !end || start.date !== end.date) return null;
  return slotAtWallTime({ key, desk, zone, date: start.date, startTime: start.time, endTime: end.time });
}

/** The wall time `minutes` later, clock changes ignored; null past midnight. */
export function timeAfter(time: string, minutes: number): string | null {
  const [hour = Number.NaN, minute = Number.NaN] = time.split(':').map(Number);
  const total = hour * 60 + minute + minutes;
  if (!Number.isInteger(total) || total >= 24 * 60) return null;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
