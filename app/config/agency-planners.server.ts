import { z } from 'zod';
import { plannerDecisions } from './planners.server';

/** `planners.json`: what the agency decides about each planner of PLANNERS, by its name. */
export const plannersFile = z
  .array(plannerDecisions)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'has two planners of one name');
export type PlannerOfAgency = z.output<typeof plannerDecisions>;
