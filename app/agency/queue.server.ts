import { z } from 'zod';
import { config } from '~/config/config.server';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { gates } from './gates.server';
import { shareAnswers } from './shared-answer.server';

/** The agency's queue-time API: waits at desks and on the phone. Contract: mocks/contracts/queue.yaml. Not personal. */
const time = z.string().regex(/^\d{2}:\d{2}$/);
const hours = z.array(z.object({ weekday: z.number().int().min(1).max(7), opens: time, closes: time }));
// A negative or absurd wait is dropped.
const minutes = z.number().min(0).max(600);

const deskSchema = z.object({
  key: z.string(),
  name: z.string(),
  address: z.object({ street: z.string(), postcode: z.string(), city: z.string() }),
  zone: z.string(),
  openingHours: hours,
  waiting: z
    .object({ people: z.number().int().min(0), minutes })
    .nullable()
    .catch(null),
});

const lineSchema = z.object({
  id: z.string(),
  number: z.string(),
  openingHours: hours,
  waiting: z
    .object({ callers: z.number().int().min(0), minutes })
    .nullable()
    .catch(null),
  typical: z.array(z.object({ weekday: z.number().int(), hour: z.number().int(), minutes })).catch([]),
});

export type DeskNow = z.infer<typeof deskSchema>;
export type LineNow = z.infer<typeof lineSchema>;

const desks = shareAnswers<DeskNow[]>({ freshMs: 10_000, keptMs: 10 * 60_000 });
const lines = shareAnswers<LineNow[]>({ freshMs: 10_000, keptMs: 10 * 60_000 });

export function desksNow(): Promise<Loaded<DeskNow[]>> {
  return desks.ask('desks', async () => {
    const schema = z.object({ asOf: z.string(), desks: z.array(deskSchema) });
    const answer = await gates().queue.ask({ path: '/desks', headers: bearer(), schema });
    return answer.ok ? fresh(answer.value.desks, answer.value.asOf) : unavailable(answer.why);
  });
}

export function phoneNow(): Promise<Loaded<LineNow[]>> {
  return lines.ask('phone', async () => {
    const schema = z.object({ asOf: z.string(), lines: z.array(lineSchema) });
    const answer = await gates().queue.ask({ path: '/phone', headers: bearer(), schema });
    return answer.ok ? fresh(answer.value.lines, answer.value.asOf) : unavailable(answer.why);
  });
}

const bearer = () => ({ authorization: `Bearer ${config().AGENCY_TOKEN}` });
