import type { PlannerResult } from '~/model/appointment';
import { mayWrite, type Viewer } from '~/model/viewer';
import type { Planner } from './planner-port';

/**
 * Refuses at run time what the types already forbid: only the person themselves changes anything at a planner. The
 * planner is not called.
 */
export function forWritersOnly(planner: Planner): Planner {
  const guard =
    <V extends Viewer, Rest extends readonly unknown[], T>(
      write: (viewer: V, ...rest: Rest) => Promise<PlannerResult<T>>,
    ) =>
    async (viewer: V, ...rest: Rest): Promise<PlannerResult<T>> =>
      mayWrite(viewer) ? write(viewer, ...rest) : { ok: false, why: 'not-possible' };
  return {
    ...planner,
    hold: guard(planner.hold),
    release: guard(planner.release),
    book: guard(planner.book),
    cancel: guard(planner.cancel),
    // Reconciling may complete a started booking.
    reconcile: async (viewer, sought) => (mayWrite(viewer) ? planner.reconcile(viewer, sought) : { found: 'unclear' }),
  };
}
