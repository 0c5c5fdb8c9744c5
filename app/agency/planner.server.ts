import { config } from '~/config/config.server';
import type { PlannerSettings } from '~/config/planners.server';
import type { ProductCode } from '~/model/appointment';
import type { Gate } from './gate.server';
import { gates } from './gates.server';
import { jccPlanner } from './jcc/planner.server';
import { oapPlanner } from './oap/planner.server';
import { combinedPlanner } from './planner-combined.server';
import { forWritersOnly } from './planner-guard';
import type { Planner } from './planner-port';
import { qmaticPlanner } from './qmatic/planner.server';
import { zmsPlanner } from './zms/planner.server';

let planner: Planner | undefined;

/** Whether the agency has a planner at all. */
export const hasPlanner = (): boolean => config().PLANNERS.length > 0;

/** Whether any planner knows the product. If not, people make their appointment with the agency itself. */
export const canBook = (product: ProductCode): boolean =>
  config().PLANNERS.some(({ products }) => products[product] !== undefined);

export function plannerOfAgency(): Planner {
  planner ??= forWritersOnly(
    combinedPlanner(
      config().PLANNERS.map((settings) => ({
        name: settings.name,
        title: settings.title ?? (settings.name || config().AGENCY_NAME),
        page: settings.page ?? null,
        planner: plannerFor(settings, gateOf(settings.name), config().PLANNER_FRESH_SECONDS * 1000),
      })),
    ),
  );
  return planner;
}

/** The adapter for a planner's standard. @param freshMs how long free slots are cached for all callers */
export function plannerFor(settings: PlannerSettings, gate: Gate, freshMs: number): Planner {
  switch (settings.kind) {
    case 'oap':
      return oapPlanner(settings, gate, freshMs);
    case 'zms':
      return zmsPlanner(settings, gate, freshMs);
    case 'qmatic':
      return qmaticPlanner(settings, gate, freshMs);
    case 'jcc':
      return jccPlanner(settings, gate, freshMs);
  }
}

function gateOf(name: string): Gate {
  const gate = gates().planners.get(name);
  if (!gate) throw new Error(`no gate to the planner "${name}"`);
  return gate;
}
