import { type DeskNow, desksNow, hasQueue, type LineNow, phoneNow } from '~/agency/queue.server';
import { queueHistory } from '~/agency/queue-history.server';
import { config } from '~/config/config.server';
import { groupsOf } from '~/model/groups';
import type { Loaded } from '~/model/loaded';
import { KEPT_DAYS, learnQueue, type PastWait, type QueueModel } from '~/model/queue-model';
import { addDays } from '~/model/time';
import { onClearCaches } from '~/platform/caches.server';
import { agencyDay, now } from '~/platform/clock.server';
import {
  addEarlier,
  addSamples,
  deleteWaitsBefore,
  firstDayOfWaits,
  type QueueWait,
  waitsSince,
} from '~/store/queue-wait.server';

/** Days of one request for the history of the queue-time API. */
const DAYS_AT_ONCE = 14;
/** An answer that is older tells nothing of this half hour. */
const SAMPLE_MINUTES = 10;

/** Whether the queue-time API has told this process what it knows of earlier days, or that it keeps none. */
let isFilledIn = false;

/** Adds the waits of now to the record, and at first what the queue-time API knows of the time before. */
export async function recordQueues(signal: AbortSignal): Promise<void> {
  if (!hasQueue()) return;
  if (!isFilledIn) isFilledIn = await fillIn(signal);
  const [lines, desks] = await Promise.all([phoneNow(), desksNow()]);
  await addSamples([
    ...samplesOf(lines, (line) => ({ queue: lineQueue(line), zone: config().AGENCY_ZONE })),
    ...samplesOf(desks, (desk) => ({ queue: deskQueue(desk), zone: desk.zone })),
  ]);
}

export const lineQueue = ({ id }: Pick<LineNow, 'id'>): string => `phone:${id}`;
export const deskQueue = ({ key }: Pick<DeskNow, 'key'>): string => `desk:${key}`;

/** Returns false when the API did not answer: the next round asks again. */
async function fillIn(signal: AbortSignal): Promise<boolean> {
  const today = agencyDay();
  const known = await firstDayOfWaits();
  for (let days = 1; days < KEPT_DAYS; days += DAYS_AT_ONCE) {
    const [from, until] = [addDays(today, 1 - days - DAYS_AT_ONCE), addDays(today, -days)];
    if (known !== null && known <= from) continue;
    const history = await queueHistory(from, until);
    if (history.state === 'unavailable') return history.why === 'refused';
    await addEarlier(history.value);
    if (signal.aborted) return false;
  }
  return true;
}

type Waiting = { readonly waiting: { readonly minutes: number } | null };

/** The waits of those that are open, in the half hour of the answer. A kept or old answer is no sample. */
function samplesOf<Row extends Waiting>(
  loaded: Loaded<readonly Row[]>,
  placeOf: (row: Row) => { readonly queue: string; readonly zone: string },
): QueueWait[] {
  if (loaded.state === 'unavailable' || loaded.state === 'kept') return [];
  const age = (now().epochMilliseconds - Date.parse(loaded.asOf)) / 60_000;
  if (Math.abs(age) > SAMPLE_MINUTES) return [];
  return loaded.value.flatMap((row) => {
    if (!row.waiting) return [];
    const { queue, zone } = placeOf(row);
    const at = now().toZonedDateTimeISO(zone);
    return [{ queue, date: at.toPlainDate().toString(), half: halfOf(at), minutes: row.waiting.minutes }];
  });
}

export const halfOf = ({ hour, minute }: { readonly hour: number; readonly minute: number }): number =>
  hour * 2 + (minute < 30 ? 0 : 1);

interface Learned {
  /** Null while the record is too short. */
  readonly model: QueueModel | null;
  /** The half hours of the last local date that has any. */
  readonly latest: readonly PastWait[];
}

/** The day and the first day of the record from which the models were learned. */
let learnedFrom = '';
let learned: ReadonlyMap<string, Learned> = new Map();
onClearCaches(() => {
  [isFilledIn, learnedFrom, learned] = [false, '', new Map()];
});

/** What is known of a queue, from memory: pages never wait for the record. */
export const learnedOf = (queue: string): Learned | null => learned.get(queue) ?? null;

/** Reads the record into memory. Models change once a day, and when the record was filled in; each takes a tenth of a second, so others get their turn between. */
export async function learnQueues(signal: AbortSignal): Promise<void> {
  if (!hasQueue()) return;
  const today = agencyDay();
  const from = `${today} ${await firstDayOfWaits()}`;
  const isNew = learnedFrom !== from;
  const rows = await waitsSince(addDays(today, isNew ? -KEPT_DAYS : -1));
  const next = new Map<string, Learned>();
  for (const [queue, waits] of groupsOf(rows, (row) => row.queue)) {
    if (signal.aborted) return;
    const last = waits
      .map(({ date }) => date)
      .sort()
      .at(-1);
    const model = isNew ? learnQueue(waits, today) : (learned.get(queue)?.model ?? null);
    next.set(queue, { model, latest: waits.filter(({ date }) => date === last) });
    await new Promise(setImmediate);
  }
  learned = isNew ? next : new Map([...learned, ...next]);
  learnedFrom = from;
  if (isNew) await deleteWaitsBefore(addDays(today, -KEPT_DAYS));
}
