import { z } from 'zod';
import { config } from '~/config/config.server';
import { isZone } from '~/config/planners.server';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import {
  needed,
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

/** The agency's queue-time API: waits at desks and on the phone. Contract: docs/contracts/queue.yaml. Not personal. */
const time = neededTime.transform((text) => text.padStart(5, '0'));
const weekday = neededWhole.pipe(z.number().min(1).max(7));
/** An unreadable day leaves the others. */
const hours = rowsOf(z.object({ weekday, opens: time, closes: time })).transform(({ rows }) =>
  onceEach(rows, (day) => JSON.stringify(day)),
);
const count = neededWhole.pipe(z.number().min(0));
// A negative or absurd wait is dropped.
const minutes = neededNumber.pipe(z.number().min(0).max(600));

/** The usual wait of each hour of the week. */
const typical = rowsOf(z.object({ weekday, hour: neededWhole.pipe(z.number().min(0).max(23)), minutes })).transform(
  ({ rows }) => onceEach(rows, ({ weekday: day, hour }) => `${day} ${hour}`),
);

const deskSchema = z.object({
  key: needed,
  name: needed,
  address: objectOrNone(z.object({ street: text, postcode: text, city: text })).transform(
    (address) => address ?? { street: '', postcode: '', city: '' },
  ),
  zone: needed.refine(isZone),
  openingHours: hours,
  waiting: objectOrNone(z.object({ people: count, minutes })),
  typical,
});

const lineSchema = z.object({
  id: needed,
  number: needed,
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

/** Rows once each; those that can't be read are missing. A list of such rows only is no list. */
function loadedOf<T>({ rows, unreadable }: Rows<T>, keyOf: (row: T) => string, asOf: string): Loaded<T[]> {
  const once = onceEach(rows, keyOf);
  const at = z.iso.datetime({ offset: true }).safeParse(asOf).success ? asOf : asOfNow();
  if (unreadable === 0) return fresh(once, at);
  if (once.length === 0) return unavailable('malformed');
  return { state: 'partial', value: once, asOf: at, missing: [`${unreadable} rows that could not be read`] };
}

const bearer = () => ({ authorization: `Bearer ${config().AGENCY_TOKEN}` });
