import { z } from 'zod';
import { config } from '~/config/config.server';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { needed, neededNumber, neededRows, neededWhole } from './field-values.server';
import { gates } from './gates.server';
import { asOfNow } from './shared-answer.server';

const waits = neededRows(
  z.object({
    date: needed.pipe(z.iso.date()),
    half: neededWhole.pipe(z.number().min(0).max(47)),
    minutes: neededNumber.pipe(z.number().min(0).max(600)),
  }),
);
const queue = z.object({ id: needed, waits });
const schema = z.object({ phone: neededRows(queue), desks: neededRows(queue) });

export interface QueueHistory {
  /** `phone:<id>` or `desk:<key>`. */
  readonly queue: string;
  /** Local ISO date. */
  readonly date: string;
  /** 0 (00:00) to 47 (23:30). */
  readonly half: number;
  readonly minutes: number;
}

/**
 * The mean waits of past half hours, from the queue-time API where it keeps them (docs/contracts/queue.yaml). Rows that
 * can't be read are left out. Both days are ISO dates and included.
 */
export async function queueHistory(from: string, until: string): Promise<Loaded<QueueHistory[]>> {
  const { queue: gate } = gates();
  if (!gate) return fresh([], asOfNow());
  const answer = await gate.ask({
    path: `/history?${new URLSearchParams({ from, until })}`,
    headers: { authorization: `Bearer ${config().AGENCY_TOKEN}` },
    schema,
  });
  if (!answer.ok) return unavailable(answer.why);
  const { phone, desks } = answer.value;
  const rows = [...named('phone', phone.rows), ...named('desk', desks.rows)];
  return fresh(
    rows.filter(({ date }) => from <= date && date <= until),
    asOfNow(),
  );
}

const named = (kind: 'phone' | 'desk', queues: readonly z.output<typeof queue>[]): QueueHistory[] =>
  queues.flatMap(({ id, waits: { rows } }) => rows.map((row) => ({ queue: `${kind}:${id}`, ...row })));
