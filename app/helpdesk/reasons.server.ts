import { z } from 'zod';
import { config } from '~/config/config.server';
import { procedureKeys, stageKeys } from '~/model/agency';
import { VIEW_AS_PURPOSES } from '~/model/view-as';
import { today } from '~/platform/clock.server';
import { addCallReason } from '~/store/call-reason.server';
import { refusedFields } from '~/ui/form-values';

export const ANSWERS = ['yes', 'not-understood', 'no'] as const;
const PAGES = ['cases', 'case'] as const;

/** None is an empty field, or no field at all. */
const agencyKey = (keys: () => readonly string[]) =>
  z
    .string()
    .nullable()
    .transform((key) => key || null)
    .refine((key) => key === null || keys().includes(key));

const reasonSchema = z.object({
  reason: z.enum(VIEW_AS_PURPOSES),
  answered: z.enum(ANSWERS),
  page: z
    .enum(PAGES)
    .nullable()
    .transform((page) => page ?? 'case'),
  procedure: agencyKey(() => procedureKeys(config().AGENCY_DIR)),
  stage: agencyKey(() => stageKeys(config().AGENCY_DIR)),
});

/**
 * Stores why a caller called: the week, the kind of case and the reason, nothing about the caller. Returns the names of
 * the refused fields; empty when it was stored.
 */
export async function noteReason(form: FormData): Promise<readonly string[]> {
  const wish = reasonSchema.safeParse({
    reason: form.get('reason'),
    answered: form.get('answered'),
    page: form.get('page'),
    procedure: form.get('procedure'),
    stage: form.get('stage'),
  });
  if (!wish.success) return refusedFields(wish.error);
  const day = today(config().AGENCY_ZONE);
  await addCallReason({ ...wish.data, week: day.subtract({ days: day.dayOfWeek - 1 }).toString() });
  return [];
}
