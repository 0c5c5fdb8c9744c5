import { expect, test } from 'vitest';
import { simulateWaits } from '../../mocks/queue/history';
import { groupsOf } from './groups';
import { forecastDay } from './queue-forecast';
import { KEPT_DAYS, learnQueue, type PastWait } from './queue-model';
import { addDays, daysBetween, weekdayOf } from './time';

const TODAY = '2026-03-02';
const HELD_OUT = 28;
const openingHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' }));
const QUEUES = [
  { seed: 1, load: { peak: 210, minutesEach: 7, servers: 18 } },
  { seed: 2, load: { peak: 46, minutesEach: 8, servers: 4 } },
  { seed: 3, load: { peak: 14, minutesEach: 8, servers: 2 } },
];
const waitsOf = (queue: (typeof QUEUES)[number]) =>
  simulateWaits({ ...queue, openingHours, endsOn: addDays(TODAY, HELD_OUT - 1), days: KEPT_DAYS + HELD_OUT });

const LEVELS = [0.1, 0.5, 0.9];
/** How far a quantile of these levels was from what came, as forecasts are compared. */
const loss = (forecast: readonly number[], came: number): number =>
  LEVELS.reduce((sum, level, index) => {
    const over = came - (forecast[index] ?? 0);
    return sum + Math.max(level * over, (level - 1) * over);
  }, 0);

interface Losses {
  readonly own: number;
  readonly asNow: number;
  readonly average: number;
}

/**
 * Forecasts each later half hour of the day from every full hour of a held-out month. The two simple ways get the spread
 * of what they missed before the month, so that all three are compared as ranges.
 */
function heldOut(waits: readonly PastWait[]): Losses & { readonly inside: number } {
  const past = waits.filter(({ date }) => date < TODAY);
  const averageOf = averages(past);
  const spread = { asNow: missedBy(past, (now) => now.minutes), average: missedBy(past, (_, came) => averageOf(came)) };
  const losses = { own: 0, asNow: 0, average: 0 };
  let [inside, of] = [0, 0];
  for (let week = 0; week < HELD_OUT; week += 7) {
    const model = learnQueue(waits, addDays(TODAY, week));
    if (!model) throw new Error('too few waits');
    for (let day = week; day < week + 5; day += 1) {
      const date = addDays(TODAY, day);
      const own = waits.filter((wait) => wait.date === date);
      for (const { now, came } of pairsOf(own)) {
        const seen = { half: now.half, waits: own.filter(({ half }) => half <= now.half) };
        const range = forecastDay(model, { date, spans: DAY }, 0, seen).find(({ from }) => from === timeOf(came.half));
        if (!range) throw new Error('no forecast');
        losses.own += loss([range.low, range.median, range.high], came.minutes);
        losses.asNow += loss(around(now.minutes, spread.asNow), came.minutes);
        losses.average += loss(around(averageOf(came), spread.average), came.minutes);
        inside += range.low <= came.minutes && came.minutes <= range.high ? 1 : 0;
        of += 1;
      }
    }
  }
  return { ...losses, inside: inside / of };
}

const DAY = [{ opens: '09:00', closes: '17:00' }];
const timeOf = (half: number) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
const around = (minutes: number, missed: readonly number[]) => missed.map((miss) => Math.max(0, minutes + miss));

const pairsOf = (day: readonly PastWait[]) =>
  day
    .filter(({ half }) => half % 2 === 0)
    .flatMap((now) => day.filter(({ half }) => half > now.half).map((came) => ({ now, came })));

/** The mean of the same half hour on the same weekday. */
function averages(past: readonly PastWait[]): (wait: PastWait) => number {
  const key = ({ date, half }: PastWait) => weekdayOf(date) * 48 + half;
  const groups = groupsOf(past, key);
  return (wait) => {
    const group = groups.get(key(wait)) ?? [];
    return group.reduce((sum, { minutes }) => sum + minutes, 0) / group.length;
  };
}

function missedBy(past: readonly PastWait[], forecast: (now: PastWait, came: PastWait) => number): number[] {
  const days = [...groupsOf(past, ({ date }) => date).values()];
  const misses = days.flatMap(pairsOf).map(({ now, came }) => came.minutes - forecast(now, came));
  const sorted = misses.sort((a, b) => a - b);
  return LEVELS.map((level) => sorted[Math.floor(level * sorted.length)] ?? 0);
}

test.each(QUEUES)('a held-out month is forecast better than by simple ways, seed $seed', (queue) => {
  const { own, asNow, average, inside } = heldOut(waitsOf(queue));
  console.log(own / asNow, own / average, inside);
  expect(own).toBeLessThan(0.9 * asNow);
  expect(own).toBeLessThan(0.9 * average);
  expect(inside).toBeGreaterThan(0.7);
});

test('the measured share is that of the weeks that come after', () => {
  for (const queue of QUEUES) {
    const measured = learnQueue(waitsOf(queue), TODAY)?.measured;
    if (!measured) throw new Error('not measured');
    console.log(measured);
    expect(measured.inside / measured.of).toBeGreaterThan(0.65);
    expect(measured.inside / measured.of).toBeLessThan(0.97);
  }
});

test('less than six weeks of waits forecast nothing', () => {
  const [queue] = QUEUES;
  if (!queue) throw new Error('no queue');
  const short = waitsOf(queue).filter(({ date }) => daysBetween(date, TODAY) < 41);
  expect(learnQueue(short, TODAY)).toBeNull();
  expect(learnQueue([], TODAY)).toBeNull();
});

test('a day without waits leaves a forecast for the days after it', () => {
  const [queue] = QUEUES;
  if (!queue) throw new Error('no queue');
  const model = learnQueue(waitsOf(queue), TODAY);
  if (!model) throw new Error('too few waits');
  const later = forecastDay(model, { date: addDays(TODAY, 3), spans: DAY }, 3, null);
  expect(later).toHaveLength(16);
  expect(later.every(({ low, median, high }) => low <= median && median <= high)).toBe(true);
  expect(forecastDay(model, { date: TODAY, spans: DAY, time: '16:40' }, 0, null)).toHaveLength(1);
});
