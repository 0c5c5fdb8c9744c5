import { readFileSync } from 'node:fs';
import { z } from 'zod';

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

/** What an agency writes down of its employees. */
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

export type EmployeeRelation = z.output<typeof employeeFacts>['relations'][number];

/** The name of such a file → who is whose relation. The rest of it is for `audit:patterns`. No fault shows a value. */
export const relationsFromFile = z.string().transform((path, context): readonly EmployeeRelation[] => {
  const read = employeeFacts.safeParse(contentOf(path));
  if (read.success) return read.data.relations;
  for (const { path: at, message } of read.error.issues)
    context.addIssue({
      code: 'custom',
      message: at.length > 0 ? `${at.join('.')}: ${message}` : 'is no file of employees',
    });
  return z.NEVER;
});

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
