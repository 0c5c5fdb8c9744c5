import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Language } from '~/model/language';
import { LANGUAGES } from '~/model/language';
import { personKey, type Subject } from '~/model/viewer';
import { opaque } from '~/secret.server';
import { unseal } from '~/store/seal.server';
import { sealingKeys } from '~/store/store.server';

export const agentPseudonym = (actorId: string): string => opaque('actor', actorId);

/** The four digits by which a caller may speak of an employee; says nothing of the name. */
export const agentNumber = (actorId: string): number =>
  1_000 + (createHash('sha256').update(agentPseudonym(actorId)).digest().readUInt32BE(0) % 9_000);

export const ownerOf = ({ person }: Subject): string => opaque('owner', personKey(person));

/** Spaces, dashes and capitals are nobody's business. */
export const referenceHash = (reference: string): string =>
  opaque('reference', reference.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ''));

const subjectSchema = z.object({
  person: z.object({ kind: z.enum(['bsn', 'vnumber']), value: z.string().min(1) }),
  name: z.string(),
});

/** What was sealed under a context, as the person it names; null when it can't be opened. */
export function openSubject(sealed: Buffer | null, context: string): Subject | null {
  const text = sealed && unseal(sealed, context, sealingKeys());
  const parsed = subjectSchema.safeParse(text ? JSON.parse(text) : null);
  return parsed.success ? parsed.data : null;
}

export const languageOr = (text: string, otherwise: Language): Language =>
  LANGUAGES.find((known) => known === text) ?? otherwise;
