import { plannerOfAgency } from '~/agency/planner.server';
import { config } from '~/config/config.server';
import { dayIn, monthIn } from '~/model/month';
import { PARTS_OF_DAY, type PartOfDay } from '~/model/watch';
import { today } from '~/platform/clock.server';

/** What somebody asked for, from the address. */
export interface Wishes {
  /** Keys of desks; empty = all of them. */
  readonly desks: readonly string[];
  readonly noDeskChosen: boolean;
  readonly persons: number;
  /** The most that one appointment takes, where more were asked for. */
  readonly most: number | null;
  /** ISO weekdays; empty = all of them. */
  readonly weekdays: readonly number[];
  readonly part: PartOfDay;
  /** ISO local date and time of a slot that was just lost to somebody else. */
  readonly taken: string | null;
  /** ISO date; null = from the first free day. */
  readonly from: string | null;
  /** YYYY-MM; null = the list by day. */
  readonly month: string | null;
  /** Id of the booking that is to be moved, as it stands in the address. */
  readonly move: string | null;
  /** Only what is earlier than that booking. */
  readonly earlier: boolean;
}

/** @param suggested how many people the case suggests, when the address does not say */
export function wishesOf(search: URLSearchParams, suggested: number): Wishes {
  const max = plannerOfAgency().capabilities().maxParty;
  const persons = Number(search.get('persons') ?? suggested);
  const present = today(config().AGENCY_ZONE).toString();
  const taken = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.exec(search.get('taken') ?? '')?.[0] ?? null;
  const weekdays = search.getAll('day').map(Number);
  return {
    desks: search.getAll('desk').slice(0, 50),
    noDeskChosen: search.has('filter') && !search.has('desk'),
    persons: Number.isInteger(persons) ? Math.min(Math.max(persons, 1), max) : 1,
    most: persons > max ? max : null,
    weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => weekdays.includes(day)),
    part: PARTS_OF_DAY.find((part) => part === search.get('part')) ?? 'any',
    taken,
    from: dayIn(search.get('from'), present),
    month: monthIn(search.get('month'), present.slice(0, 7)),
    move: search.get('move')?.slice(0, 50) ?? null,
    earlier: search.has('earlier'),
  };
}

/** The address of the same search with some wishes changed; starts with "?". A slot that was lost is not kept in it. */
export function addressOf(wishes: Wishes, changed: Partial<Wishes> = {}): string {
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
