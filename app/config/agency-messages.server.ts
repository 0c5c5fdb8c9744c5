import { z } from 'zod';
import { DEFAULT_MESSAGE_RULES, KINDS } from '~/model/message';

const hour = z.string().regex(/^([01]\d|2[0-3]):00$/, 'is no full hour such as 21:00');

/** `messages.json`: what the portal tells people about changes of their cases, and when. */
export const messagesFile = z.strictObject({
  /** Kinds that it does not send. A receipt is due by law. */
  off: z
    .array(
      z.enum(
        KINDS.filter((kind) => kind !== 'receipt'),
        { error: `is none of ${KINDS.filter((kind) => kind !== 'receipt').join(', ')}` },
      ),
    )
    .default([]),
  mergeMinutes: z.int().min(1).max(120).default(DEFAULT_MESSAGE_RULES.mergeMinutes),
  quiet: z.strictObject({ from: hour, until: hour }).default(DEFAULT_MESSAGE_RULES.quiet),
  aDay: z.int().min(1).max(10).default(DEFAULT_MESSAGE_RULES.aDay),
});
