import { z } from 'zod';
import { words } from './agency-schema.server';
import { isZone } from './planners.server';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 08:30');
const hours = z
  .array(
    z
      .strictObject({ weekday: z.int().min(1, 'is less than 1 (Monday)').max(7), opens: time, closes: time })
      .refine(({ opens, closes }) => opens < closes, 'closes before it opens'),
  )
  .default([]);

/** `contact.json`: opening hours, where no queue API tells them. */
export const contactFile = z.strictObject({
  phone: z.array(z.strictObject({ id: words, number: words, openingHours: hours })).default([]),
  desks: z
    .array(
      z.strictObject({
        /** The same key as in the planner (`planner~key` with a named planner). */
        key: words,
        name: words,
        address: z.strictObject({ street: words, postcode: words, city: words }),
        zone: z.string().refine(isZone, 'is no IANA time zone').optional(),
        openingHours: hours,
      }),
    )
    .default([]),
});
export type AgencyContact = z.output<typeof contactFile>;
