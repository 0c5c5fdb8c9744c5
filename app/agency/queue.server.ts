import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { config } from '~/config/config.server';
import { isZone } from '~/config/planners.server';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { now } from '~/platform/clock.server';
import {
  name,
  needed,
  neededName,
  neededNumber,
  neededRows,
  neededTime,
  neededWhole,
  objectOrNone,
  onceEach,
  type Rows,
  rowsOf,
  text,
} from './field-values.server';
import { gates } from './gates.server';
import { asOfNow, shareAnswers } from './shared-answer.server';
import { momentOf } from './zgw/moment';

/** The agency's queue-time API: waits at desks and on the phone. Contract: docs/contracts/queue.yaml. Not personal. */
const time = neededTime.transform((text) => text.padStart(5, '0'));
/** Midnight ends the day. */
const closing = needed
  .transform((text) => (/^(24|0?0):00(:00)?$/.test(text) ? '23:59' : (time.safeParse(text).data ?? '')))
  .pipe(z.string().min(1));
const weekday = neededWhole.pipe(z.number().min(1).max(7));
/** An unreadable day leaves the others. */
const hours = rowsOf(z.object({ weekday, opens: time, closes: closing })).transform(({ rows }) =>
  onceEach(rows, (day) => JSON.stringify(day)),
);
// A negative or absurd number is dropped.
const count = neededWhole.pipe(z.number().min(0).max(10_000));
const minutes = neededNumber.pipe(z.number().min(0).max(600));

/** The usual wait of each hour of the week. */
const typical = rowsOf(z.object({ weekday, hour: neededWhole.pipe(z.number().min(0).max(23)), minutes })).transform(
  ({ rows }) => onceEach(rows, ({ weekday: day, hour }) => `${day} ${hour}`),
);

const deskSchema = z.object({
  key: needed,
  name: neededName,
  address: objectOrNone(z.object({ street: name, postcode: name, city: name })).transform(
    (address) => address ?? { street: '', postcode: '', city: '' },
  ),
  zone: needed.refine(isZone),
  openingHours: hours,
  waiting: objectOrNone(z.object({ people: count, minutes })),
  typical,
});

const lineSchema = z.object({
  id: needed,
  number: neededName,
  openingHours: hours,
  waiting: objectOrNone(z.object({ callers: count, minutes })),
  typical,
});

export type DeskNow = z.output<typeof deskSchema>;
export type LineNow = z.output<typeof lineSchema>;

const desks = shareAnswers<DeskNow[]>({ freshMs: 10_000, keptMs: 10 * 60_000, partly: true });
const lines = shareAnswers<LineNow[]>({ freshMs: 10_000, keptMs: 10 * 60_000, partly: true });

export const hasQueue = (): boolean => config().QUEUE_URL !== undefined;

/** Without a queue API the desks of the agency's folder, whose queues nobody knows. */
export function desksNow(): Promise<Loaded<DeskNow[]>> {
  const { queue } = gates();
  const { AGENCY_DIR, AGENCY_ZONE } = config();
  if (!queue) {
    const own = AGENCY_DIR.contact.desks.map((desk) => ({
      ...desk,
      zone: desk.zone ?? AGENCY_ZONE,
      waiting: null,
      typical: [],
    }));
    return Promise.resolve(fresh(own, asOfNow()));
  }
  return desks.ask('desks', async () => {
    const schema = z.object({ asOf: text, desks: neededRows(deskSchema) });
    const answer = await queue.ask({ path: '/desks', headers: bearer(), schema });
    if (!answer.ok) return unavailable(answer.why);
    return loadedOf(answer.value.desks, ({ key }) => key, answer.value.asOf);
  });
}

/** Without a queue API the lines of the agency's folder. */
export function phoneNow(): Promise<Loaded<LineNow[]>> {
  const { queue } = gates();
  if (!queue) {
    const own = config().AGENCY_DIR.contact.phone.map((line) => ({ ...line, waiting: null, typical: [] }));
    return Promise.resolve(fresh(own, asOfNow()));
  }
  return lines.ask('phone', async () => {
    const schema = z.object({ asOf: text, lines: neededRows(lineSchema) });
    const answer = await queue.ask({ path: '/phone', headers: bearer(), schema });
    if (!answer.ok) return unavailable(answer.why);
    return loadedOf(answer.value.lines, ({ id }) => id, answer.value.asOf);
  });
}

/** Minutes after which waits are told with the time at which they were so, and after which they say nothing of now. */
const NEW_MINUTES = 15;
const OLD_MINUTES = 60;

/** Rows once each; those that can't be read are missing. A list of such rows only is no list. */
function loadedOf<T extends { readonly waiting: unknown }>(
  { rows, unreadable }: Rows<T>,
  keyOf: (row: T) => string,
  told: string,
): Loaded<T[]> {
  const asOf = instantOfAnswer(told);
  const age = Temporal.Instant.from(asOf).until(now()).total('minutes');
  const isOld = age > OLD_MINUTES;
  const once = onceEach(rows, keyOf).map((row) => (isOld ? { ...row, waiting: null } : row));
  if (unreadable > 0 && once.length === 0) return unavailable('malformed');
  const missing = [
    ...(unreadable > 0 ? [`${unreadable} rows that could not be read`] : []),
    ...(isOld ? ['the waits of now'] : []),
  ];
  if (missing.length > 0) return { state: 'partial', value: once, asOf, missing };
  return age > NEW_MINUTES ? { state: 'kept', value: once, asOf, why: 'late' } : fresh(once, asOf);
}

/** When an answer was true. A time without an offset is the agency's; one in the future or none at all is now. */
function instantOfAnswer(told: string): string {
  const moment = momentOf(told, config().AGENCY_ZONE)?.instant ?? null;
  const at = moment === null ? now() : Temporal.Instant.fromEpochMilliseconds(moment);
  return (Temporal.Instant.compare(at, now()) > 0 ? now() : at).toString();
}

const bearer = () => ({ authorization: `Bearer ${config().AGENCY_TOKEN}` });
