import { onClearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { type ReservedSlots, reservedForDraws } from '~/store/draw.server';

/** A list of free times may be this old about planned and finished draws. Taking a slot bypasses it. */
const FRESH_MS = 3_000;

const known = new Map<string, { readonly at: number; readonly answer: Promise<ReservedSlots[]> }>();

/** The slots that only a draw may give away, cached for `FRESH_MS`: hundreds of searches a second need them. */
export function reservedSlots(product: string): Promise<ReservedSlots[]> {
  const present = now().epochMilliseconds;
  const last = known.get(product);
  if (last && present - last.at < FRESH_MS) return last.answer;
  const answer = reservedForDraws(product);
  known.set(product, { at: present, answer });
  answer.catch(() => known.delete(product));
  return answer;
}

/** Drops the cache after this process changed a release. */
export const dropReservedSlots = (): void => known.clear();
onClearCaches(dropReservedSlots);
