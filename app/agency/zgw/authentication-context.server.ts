import { z } from 'zod';
import { bsnOf } from '~/model/bsn';
import type { ActsFor } from '~/model/case-role';
import { type PersonId, personKey } from '~/model/viewer';
import { isNone, readAs, text } from '../field-values.server';

/** Somebody represented, but nobody whom we can name. */
const UNKNOWN: ActsFor = { person: null, legal: false };

const none = z
  .unknown()
  .refine((value) => isNone(value) || (Array.isArray(value) && value.length === 0))
  .transform(() => null);
/** What is there and can't be read is no none. */
const noneOr = <T>(schema: z.ZodType<T>) =>
  z
    .union([none, z.unknown().transform((value, context) => readAs(schema, value).data ?? unreadable(context))])
    .optional();
const unreadable = (context: z.RefinementCtx): never => {
  context.addIssue('is not readable');
  return z.NEVER;
};

/** `authenticatieContext` of a ZGW role: how its person signed in at the agency, and for whom. */
const contextSchema = z.object({
  levelOfAssurance: text,
  representee: noneOr(z.object({ identifierType: text, identifier: text })),
  mandate: noneOr(z.object({ role: text })),
});

/** Mandates that a court gives. */
const LEGAL_ROLES = ['bewindvoerder', 'curator', 'mentor'];
/** Levels of DigiD and eHerkenning with two factors. */
const TWO_FACTORS = /:(MobileTwoFactorContract|Smartcard|SmartcardPKI|loa3|loa4)$/;

/**
 * For whom a role's person acts; null when for themselves. What is there and can't be read acts for somebody unknown, so
 * that it gives nothing.
 *
 * @param own the person's own numbers
 */
export function actsForOf(context: unknown, own: readonly PersonId[]): ActsFor | null {
  if (context === undefined || none.safeParse(context).success) return null;
  const parsed = readAs(contextSchema, context);
  if (!parsed.success) return UNKNOWN;
  const { representee, mandate, levelOfAssurance } = parsed.data;
  if (!representee) return mandate ? UNKNOWN : null;
  const bsn = representee.identifierType.toLowerCase() === 'bsn' ? bsnOf(representee.identifier) : null;
  if (bsn === null) return UNKNOWN;
  const person = personKey({ kind: 'bsn', value: bsn });
  if (own.some((id) => personKey(id) === person)) return mandate ? UNKNOWN : null;
  const isAppointed = LEGAL_ROLES.includes(mandate?.role.toLowerCase() ?? '');
  return { person, legal: isAppointed && TWO_FACTORS.test(levelOfAssurance) };
}
