import { z } from 'zod';
import type { Subject } from '~/model/viewer';
import { unseal } from '~/store/seal.server';
import { sealingKeys } from '~/store/store.server';

const subjectSchema = z.object({
  person: z.object({ kind: z.enum(['bsn', 'vnumber']), value: z.string().min(1) }),
  name: z.string(),
});

/** Unseals a subject that was sealed under `context`; null when it can't be opened. */
export function openSubject(sealed: Buffer | null, context: string): Subject | null {
  const text = sealed && unseal(sealed, context, sealingKeys());
  const parsed = subjectSchema.safeParse(text ? JSON.parse(text) : null);
  return parsed.success ? parsed.data : null;
}
