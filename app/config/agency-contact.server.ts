import { z } from 'zod';
import { inLanguages, link, phoneNumber, words } from './agency-schema.server';
import { isZone } from './planners.server';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 08:30');
const span = { opens: time, closes: time };
const isForward = ({ opens, closes }: { readonly opens: string; readonly closes: string }) => opens < closes;
const hours = z
  .array(
    z
      .strictObject({ weekday: z.int().min(1, 'is less than 1 (Monday)').max(7), ...span })
      .refine(isForward, 'closes before it opens'),
  )
  .default([]);
const day = z.iso.date('is no ISO date such as 2026-12-24');

/** Days with other hours than usual, holidays included. */
const specialDays = z
  .strictObject({
    on: day,
    until: day.optional(),
    /** None: closed. */
    openingHours: z.array(z.strictObject(span).refine(isForward, 'closes before it opens')).default([]),
    /** Ids of lines and keys of desks; none: all of them. */
    only: z.array(words).default([]),
    why: inLanguages(words).default({}),
  })
  .refine(({ on, until = on }) => on <= until, { error: 'ends before it begins', path: ['until'] })
  .transform(({ until, ...days }) => ({ ...days, until: until ?? days.on }));

/** `contact.json`: how people reach the agency, and when. */
export const contactFile = z
  .strictObject({
    phone: z
      .array(
        z.strictObject({
          id: words,
          /** For a line for which the portal has no name. */
          name: inLanguages(words).default({}),
          number: phoneNumber,
          openingHours: hours,
        }),
      )
      .default([]),
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
    days: z.array(specialDays).default([]),
    /** What a call costs. */
    cost: inLanguages(words).default({}),
    /** How to call from another country. */
    abroad: inLanguages(words).default({}),
    /** How to get an interpreter. */
    interpreter: inLanguages(words).default({}),
    /** How people who are deaf or hard of hearing reach the agency, and the page of such a service. */
    deaf: z.strictObject({ note: inLanguages(words), url: inLanguages(link).default({}) }).optional(),
    /** The lines of the address for letters. */
    post: z.array(words).min(2, 'needs a name and an address').max(8, 'has more than 8 lines').optional(),
    email: z.email('is no e-mail address').optional(),
    /** The agency's own form. */
    form: inLanguages(link).default({}),
  })
  .superRefine(({ phone, desks, days }, context) => {
    const known = [...phone.map(({ id }) => id), ...desks.map(({ key }) => key)];
    for (const [index, id] of known.entries())
      if (known.indexOf(id) !== index)
        context.addIssue({
          code: 'custom',
          message: `"${id}" stands twice`,
          path: index < phone.length ? ['phone', index] : ['desks', index - phone.length],
        });
    for (const [index, { only }] of days.entries())
      for (const id of only)
        if (!known.includes(id))
          context.addIssue({
            code: 'custom',
            message: `"${id}" is no line and no desk of this file`,
            path: ['days', index, 'only'],
          });
  });
export type AgencyContact = z.output<typeof contactFile>;
