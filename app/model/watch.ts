import { type Slot, slotId } from './appointment';
import { weekdayOf } from './time';

export const PARTS_OF_DAY = ['any', 'morning', 'afternoon'] as const;
export type PartOfDay = (typeof PARTS_OF_DAY)[number];

/** Which slots a person can use. An empty list means any. */
export interface SlotWish {
  /** Keys of desks. */
  readonly desks: readonly string[];
  /** ISO weekdays, 1 (Monday) to 7. */
  readonly weekdays: readonly number[];
  readonly part: PartOfDay;
  /** ISO date in the desk's zone: only slots on earlier days. */
  readonly before: string | null;
}

/** A person who waits for an earlier slot. */
export interface Watcher extends SlotWish {
  readonly id: string;
  /** ISO instant. */
  readonly waitingSince: string;
  /** Ids of slots that were offered before and not accepted. */
  readonly declined: readonly string[];
  /** Has an open offer, or must not be disturbed now. */
  readonly busy: boolean;
}

const NOON = '12:00';

export function isWanted(slot: Slot, { desks, weekdays, part, before }: SlotWish): boolean {
  if (desks.length > 0 && !desks.includes(slot.desk.key)) return false;
  if (weekdays.length > 0 && !weekdays.includes(weekdayOf(slot.date))) return false;
  if (part !== 'any' && slot.startTime < NOON !== (part === 'morning')) return false;
  return before === null || slot.date < before;
}

export interface Offer {
  readonly watcher: string;
  readonly slot: Slot;
}

/**
 * Assigns slots to watchers: the longest waiting first, each the earliest slot they can use, no slot twice.
 *
 * @param taken ids of slots in open offers
 */
export function assignOffers(
  watchers: readonly Watcher[],
  slots: readonly Slot[],
  taken: readonly string[] = [],
): Offer[] {
  const left = new Map(
    [...slots]
      .sort((a, b) => a.instant.localeCompare(b.instant) || slotId(a).localeCompare(slotId(b)))
      .map((slot) => [slotId(slot), slot]),
  );
  for (const id of taken) left.delete(id);
  const line = watchers
    .filter(({ busy }) => !busy)
    .sort((a, b) => a.waitingSince.localeCompare(b.waitingSince) || a.id.localeCompare(b.id));
  return line.flatMap((watcher) => {
    const wanted = [...left.values()].find(
      (slot) => isWanted(slot, watcher) && !watcher.declined.includes(slotId(slot)),
    );
    if (!wanted) return [];
    left.delete(slotId(wanted));
    return [{ watcher: watcher.id, slot: wanted }];
  });
}

/** At which quiet hours begin and end, HH:00. */
export const HOURS: readonly string[] = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

/** Whether a wall time (HH:mm) lies in quiet hours, which may span midnight. Equal ends mean no quiet hours. */
export function isQuiet(time: string, from: string, until: string): boolean {
  if (from === until) return false;
  return from < until ? time >= from && time < until : time >= from || time < until;
}
