import { z } from 'zod';
import { jsonFile } from './json-file.server';

/** `08:30` as minutes since midnight. */
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 08:30')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const instant = z.iso.datetime({ offset: true });
const hours = z.strictObject({
  from: clock,
  to: clock,
  /** 1 is Monday. */
  days: z.array(z.int().min(1).max(7)).default([1, 2, 3, 4, 5]),
});
/** The OpenID Connect `sub` of an employee. */
const employee = z.string().min(1);

export const employeeFacts = z.strictObject({
  hours: hours.optional(),
  ownHours: z.array(hours.extend({ employee })).default([]),
  calls: z.array(z.strictObject({ employee, from: instant, to: instant })).optional(),
  relations: z
    .array(
      z.strictObject({
        employee,
        person: z.strictObject({ kind: z.enum(['bsn', 'vnumber']), value: z.string().min(1) }),
        as: z.enum(['self', 'family', 'address', 'name', 'colleague']),
      }),
    )
    .default([]),
});

/** The name of such a file → who is whose relation. The rest of it is for `audit:patterns`. */
export const relationsFromFile = jsonFile(employeeFacts, 'employees').transform(({ relations }) => relations);
