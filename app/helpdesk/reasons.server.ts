import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { config } from '~/config/config.server';
import { procedureKeys, stageKeys } from '~/model/agency';
import { VIEW_AS_PURPOSES } from '~/model/view-as';
import { today } from '~/platform/clock.server';
import { addCallReason } from '~/store/call-reason.server';
import { refusedFields } from '~/ui/form-values';

const ANSWERS = ['yes', 'not-understood', 'no'] as const;
const PAGES = ['case', 'cases', 'appointment', 'booking', 'wait', 'letters', 'contact', 'sign-in', 'none'] as const;
/** Why people call. A look has no purpose `other`. */
const REASONS = [...VIEW_AS_PURPOSES, 'other'] as const;

/** What the form offers. @param reason chosen at first */
export const reasonChoices = (reason: (typeof REASONS)[number] = 'question-page') => ({
  key: randomUUID(),
  reason,
  reasons: REASONS,
  answers: ANSWERS,
  pages: PAGES,
  procedures: procedureKeys(config().AGENCY_DIR),
  stages: stageKeys(config().AGENCY_DIR),
});

export type ReasonChoices = ReturnType<typeof reasonChoices>;

/** None is an empty field, or no field at all. */
const agencyKey = (keys: () => readonly string[]) =>
  z
    .string()
    .nullable()
    .transform((key) => key || null)
    .refine((key) => key === null || keys().includes(key));

const reasonSchema = z.object({
  /** The form's own: sent twice, it counts once. */
  key: z.uuid().catch(() => randomUUID()),
  reason: z.enum(REASONS),
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
 * the refused fields; empty when it was stored, now or before.
 *
 * @param isFirst whether this is the first note of its call
 */
export async function noteReason(
  form: FormData,
  isFirst: () => Promise<boolean> = async () => true,
): Promise<readonly string[]> {
  const wish = reasonSchema.safeParse({
    key: form.get('key'),
    reason: form.get('reason'),
    answered: form.get('answered'),
    page: form.get('page'),
    procedure: form.get('procedure'),
    stage: form.get('stage'),
  });
  if (!wish.success) return refusedFields(wish.error);
  const day = today(config().AGENCY_ZONE);
  const { key: id, ...reason } = wish.data;
  if (await isFirst())
    await addCallReason({ ...reason, id, week: day.subtract({ days: day.dayOfWeek - 1 }).toString() });
  return [];
}
