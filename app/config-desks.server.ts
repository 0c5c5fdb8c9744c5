import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { DeskAccess } from './model/desk-access';

const textIn = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'is no language'), z.string().trim().min(1));

const desks = z.record(
  z.string().min(1),
  z.strictObject({
    stepFree: z.boolean().optional(),
    lift: z.boolean().optional(),
    quietRoom: z.boolean().optional(),
    transport: textIn.optional(),
    parking: textIn.optional(),
  }),
);

/** The name of a JSON file → what it says of each desk, by the desk's key (`planner~key` with a named planner). */
export const desksFromFile = z.string().transform((path, context): Readonly<Record<string, DeskAccess>> => {
  const read = desks.safeParse(contentOf(path));
  if (read.success) return read.data;
  for (const { path: at, message } of read.error.issues)
    context.addIssue({
      code: 'custom',
      message: at.length > 0 ? `${at.join('.')}: ${message}` : 'is no file of desks',
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
