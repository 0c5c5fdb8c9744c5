import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { config } from '~/config/config.server';
import { procedureKeys, stageKeys } from '~/model/agency';
import { CALL_ANSWERS, CALL_PAGES, CALL_REASONS, type CallReason } from '~/model/contact-moment';
import { today } from '~/platform/clock.server';
import { addCallReason } from '~/store/call-reason.server';
import type { ViewGrant } from '~/store/view-grant.server';
import { refusedFields } from '~/ui/form-values';
import { notedCall } from './contact-moments.server';

/** What the form offers. @param reason chosen at first */
export const reasonChoices = (reason: CallReason = 'question-page') => ({
  key: randomUUID(),
  reason,
  reasons: CALL_REASONS,
  answers: CALL_ANSWERS,
  pages: CALL_PAGES,
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
  reason: z.enum(CALL_REASONS),
  answered: z.enum(CALL_ANSWERS),
  page: z
    .enum(CALL_PAGES)
    .nullable()
    .transform((page) => page ?? 'case'),
  procedure: agencyKey(() => procedureKeys(config().AGENCY_DIR)),
  stage: agencyKey(() => stageKeys(config().AGENCY_DIR)),
});

/**
 * Stores why a caller called: the week, the kind of case and the reason, nothing about the caller. Returns the names of
 * the refused fields; empty when it was stored, now or before.
 *
 * @param look of the call; null for a call without one
 */
export async function noteReason(form: FormData, look: ViewGrant | null = null): Promise<readonly string[]> {
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
  const week = day.subtract({ days: day.dayOfWeek - 1 }).toString();
  await addCallReason({ ...reason, id, week }, look && notedCall(look));
  return [];
}
