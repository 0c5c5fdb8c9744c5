import { z } from 'zod';

/** Shapes of the agency's planner (OAP) as its public clients use it: an envelope with `status` and `data`. */
export const deskSchema = z.object({ key: z.string().min(1), name: z.string().min(1) });

export const slotSchema = z.object({
  key: z.string().min(1),
  date: z.iso.date(),
  startTime: z.string().regex(/^\d{1,2}:\d{2}$/),
  endTime: z.string().regex(/^\d{1,2}:\d{2}$/),
  parts: z.number().int().default(1),
});

export const appointmentSchema = z.object({ key: z.string().min(1), code: z.string().min(1) });
export type OapAppointment = z.infer<typeof appointmentSchema>;

/** `data` is the answer when `status` is OK, else the code of a refusal. */
export type Envelope<T> = Done<T> | { readonly status: string; readonly data?: string | null | undefined };
type Done<T> = { readonly status: 'OK'; readonly data: T };

export const isDone = <T>(envelope: Envelope<T>): envelope is Done<T> => envelope.status === 'OK';

export const envelopeOf = <T extends z.ZodType>(data: T) =>
  z.union([
    z.object({ status: z.literal('OK'), data }),
    z.object({ status: z.string().refine((status) => status !== 'OK'), data: z.string().nullish() }),
  ]);

/** Strips the planner's prefix against script inclusion: `)]}',` or, at some installations, something else. */
export function withoutPrefix(text: string): string {
  const start = text.search(/[{[]/);
  return start < 0 ? text : text.slice(start);
}
