import type { Planned } from '~/model/appointment';
import { mayWrite, type Viewer } from '~/model/viewer';
import type { Planner } from './planner-port';

/**
 * What the types already forbid is refused at run time too: nobody but a person himself changes anything at a planner,
 * whatever a mistake further up let through. The planner is not asked.
 */
export function forWritersOnly(planner: Planner): Planner {
  const guard =
    <V extends Viewer, Rest extends readonly unknown[], T>(write: (viewer: V, ...rest: Rest) => Promise<Planned<T>>) =>
    async (viewer: V, ...rest: Rest): Promise<Planned<T>> =>
      mayWrite(viewer) ? write(viewer, ...rest) : { ok: false, why: 'not-possible' };
  return {
    ...planner,
    hold: guard(planner.hold),
    release: guard(planner.release),
    book: guard(planner.book),
    cancel: guard(planner.cancel),
    // Looking for the truth may finish what was begun.
    reconcile: async (viewer, sought) => (mayWrite(viewer) ? planner.reconcile(viewer, sought) : { found: 'unclear' }),
  };
}
