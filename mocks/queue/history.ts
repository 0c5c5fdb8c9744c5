import { random } from '../statistics/random';
import { type Load, type OpeningHours, usualCrowd, waitingIn } from './curve';

export interface SimulatedWait {
  /** Local ISO date. */
  readonly date: string;
  /** 0 (00:00) to 47 (23:30). */
  readonly half: number;
  readonly minutes: number;
}

interface Simulated {
  readonly seed: number;
  readonly load: Load;
  readonly openingHours: readonly OpeningHours[];
  /** ISO date of the last day. */
  readonly endsOn: string;
  readonly days: number;
}

/** What one day and one half hour keep of the difference of the one before. */
const [DAY_KEEPS, HALF_KEEPS] = [0.6, 0.8];
const [DAY_VARIES, HALF_VARIES] = [0.15, 0.12];

/**
 * The waits of each open half hour. Crowds differ from the usual ones in three ways: a slow rise or fall over months, busy
 * and quiet days that follow each other, and a rush or lull that lasts for an hour or two.
 */
export function simulateWaits({ seed, load, openingHours, endsOn, days }: Simulated): SimulatedWait[] {
  const { normal } = random(seed);
  const end = Date.parse(`${endsOn}T00:00:00Z`);
  let ofDay = 0;
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(end - (days - 1 - index) * 86_400_000);
    const weekday = day.getUTCDay() || 7;
    ofDay = DAY_KEEPS * ofDay + DAY_VARIES * normal();
    const trend = 0.1 * Math.sin(((index + seed) * 2 * Math.PI) / 180);
    let ofHalf = HALF_VARIES * normal();
    return Array.from({ length: 48 }, (_, half) => half).flatMap((half): SimulatedWait[] => {
      if (!openingHours.some((hours) => hours.weekday === weekday && isWithin(hours, half))) return [];
      ofHalf = HALF_KEEPS * ofHalf + HALF_VARIES * normal();
      const middle = usualCrowd(weekday, Math.floor(half / 2));
      const next = usualCrowd(weekday, Math.floor(half / 2) + 1);
      const usual = half % 2 === 0 ? 0.75 * middle + 0.25 * next : 0.25 * middle + 0.75 * next;
      const { minutes } = waitingIn(load, usual * Math.exp(trend + ofDay + ofHalf));
      return [{ date: day.toISOString().slice(0, 10), half, minutes }];
    });
  }).flat();
}

const isWithin = ({ opens, closes }: OpeningHours, half: number): boolean => {
  const time = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
  return opens <= time && time < closes;
};
