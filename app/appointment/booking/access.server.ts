import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { config } from '~/config/config.server';
import { type Desk, isProduct } from '~/model/appointment';
import { accessItems, textFor } from '~/model/desk-access';
import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';

/** How long a page waits for the planners' notes on their desks, in milliseconds. */
const BUDGET = 900;

/**
 * How to reach desks and get into them, from the agency's own file and the planner's notes. Desks without any text are
 * left out.
 *
 * @param keys desks, in the order in which they are shown
 */
export async function accessTo(language: Language, product: string, keys: readonly string[]) {
  if (!isProduct(product)) return [];
  const known = knownValue(await within(BUDGET, () => plannerOfAgency().desksOf(product))) ?? [];
  return keys.flatMap((key) => accessOf(language, known.find((desk) => desk.key === key) ?? { key, name: key }) ?? []);
}

function accessOf(language: Language, { key, name, notes = [] }: Desk) {
  const facts = config().DESKS_FILE?.[key] ?? {};
  const view = {
    desk: name,
    items: accessItems(facts),
    transport: textFor(language, facts.transport),
    parking: textFor(language, facts.parking),
    notes,
  };
  return view.items.length > 0 || view.transport || view.parking || notes.length > 0 ? view : null;
}

export type AccessView = NonNullable<ReturnType<typeof accessOf>>;
