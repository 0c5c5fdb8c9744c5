import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import type { ProductCode } from '~/model/appointment';
import { DESK_BUDGET } from './free-times.server';

/**
 * Compares the desks that a form names with those that the planners have for a product. `unsure`: a planner did not answer
 * completely, so a desk that is missing may still be one of its own.
 */
export async function checkDesks(
  product: ProductCode,
  chosen: readonly string[],
): Promise<{ readonly known: readonly string[]; readonly answer: 'known' | 'unknown' | 'unsure' }> {
  if (chosen.length === 0) return { known: [], answer: 'known' };
  const asked = await within(DESK_BUDGET, () => plannerOfAgency().desksOf(product));
  const keys = new Set(asked.state === 'unavailable' ? [] : asked.value.map(({ key }) => key));
  const known = chosen.filter((key) => keys.has(key));
  if (known.length === chosen.length) return { known, answer: 'known' };
  return { known, answer: asked.state === 'fresh' ? 'unknown' : 'unsure' };
}

/**
 * The desks of a person's wish. One that closed since the page was opened is left out; a wish for none but such desks
 * stays as it is, since none would mean any desk.
 */
export async function openDesks(product: ProductCode, chosen: readonly string[]): Promise<readonly string[]> {
  const { known, answer } = await checkDesks(product, chosen);
  return answer === 'unknown' && known.length > 0 ? known : chosen;
}
