import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A setting that is JSON itself → its parsed, unchecked value. */
export const fromJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is no JSON');
    return z.NEVER;
  }
});

/**
 * The name of a JSON file → its content, parsed by `schema`. A fault names its place and never a value. @param what the
 * file contains
 */
export const jsonFile = <T extends z.ZodType>(schema: T, what: string) =>
  z.string().transform((path, context): z.output<T> => {
    const read = schema.safeParse(contentOf(path));
    if (read.success) return read.data;
    for (const { path: at, message } of read.error.issues)
      context.addIssue({
        code: 'custom',
        message: at.length > 0 ? `${at.join('.')}: ${message}` : `is no file of ${what}`,
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
