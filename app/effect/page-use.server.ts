import { config } from '~/config/config.server';
import type { Language } from '~/model/language';
import { today } from '~/platform/clock.server';
import { addPageUses, type PageUse } from '~/store/page-use.server';

/** Kinds of pages and cases are few; more keys than this cannot be real. */
const MOST_KEYS = 20_000;

const waiting = new Map<string, PageUse>();

/**
 * Counts that a page was opened or a visit booked: its kind, the procedure and stage of the case, and the language. Nothing about
 * the person, and nothing is written before the next minute.
 */
export function countUse(
  use: PageUse['use'],
  language: Language,
  { procedure = null, stage = null }: { readonly procedure?: string | null; readonly stage?: string | null } = {},
): void {
  const day = today(config().AGENCY_ZONE);
  const week = day.subtract({ days: day.dayOfWeek - 1 }).toString();
  add({ week, use, procedure: procedure ?? '', stage: stage ?? '', language, count: 1 });
}

/** Writes what was counted since the last time. What cannot be written is kept for the next one. */
export async function writeUses(): Promise<void> {
  const uses = [...waiting.values()];
  waiting.clear();
  try {
    await addPageUses(uses);
  } catch (error) {
    uses.forEach(add);
    throw error;
  }
}

function add(use: PageUse): void {
  const key = [use.week, use.use, use.procedure, use.stage, use.language].join(' ');
  const before = waiting.get(key);
  if (!before && waiting.size >= MOST_KEYS) return;
  waiting.set(key, { ...use, count: use.count + (before?.count ?? 0) });
}
