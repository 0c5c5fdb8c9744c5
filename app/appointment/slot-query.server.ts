import { plannerOfAgency } from '~/agency/planner.server';
import { type DateRange, daysFrom } from '~/model/appointment';
import { daysOfMonth, parseDay, parseMonth } from '~/model/month';
import { PARTS_OF_DAY, type PartOfDay } from '~/model/watch';
import { agencyDay } from '~/platform/clock.server';
import { desksIn, weekdaysIn } from './form-fields.server';

/** A search for slots, as its address says it. */
export interface SlotQuery {
  /** Desk keys; empty = all desks. */
  readonly desks: readonly string[];
  readonly noDeskChosen: boolean;
  readonly persons: number;
  /** The largest party of one appointment, when the address asked for more; else null. */
  readonly most: number | null;
  /** ISO weekdays; empty = all of them. */
  readonly weekdays: readonly number[];
  readonly part: PartOfDay;
  /** ISO local date and time of a slot that somebody else just took. */
  readonly taken: string | null;
  /** ISO date; null = from the first free day. */
  readonly from: string | null;
  /** YYYY-MM; null = the list by day. */
  readonly month: string | null;
  /** Id of the booking to be moved, unverified. */
  readonly move: string | null;
  /** Only slots before that booking. */
  readonly earlier: boolean;
}

/** Parses a search address. @param comers how many people can come: all of them unless the address says fewer */
export function parseSlotQuery(search: URLSearchParams, comers: number): SlotQuery {
  const max = plannerOfAgency().capabilities().maxParty;
  const persons = Number(search.get('persons') ?? comers);
  const present = agencyDay();
  const taken = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.exec(search.get('taken') ?? '')?.[0] ?? null;
  return {
    desks: desksIn(search),
    noDeskChosen: search.has('filter') && !search.has('desk'),
    persons: Number.isInteger(persons) ? Math.min(Math.max(persons, 1), comers, max) : 1,
    most: persons > max ? max : null,
    weekdays: weekdaysIn(search),
    part: PARTS_OF_DAY.find((part) => part === search.get('part')) ?? 'any',
    taken,
    from: parseDay(search.get('from'), present),
    month: parseMonth(search.get('month'), present.slice(0, 7)),
    move: search.get('move')?.slice(0, 50) ?? null,
    earlier: search.has('earlier'),
  };
}

/** Days that a search from a chosen day covers. */
const DAYS_AHEAD = 31;

/** The days that a search covers; left out: from the first free day on. */
export function daysWanted({ month, from }: Pick<SlotQuery, 'month' | 'from'>): DateRange | undefined {
  if (month) return daysOfMonth(month);
  return from ? daysFrom(from, DAYS_AHEAD) : undefined;
}

/** The address of the same search with some changes, from "?" on. A taken slot is left out. */
export function slotQueryAddress(wishes: SlotQuery, changed: Partial<SlotQuery> = {}): string {
  const { desks, persons, weekdays, part, from, month, move, earlier } = { ...wishes, ...changed };
  const query = new URLSearchParams({ persons: String(persons) });
  for (const desk of desks) query.append('desk', desk);
  for (const day of weekdays) query.append('day', String(day));
  if (part !== 'any') query.set('part', part);
  if (move) query.set('move', move);
  if (earlier) query.set('earlier', '1');
  if (month) query.set('month', month);
  if (from) query.set('from', from);
  return `?${query}`;
}
