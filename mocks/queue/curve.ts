import type { Temporal } from 'temporal-polyfill';
import { chanceOf } from '../world/seed';

/** When something is open on one weekday; wall times HH:mm. */
export interface OpeningHours {
  /** ISO weekday, 1 is Monday. */
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
}

export interface Load {
  /** People that come or call in an hour, at the busiest hour of a usual day. */
  readonly peak: number;
  /** Minutes that one of them takes. */
  readonly minutesEach: number;
  /** Counters or telephones that are manned. */
  readonly servers: number;
}

/** Hours of the day with their share of the peak: a rush at ten, a second one after lunch. */
const BY_HOUR: Readonly<Record<number, number>> = {
  8: 0.75,
  9: 0.9,
  10: 1,
  11: 0.85,
  12: 0.6,
  13: 0.8,
  14: 0.7,
  15: 0.5,
  16: 0.35,
  17: 0.3,
};
const BY_WEEKDAY: readonly number[] = [1, 1.25, 0.95, 0.9, 1, 0.7, 0.6, 0.4];

/** How full it is in an hour of a weekday, as a share of the load; higher than 1 on a bad Monday. */
export const usualCrowd = (weekday: number, hour: number): number => (BY_HOUR[hour] ?? 0) * (BY_WEEKDAY[weekday] ?? 1);

/**
 * How full it is at a moment: the usual crowd between the full hours, and a chance up to 30 % up or down that stays the
 * same for five minutes.
 */
export function crowdAt(name: string, at: Temporal.ZonedDateTime): number {
  const part = at.minute / 60;
  const usual = usualCrowd(at.dayOfWeek, at.hour) * (1 - part) + usualCrowd(at.dayOfWeek, at.hour + 1) * part;
  const chance = chanceOf(
    'crowd',
    name,
    at.toPlainDate().toString(),
    String(at.hour),
    String(Math.floor(at.minute / 5)),
  );
  return usual * (0.7 + 0.6 * chance);
}

/** Who waits and how many minutes the last of them will, for a crowd (1 is the peak). */
export function waitingIn(load: Load, crowd: number): { people: number; minutes: number } {
  const served = (load.servers * 60) / load.minutesEach;
  const people = Math.max(0, Math.round(load.peak * crowd - served * 0.75));
  return { people, minutes: Math.round((people * load.minutesEach) / load.servers) };
}

/** Whether something is open at a moment. */
export function isOpen(hours: readonly OpeningHours[], at: Temporal.ZonedDateTime): boolean {
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return hours.some(({ weekday, opens, closes }) => weekday === at.dayOfWeek && opens <= time && time < closes);
}
