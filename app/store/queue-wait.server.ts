import { gte, type InferSelectModel, lt, min, sql } from 'drizzle-orm';
import type { PastWait } from '~/model/queue-model';
import { queueWait } from './schema/queue-wait.server';
import { db } from './store.server';

export type QueueWait = PastWait & Pick<InferSelectModel<typeof queueWait>, 'queue'>;

/** Adds a sample of each queue to the mean of its half hour. */
export async function addSamples(samples: readonly QueueWait[]): Promise<void> {
  if (samples.length === 0) return;
  const { queue, day, half, minutes, samples: count } = queueWait;
  await db()
    .insert(queueWait)
    .values(rowsOf(samples))
    .onConflictDoUpdate({
      target: [queue, day, half],
      set: { minutes: sql`(${minutes} * ${count} + excluded.minutes) / (${count} + 1)`, samples: sql`${count} + 1` },
    });
}

/** Stores what another record tells of earlier half hours. Keeps the portal's own samples. */
export async function addEarlier(waits: readonly QueueWait[]): Promise<void> {
  for (let at = 0; at < waits.length; at += ROWS_AT_ONCE)
    await db()
      .insert(queueWait)
      .values(rowsOf(waits.slice(at, at + ROWS_AT_ONCE)))
      .onConflictDoNothing();
}

const ROWS_AT_ONCE = 1_000;

const rowsOf = (waits: readonly QueueWait[]) => waits.map(({ date, ...wait }) => ({ ...wait, day: date, samples: 1 }));

/** The waits since a day (ISO date), that day included. */
export const waitsSince = (day: string): Promise<QueueWait[]> =>
  db()
    .select({ queue: queueWait.queue, date: queueWait.day, half: queueWait.half, minutes: queueWait.minutes })
    .from(queueWait)
    .where(gte(queueWait.day, day));

/** The first day of the record, as an ISO date. Null for an empty one. */
export async function firstDayOfWaits(): Promise<string | null> {
  const [row] = await db()
    .select({ day: min(queueWait.day) })
    .from(queueWait);
  return row?.day ?? null;
}

export async function deleteWaitsBefore(day: string): Promise<void> {
  await db().delete(queueWait).where(lt(queueWait.day, day));
}
