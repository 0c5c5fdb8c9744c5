import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { formatsOf } from '~/i18n/format.server';
import { bySlotTime, type DateRange, type Desk, type ProductCode, type Slot, slotId } from '~/model/appointment';
import type { Language } from '~/model/language';
import { type Loaded, type Trouble, unavailable } from '~/model/loaded';
import { now } from '~/platform/clock.server';
import { isReserved, reservedForDraws } from '~/store/draw.server';
import { reservedSlots } from './reserved-slots.server';

export interface FreeSlots {
  readonly slots: readonly Slot[];
  readonly failed: readonly Desk[];
  /** Desks of which only a part is known. */
  readonly gaps: readonly Gap[];
  readonly why: Trouble | null;
}

export interface Gap {
  readonly desk: Desk;
  /** The first day (ISO) of which the slots are not known; null when it can be any. */
  readonly from: string | null;
}

interface Asking {
  readonly persons: number;
  readonly drawn?: string | null;
  readonly sure?: boolean;
}

/** How long a page waits for a desk, in milliseconds. */
export const DESK_BUDGET = 3_000;
/** Nobody can reach a desk sooner than this. */
const ON_THE_WAY_MINUTES = 30;

/**
 * The free slots of several desks, ascending, requested in parallel. A desk that fails hides no other. Slots reserved
 * for a draw are left out, except the one that the reader won.
 *
 * @param drawn the id of the slot that the reader won; `all` for the draw itself
 * @param sure a slot is about to be taken: bypasses the cache of reserved slots
 */
export async function freeSlots(
  product: ProductCode,
  desks: readonly Desk[],
  { persons, drawn = null, sure = false }: Asking,
  range?: DateRange,
): Promise<FreeSlots> {
  const reserved = drawn === 'all' ? [] : await (sure ? reservedForDraws(product) : reservedSlots(product));
  const answers = await Promise.all(
    desks.map(
      async (desk): Promise<[Desk, Loaded<Slot[]>]> => [
        desk,
        await within(DESK_BUDGET, () => plannerOfAgency().slotsOf(product, desk, persons, range)),
      ],
    ),
  );
  const soonest = now().add({ minutes: ON_THE_WAY_MINUTES }).toString();
  const slots = answers.flatMap(([, loaded]) => (loaded.state === 'unavailable' ? [] : loaded.value));
  const failed = answers.flatMap(([desk, { state }]) => (state === 'unavailable' ? [desk] : []));
  const [, first = unavailable('down')] = answers.find(([, { state }]) => state === 'unavailable') ?? [];
  return {
    slots: slots
      .filter((slot) => slot.instant > soonest && (slotId(slot) === drawn || !isReserved(slot, reserved)))
      .sort(bySlotTime),
    failed,
    gaps: answers.flatMap(([desk, loaded]) => (loaded.state === 'partial' ? [gapIn(desk, loaded.missing)] : [])),
    why: failed.length > 0 && first.state === 'unavailable' ? first.why : null,
  };
}

function gapIn(desk: Desk, missing: readonly string[]): Gap {
  const days = missing.filter((each) => /^\d{4}-\d{2}-\d{2}$/.test(each)).sort();
  return { desk, from: days.length === missing.length ? (days[0] ?? null) : null };
}

/** A free slot as a page shows it; day and time in the reader's language. */
export function slotView(slot: Slot, language: Language) {
  const formats = formatsOf(language);
  return {
    id: slotId(slot),
    day: formats.weekday(slot.date),
    time: formats.time(slot.startTime),
    desk: slot.desk.name,
  };
}

export type SlotView = ReturnType<typeof slotView>;
