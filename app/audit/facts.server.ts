import { z } from 'zod';
import { config } from '~/config.server';
import type { Facts, Hours } from '~/model/insider/stream';
import { personKey } from '~/model/viewer';
import { opaque } from '~/secret.server';
import { actorPseudonym } from './pseudonym.server';

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

const factsSchema = z.strictObject({
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

const HOUSE: Hours = { from: 8 * 60, to: 18 * 60, days: [1, 2, 3, 4, 5] };

/**
 * What an agency wrote down of its employees, under the names that people have on record. Gives the faults, one a line,
 * when it can't be read; none of them shows a value.
 *
 * @param text JSON; null: nothing is known beside the record
 * @param asOf ISO instant up to which the record is read
 */
export function factsFrom(text: string | null, asOf: string): Facts | { readonly faults: readonly string[] } {
  const parsed = factsSchema.safeParse(text === null ? {} : parsedJson(text));
  if (!parsed.success)
    return { faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`) };
  const { data } = parsed;
  return {
    zone: config().AGENCY_ZONE,
    asOf,
    hours: data.hours ?? HOUSE,
    ownHours: new Map(data.ownHours.map(({ employee: id, ...own }) => [actorPseudonym(id), own])),
    calls: data.calls?.map(({ employee: id, ...call }) => ({ actor: actorPseudonym(id), ...call })) ?? null,
    relations: data.relations.map(({ employee: id, person, as }) => ({
      actor: actorPseudonym(id),
      subject: opaque('owner', personKey(person)),
      as,
    })),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
