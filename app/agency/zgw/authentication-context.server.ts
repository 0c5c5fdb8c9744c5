import { z } from 'zod';
import { bsnOf } from '~/model/bsn';
import type { ActsFor } from '~/model/case-role';
import { type PersonId, personKey } from '~/model/viewer';

/** Somebody represented, but nobody whom we can name. */
const UNKNOWN: ActsFor = { person: null, legal: false };

const none = z.union([z.null(), z.literal(''), z.strictObject({})]).transform(() => null);
const noneOr = <T extends z.ZodType>(schema: T) => z.union([none, schema]).optional();
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() ?? '');

/** `authenticatieContext` of a ZGW role: how its person signed in at the agency, and for whom. */
const contextSchema = z.object({
  levelOfAssurance: text,
  representee: noneOr(z.object({ identifierType: z.string(), identifier: z.string() })),
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
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success) return UNKNOWN;
  const { representee, mandate, levelOfAssurance } = parsed.data;
  if (!representee) return mandate ? UNKNOWN : null;
  const bsn = representee.identifierType.toLowerCase() === 'bsn' ? bsnOf(representee.identifier.trim()) : null;
  if (bsn === null) return UNKNOWN;
  const person = personKey({ kind: 'bsn', value: bsn });
  if (own.some((id) => personKey(id) === person)) return mandate ? UNKNOWN : null;
  const isAppointed = LEGAL_ROLES.includes(mandate?.role.toLowerCase() ?? '');
  return { person, legal: isAppointed && TWO_FACTORS.test(levelOfAssurance) };
}
