import { z } from 'zod';
import { inAnyForm, needed, neededDate, neededName, neededRows, neededTime, textOrNone } from '../field-values.server';

/** Shapes of the agency's planner (OAP) as its public clients use it: an envelope with `status` and `data`. */
const deskSchema = z.object({ key: needed, name: neededName });
export const desksSchema = neededRows(deskSchema);

const slotSchema = z.object({ key: needed, date: neededDate, startTime: neededTime, endTime: neededTime });
export const slotsSchema = neededRows(slotSchema);

export const appointmentSchema = inAnyForm(z.object({ key: needed, code: textOrNone }));
export type OapAppointment = z.output<typeof appointmentSchema>;

/** `data` is the answer when `status` is OK, else it holds the code of a refusal: a text, or an object with one in it. */
export type Envelope<T> = Done<T> | { readonly status: string; readonly data?: unknown };
type Done<T> = { readonly status: 'OK'; readonly data: T };

export const isDone = <T>(envelope: Envelope<T>): envelope is Done<T> => envelope.status === 'OK';

const status = needed.transform((text) => text.toUpperCase());

export const envelopeOf = <T extends z.ZodType>(data: T) =>
  z.union([
    z.object({ status: status.pipe(z.literal('OK')), data }),
    z.object({ status: status.refine((text) => text !== 'OK'), data: z.unknown().optional() }),
  ]);

/** Strips the planner's prefix against script inclusion: `)]}',` or, at some installations, something else. */
export function withoutPrefix(text: string): string {
  const start = text.search(/[{[]/);
  return start < 0 ? text : text.slice(start);
}
