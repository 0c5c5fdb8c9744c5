import { oapPlanner } from './oap/planner.server';
import type { Planner } from './planner-port';

let planner: Planner | undefined;

/** The agency's planner. */
export function plannerOfAgency(): Planner {
  planner ??= oapPlanner();
  return planner;
}
