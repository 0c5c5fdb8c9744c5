import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { countRollouts, LEAST_ROLLOUTS } from '~/model/effect/design';
import { type EffectPlan, FEATURES } from '~/model/effect/plan';
import type { AgencyFiles } from './agency-files.server';

const FILE = 'effect.json';

const planFile = z
  .strictObject({
    feature: z.enum(FEATURES, { error: `is none of ${FEATURES.join(', ')}` }),
    kind: z.enum(['wedge', 'switch-back'], { error: 'is none of wedge, switch-back' }),
    procedures: z.array(z.string()).min(1),
    firstWeek: z.iso
      .date('is no date such as 2027-03-01')
      .refine((date) => Temporal.PlainDate.from(date).dayOfWeek === 1, 'is no Monday'),
    weeksBefore: z.int().min(8).max(52),
    weeks: z.int().min(4).max(52),
    steps: z.int().min(1).max(12),
    washout: z.int().min(0).max(12),
    seed: z.string().min(8, 'is shorter than eight characters'),
    misplaced: z.number().min(0).max(0.5),
  })
  .superRefine((plan, context) => {
    if (plan.kind === 'wedge' && plan.steps < 2) context.addIssue('a wedge needs two steps');
    else if (countRollouts(plan) < LEAST_ROLLOUTS)
      context.addIssue(`can be drawn in fewer than ${LEAST_ROLLOUTS} ways: chance alone would explain any result`);
  });

/** The experiment that the agency has registered; null without one. @param procedures keys of the folder's procedures */
export function planIn(files: AgencyFiles, procedures: readonly string[]): EffectPlan | null {
  const plan = files.read(FILE, planFile);
  if (!plan) return null;
  for (const [at, name] of plan.procedures.entries())
    if (!procedures.includes(name)) files.addFault(FILE, `"${name}" is no procedure of the folder`, ['procedures', at]);
    else if (plan.procedures.indexOf(name) !== at) files.addFault(FILE, `"${name}" stands twice`, ['procedures', at]);
  return {
    ...plan,
    hash: createHash('sha256')
      .update(files.text(FILE) ?? '')
      .digest('hex'),
  };
}
