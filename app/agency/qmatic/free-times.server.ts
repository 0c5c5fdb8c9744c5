import type { QmaticSettings } from '~/config/planners.server';
import { type DateRange, type Desk, isWithin, type Slot } from '~/model/appointment';
import { type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import { slotAtWallTime, timeAfter } from '~/model/slot-time';
import { today } from '~/platform/clock.server';
import { loadedRows, onceEach } from '../field-values.server';
import type { Gate } from '../gate.server';
import { PLANNER_FAILED_MS, shareAnswers } from '../shared-answer.server';
import { REASON_HEADERS } from './refusal';
import { datesSchema, timesSchema } from './schema.server';

interface Wanted {
  readonly desk: Desk;
  readonly service: string;
  /** Party size as the API counts it. */
  readonly customers: number;
  /** The length of the visit, in minutes. */
  readonly minutes: number;
  readonly zone: string;
  readonly range: DateRange | undefined;
}

/** The nearest days are refreshed most often. */
const NEAR_DAYS = 3;
const FAR_TIMES_LONGER = 6;

/**
 * The free slots of a branch. The API has one request for the days and one for the times of each day, and no range, so
 * days are requested one by one, at most `daysAtOnce`, and far days less often.
 */
export function qmaticFreeTimes({ headers, daysAtOnce }: QmaticSettings, gate: Gate, freshMs: number) {
  const rules = { freshMs, keptMs: 0, failedMs: PLANNER_FAILED_MS, partly: true } as const;
  const seldom = { ...rules, freshMs: freshMs * FAR_TIMES_LONGER };
  const dates = shareAnswers<string[]>(seldom);
  const near = shareAnswers<Slot[]>(rules);
  const far = shareAnswers<Slot[]>(seldom);

  /** Matrix parameters: part of the path, with semicolons and equal signs unescaped. */
  const matrix = ({ service, customers }: Wanted) =>
    `;servicePublicId=${encodeURIComponent(service)};numberOfCustomers=${customers}`;
  const pathOf = ({ desk }: Wanted) => `/v2/branches/${encodeURIComponent(desk.key)}/dates`;
  const keyOf = ({ desk, service, customers }: Wanted) => `${service}/${customers}@${desk.key}`;

  const datesOf = (wanted: Wanted) =>
    dates.ask(keyOf(wanted), async () => {
      const path = pathOf(wanted) + matrix(wanted);
      const answer = await gate.ask({ path, headers, schema: datesSchema, reasonHeaders: REASON_HEADERS });
      return answer.ok ? loadedRows(answer.value.dates, wanted.desk.name) : unavailable(answer.why);
    });

  const timesOf = (wanted: Wanted, date: string, isNear: boolean) =>
    (isNear ? near : far).ask(`${keyOf(wanted)}@${date}`, async () => {
      const path = `${pathOf(wanted)}/${date}/times${matrix(wanted)}`;
      const answer = await gate.ask({ path, headers, schema: timesSchema, reasonHeaders: REASON_HEADERS });
      if (!answer.ok) return unavailable(answer.why);
      return mapLoaded(loadedRows(answer.value.times, wanted.desk.name), (times) =>
        onceEach(times, (time) => time.padStart(5, '0')).flatMap((time) => slotOf(wanted, date, time) ?? []),
      );
    });

  async function free(wanted: Wanted): Promise<Loaded<Slot[]>> {
    const known = await datesOf(wanted);
    if (known.state === 'unavailable') return known;
    const from = today(wanted.zone).toString();
    const offered = [...new Set(known.value)].filter((date) => date >= from).sort();
    const inRange = offered.filter((date) => isWithin(date, wanted.range));
    const answers = await Promise.all(
      inRange.slice(0, daysAtOnce).map(async (date) => ({
        date,
        loaded: await timesOf(wanted, date, offered.indexOf(date) < NEAR_DAYS),
      })),
    );
    const value = answers.flatMap(({ loaded }) => (loaded.state === 'unavailable' ? [] : loaded.value));
    const failed = answers.filter(({ loaded }) => loaded.state === 'unavailable');
    const [first] = failed;
    if (first?.loaded.state === 'unavailable' && failed.length === answers.length) return first.loaded;
    const missing = [
      ...(known.state === 'partial' ? known.missing : []),
      ...answers.flatMap(({ date, loaded: { state } }) =>
        state === 'unavailable' || state === 'partial' ? [date] : [],
      ),
      // Without a range nobody asked for all days.
      ...(wanted.range ? inRange.slice(daysAtOnce) : []),
    ];
    return missing.length > 0 ? { state: 'partial', value, asOf: known.asOf, missing } : { ...known, value };
  }

  /** Drops the cached days of a branch after a write. */
  function forget(branch: string, date?: string): void {
    const concerns = (key: string) => key.includes(`@${branch}`) && (date === undefined || key.endsWith(`@${date}`));
    near.forget(concerns);
    far.forget(concerns);
    if (date === undefined) dates.forget(concerns);
  }

  return { free, forget };
}

/** Null for a wall time that does not exist exactly once in the branch's zone, and for a visit past midnight. */
function slotOf({ desk, minutes, zone }: Wanted, date: string, startTime: string): Slot | null {
  const endTime = timeAfter(startTime, minutes);
  return endTime === null
    ? null
    : slotAtWallTime({ key: `${date}T${startTime}`, desk, date, startTime, endTime, zone });
}
