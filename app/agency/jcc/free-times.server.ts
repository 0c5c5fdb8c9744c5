import type { JccSettings } from '~/config/planners.server';
import { type DateRange, type Desk, isWithin, type Slot } from '~/model/appointment';
import { fresh, knownValue, type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import { slotAtWallTime, timeAfter } from '~/model/slot-time';
import { addDays } from '~/model/time';
import { today } from '~/platform/clock.server';
import { loadedRows, onceEach } from '../field-values.server';
import { asOfNow, PLANNER_FAILED_MS, shareAnswers } from '../shared-answer.server';
import { dateRangeSchema, timesSchema } from './schema.server';
import type { JccAsk } from './session.server';

interface Wanted {
  readonly activity: string;
  readonly partySize: number;
  readonly desk: Desk;
}

/** The API answers at most 50 days at once. */
const WINDOW_DAYS = 49;
const LONGEST_DAYS = 366;

/**
 * The free times of a location. All callers share the answers for the same windows of days, which begin today.
 *
 * @param freshMs how long they are shared, in milliseconds
 */
export function jccFreeTimes({ zone }: Pick<JccSettings, 'zone'>, ask: JccAsk, freshMs: number) {
  const rules = { freshMs, keptMs: 0, failedMs: PLANNER_FAILED_MS, partly: true } as const;
  const windows = shareAnswers<Slot[]>(rules);
  const lastDays = shareAnswers<string | null>({ ...rules, freshMs: 600_000, keptMs: 86_400_000 });

  /** The last day that can be booked; null where the API does not tell. */
  async function lastDayOf(activity: string): Promise<string | null> {
    const loaded = await lastDays.ask(activity, async () => {
      const path = `/activity/appointmentdaterange?activityId=${encodeURIComponent(activity)}`;
      const answer = await ask({ path, schema: dateRangeSchema });
      return answer.ok ? fresh(answer.value.maxDate, asOfNow()) : unavailable(answer.why);
    });
    return knownValue(loaded) ?? null;
  }

  /** The times of some days, the last one included. */
  async function timesOf({ activity, partySize, desk }: Wanted, { from, until }: DateRange): Promise<Loaded<Slot[]>> {
    const query = new URLSearchParams({
      locationId: desk.key,
      fromDate: from,
      // The API leaves the last day out.
      toDate: addDays(until, 1),
      activityId: activity,
      amount: String(partySize),
    });
    const answer = await ask({ path: `/appointment/availabletimelist?${query}`, schema: timesSchema });
    if (!answer.ok) return unavailable(answer.why);
    const { availableTimesList: times, appointmentDuration: minutes } = answer.value;
    // Without a length its end is not known, so nobody is sent there.
    if (minutes === null && times.rows.length > 0) return unavailable('malformed');
    return mapLoaded(loadedRows(times, desk.name), (rows) =>
      onceEach(rows, ({ date, time }) => `${date}T${time}`)
        .flatMap(({ date, time }) => {
          const endTime = timeAfter(time, minutes ?? 0);
          const key = `${date}T${time}`;
          return endTime === null ? [] : (slotAtWallTime({ key, desk, date, startTime: time, endTime, zone }) ?? []);
        })
        .sort((a, b) => a.instant.localeCompare(b.instant)),
    );
  }

  async function free(wanted: Wanted, range?: DateRange): Promise<Loaded<Slot[]>> {
    const first = today(zone).toString();
    const last = (await lastDayOf(wanted.activity)) ?? addDays(first, LONGEST_DAYS);
    const asked = windowsFrom(first, last).filter(({ from, until }, index) =>
      range ? from <= range.until && until >= range.from : index === 0,
    );
    const answers = await Promise.all(
      asked.map((window) => windows.ask(keyOf(wanted, window), () => timesOf(wanted, window))),
    );
    const value = answers
      .flatMap((loaded) => (loaded.state === 'unavailable' ? [] : loaded.value))
      .filter(({ date }) => isWithin(date, range));
    const failed = answers.find(({ state }) => state === 'unavailable');
    if (failed?.state === 'unavailable' && answers.every(({ state }) => state === 'unavailable')) return failed;
    const isWhole = answers.every(({ state }) => state === 'fresh');
    return isWhole
      ? fresh(value, asOfNow())
      : { state: 'partial', value, asOf: asOfNow(), missing: [wanted.desk.name] };
  }

  return {
    free,
    /** Whether a time is free now, asked of the API itself; null where it did not answer. */
    async isFree(wanted: Omit<Wanted, 'desk'>, { desk, date, instant }: Slot): Promise<boolean | null> {
      const loaded = await timesOf({ ...wanted, desk }, { from: date, until: date });
      if (loaded.state === 'unavailable') return null;
      const isListed = loaded.value.some((slot) => slot.instant === instant);
      return isListed || loaded.state === 'fresh' ? isListed : null;
    },
    /** Drops what is shared of a location after a write. */
    forget: (deskKey?: string) => windows.forget((key) => deskKey === undefined || key.includes(`@${deskKey}@`)),
  };
}

const keyOf = ({ activity, partySize, desk }: Wanted, { from }: DateRange) =>
  `${activity}/${partySize}@${desk.key}@${from}`;

function windowsFrom(first: string, last: string): DateRange[] {
  const windows: DateRange[] = [];
  for (let from = first; from <= last; from = addDays(from, WINDOW_DAYS))
    windows.push({ from, until: addDays(from, WINDOW_DAYS - 1) });
  return windows.slice(0, Math.ceil(LONGEST_DAYS / WINDOW_DAYS));
}
