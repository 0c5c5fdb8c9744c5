import { z } from 'zod';
import { now } from '~/platform/clock.server';
import { setSwitch } from '~/store/estimate-switch.server';
import { refusedFields } from '~/ui/form-values';
import { refreshSwitches, staffSwitch } from './model.server';
import { STAFF_REASONS } from './switch-reason';

const changeSchema = z
  .object({
    procedure: z.string().min(1).max(100),
    trust: z.enum(['off', 'unsettled', 'none']),
    reason: z.enum(STAFF_REASONS).optional().catch(undefined),
  })
  .refine(({ trust, reason }) => trust === 'off' || reason !== undefined, { path: ['reason'] });

/**
 * Sets a switch from an employee's form (procedure, trust, reason). In force here at once, in other processes at their
 * next refresh. Setting the present state again stores nothing.
 * @returns the invalid fields; empty when the switch is set
 */
export async function changeSwitch(
  form: FormData,
  procedures: readonly string[],
  setBy: string,
): Promise<readonly string[]> {
  const parsed = changeSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return refusedFields(parsed.error);
  if (!procedures.includes(parsed.data.procedure)) return ['procedure'];
  const { procedure, trust: wanted, reason = null } = parsed.data;
  const change = wanted === 'off' ? { trust: null, reason: null } : { trust: wanted, reason };
  await refreshSwitches();
  const inForce = staffSwitch(procedure);
  if ((inForce?.trust ?? null) === change.trust && (inForce?.reason ?? null) === change.reason) return [];
  await setSwitch({ procedure, ...change }, setBy, now());
  await refreshSwitches();
  return [];
}
