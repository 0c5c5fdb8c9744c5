import { Temporal } from 'temporal-polyfill';
import type { AuditEvent } from '../audit-event';

/** What an agency knows beside the record. Employees by their pseudonym on record, people by their keyed hash. */
export interface Facts {
  /** The agency's IANA zone: weeks, days and working hours are its own. */
  readonly zone: string;
  /** Up to when the record was read (ISO instant): what is not answered yet may still be. */
  readonly asOf: string;
  readonly hours: Hours;
  /** Whose hours are others than the house's. */
  readonly ownHours: ReadonlyMap<string, Hours>;
  /** What the telephone system knows; null: nobody gave it, and what needs it is not looked for. */
  readonly calls: readonly PhoneCall[] | null;
  readonly relations: readonly Relation[];
}

export interface Hours {
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
  /** 1 is Monday, 7 Sunday. */
  readonly days: readonly number[];
}

export interface PhoneCall {
  readonly actor: string;
  /** ISO instants. */
  readonly from: string;
  readonly to: string;
}

export interface Relation {
  readonly actor: string;
  readonly subject: string;
  readonly as: 'self' | 'family' | 'address' | 'name' | 'colleague';
}

/** An event with its time in the forms that rules count in. */
export interface Moment extends AuditEvent {
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** ISO date, in the agency's zone. */
  readonly day: string;
  /** The Monday of its week. */
  readonly week: string;
  /** Minutes since midnight. */
  readonly minute: number;
  /** 1 is Monday. */
  readonly weekday: number;
}

/** All that one employee or advisor opened of one person under one grant. */
export interface Look {
  readonly actor: string;
  readonly subject: string;
  readonly first: Moment;
  readonly last: Moment;
  readonly eventIds: readonly string[];
}

export interface Stream {
  /** Oldest first. */
  readonly moments: readonly Moment[];
  /** By employees: who looks at somebody else's file for a call. */
  readonly looks: readonly Look[];
  /** By advisors, under mandates. */
  readonly advisorLooks: readonly Look[];
}

/** What a rule found: a question to ask somebody, never a verdict. */
export interface Found {
  readonly actor: string;
  /** The Monday of the week, ISO date. */
  readonly week: string;
  readonly eventIds: readonly string[];
  /** In words, without anybody's name. */
  readonly why: string;
}

export type Rule = (stream: Stream, facts: Facts) => Found[];

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Puts events in their order and gathers the looks in them. */
export function streamOf(events: readonly AuditEvent[], zone: string): Stream {
  const clock = localClock(zone);
  const moments = events
    .map((event): Moment => ({ ...event, ...clock(event.time) }))
    .sort((a, b) => a.ms - b.ms || (a.operationId < b.operationId ? -1 : 1));
  const seen = moments.filter(({ action, result }) => action.startsWith('view-case') && result === 'done');
  return {
    moments,
    looks: gathered(seen.filter(({ actorRole }) => actorRole === 'staff')),
    advisorLooks: gathered(seen.filter(({ actorRole }) => actorRole === 'advisor')),
  };
}

function gathered(views: readonly Moment[]): Look[] {
  const looks = new Map<string, Look>();
  for (const view of views) {
    const { actor, grantId, onBehalfOf } = view;
    if (onBehalfOf === null) continue;
    // A mandate lasts a year: under it each day is a look of its own.
    const key = `${actor} ${onBehalfOf} ${view.consent === null ? view.day : grantId}`;
    const before = looks.get(key);
    looks.set(key, {
      actor,
      subject: onBehalfOf,
      first: before?.first ?? view,
      last: view,
      eventIds: [...(before?.eventIds ?? []), view.operationId],
    });
  }
  return [...looks.values()];
}

/** Local times. An offset changes on the hour at most, so that one conversion serves a whole hour. */
function localClock(zone: string): (time: string) => Pick<Moment, 'ms' | 'day' | 'week' | 'minute' | 'weekday'> {
  const hours = new Map<number, Omit<Moment, keyof AuditEvent | 'ms'>>();
  return (time) => {
    const ms = Date.parse(time);
    const hour = Math.floor(ms / (60 * MINUTE));
    let known = hours.get(hour);
    if (!known) {
      const local = Temporal.Instant.fromEpochMilliseconds(hour * 60 * MINUTE).toZonedDateTimeISO(zone);
      const date = local.toPlainDate();
      known = {
        day: date.toString(),
        week: date.subtract({ days: date.dayOfWeek - 1 }).toString(),
        minute: local.hour * 60 + local.minute,
        weekday: date.dayOfWeek,
      };
      hours.set(hour, known);
    }
    return { ...known, ms, minute: known.minute + Math.floor((ms - hour * 60 * MINUTE) / MINUTE) };
  };
}

/** Things by what they have in common, in their order. */
export function groupedBy<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Thing[][] {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return [...groups.values()];
}

/** The fullest stretch of so many milliseconds, of things in the order of their times. */
export function fullest<Thing>(things: readonly Thing[], within: number, at: (thing: Thing) => number): Thing[] {
  let best: Thing[] = [];
  let start = 0;
  for (let end = 0; end < things.length; end += 1) {
    const last = things[end];
    while (last !== undefined && at(last) - at(things[start] ?? last) > within) start += 1;
    if (end - start + 1 > best.length) best = things.slice(start, end + 1);
  }
  return best;
}

export const countOf = <Thing>(things: readonly Thing[], keyOf: (thing: Thing) => unknown): number =>
  new Set(things.map(keyOf)).size;
