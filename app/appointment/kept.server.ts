import { now } from '~/platform/clock.server';
import { type KeptSlots, keptForDraws } from '~/store/draw.server';

/** For so long a list of free times may not know yet that a draw was planned or has ended. Taking a time asks anew. */
const FRESH_MS = 3_000;

const known = new Map<string, { readonly at: number; readonly answer: Promise<KeptSlots[]> }>();

/** What nobody may take but by a draw, as it was some seconds ago at most: hundreds of searches a second want to know. */
export function keptLately(product: string): Promise<KeptSlots[]> {
  const present = now().epochMilliseconds;
  const last = known.get(product);
  if (last && present - last.at < FRESH_MS) return last.answer;
  const answer = keptForDraws(product);
  known.set(product, { at: present, answer });
  answer.catch(() => known.delete(product));
  return answer;
}

/** This process has changed what is drawn for. */
export const forgetKept = (): void => known.clear();
