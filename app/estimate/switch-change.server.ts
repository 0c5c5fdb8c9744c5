import { z } from 'zod';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { addDays, instantOf } from '~/model/time';
import { typedDate } from '~/model/typed-text';
import type { Actor } from '~/model/viewer';
import { agencyDay, now } from '~/platform/clock.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { employeeNumber } from '~/store/employee.server';
import { confirmSwitch, prepareSwitch, type SwitchChange } from '~/store/estimate-switch.server';
import { refusedFields } from '~/ui/form-values';
import { refreshSwitches } from './model.server';
import { STAFF_REASONS } from './switch-reason';

/** A switch ends by itself after so many days at most. */
const MOST_DAYS = 92;

const changeSchema = z
  .object({
    procedure: z.string().min(1).max(100),
    trust: z.enum(['off', 'unsettled', 'none']),
    reason: z.enum(STAFF_REASONS).optional().catch(undefined),
    until: z
      .string()
      .transform((text) => typedDate(text) ?? text)
      .pipe(z.iso.date())
      .optional()
      .catch(undefined),
  })
  .refine(({ trust, reason }) => trust === 'off' || reason !== undefined, { path: ['reason'] })
  .refine(({ trust, until }) => trust === 'off' || isWithinLimits(until), { path: ['until'] });

function isWithinLimits(until: string | undefined): boolean {
  const first = agencyDay();
  return until !== undefined && until >= first && until <= addDays(first, MOST_DAYS);
}

/**
 * Prepares a switch from an employee's form (procedure, trust, reason, last day), or turns one off: in force here at
 * once, in other processes at their next refresh.
 *
 * @returns what happened, or the invalid fields
 */
export async function changeSwitch(
  form: FormData,
  procedures: readonly string[],
  actor: Actor,
): Promise<'saved' | 'prepared' | readonly string[]> {
  const parsed = changeSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return refusedFields(parsed.error);
  if (!procedures.includes(parsed.data.procedure)) return ['procedure'];
  const { procedure, trust: wanted, reason = null, until = '' } = parsed.data;
  const me = actorPseudonym(actor.id);
  await employeeNumber(me);
  const change =
    wanted === 'off'
      ? { procedure, trust: null, reason: null, endsAt: null }
      : { procedure, trust: wanted, reason, endsAt: instantOf(until, '23:59', config().AGENCY_ZONE) };
  const action = wanted === 'off' ? 'undo-switch' : 'prepare-switch';
  await prepareSwitch(change, me, now(), (stored, within) => log(action, stored, actor, within));
  await refreshSwitches();
  return wanted === 'off' ? 'saved' : 'prepared';
}

/** Confirms the switch that another employee prepared. */
export async function confirmPrepared(form: FormData, actor: Actor): Promise<'saved' | 'cannot'> {
  const id = z.coerce.number().int().positive().safeParse(form.get('switch'));
  if (!id.success) return 'cannot';
  const me = actorPseudonym(actor.id);
  await employeeNumber(me);
  const isDone = await confirmSwitch(id.data, me, now(), (stored, within) =>
    log('confirm-switch', stored, actor, within),
  );
  await refreshSwitches();
  return isDone ? 'saved' : 'cannot';
}

async function log(
  action: 'prepare-switch' | 'confirm-switch' | 'undo-switch',
  { id, procedure, trust, reason, endsAt }: SwitchChange,
  actor: Actor,
  within: Parameters<typeof addAuditEntry>[2],
): Promise<void> {
  const shown = { procedure, trust, reason, endsAt: endsAt?.toString() ?? null };
  const text = [procedure, trust ?? 'off', reason, shown.endsAt && `until ${shown.endsAt}`].filter(Boolean).join('; ');
  await addAuditEntry(actor, { action, objectType: 'switch', objectRef: String(id), reason: text, shown }, within);
}
