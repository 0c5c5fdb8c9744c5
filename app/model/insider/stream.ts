import { Temporal } from 'temporal-polyfill';
import type { AuditEvent } from '../audit-event';
import { groupsOf } from '../groups';

/** What an agency knows besides the audit log. Employees by their pseudonym in the log, people by their keyed hash. */
export interface Facts {
  /** The agency's IANA zone, in which weeks, days and working hours are reckoned. */
  readonly zone: string;
  /** ISO instant up to which the log was read. A request without an answer may still get one later. */
  readonly asOf: string;
  readonly hours: Hours;
  /** Hours of employees who differ from `hours`, by employee. */
  readonly ownHours: ReadonlyMap<string, Hours>;
  /**
   * Calls that the telephone system logged; null when they are not available, which turns off the rules that need them.
   */
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

/** An audit entry with its time in the forms that rules use. */
export interface Moment extends AuditEvent {
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** ISO date, in the agency's zone. */
  readonly day: string;
  /** ISO date of the Monday of its week. */
  readonly week: string;
  /** Minutes since midnight. */
  readonly minute: number;
  /** 1 is Monday. */
  readonly weekday: number;
}

/** Everything that one employee or advisor opened of one person under one grant. */
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
  /** By employees, for a call. */
  readonly looks: readonly Look[];
  /** By advisors, under mandates. */
  readonly advisorLooks: readonly Look[];
}

/** What a rule found: a question to ask, never a verdict. */
export interface Finding {
  readonly actor: string;
  /** ISO date of the Monday of the week. */
  readonly week: string;
  readonly eventIds: readonly string[];
  /** In words, without names. */
  readonly why: string;
}

export type Rule = (stream: Stream, facts: Facts) => Finding[];

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Sorts audit entries by time and groups them into looks. `zone`: IANA. */
export function streamOf(events: readonly AuditEvent[], zone: string): Stream {
  const clock = localClock(zone);
  const moments = events
    .map((event): Moment => ({ ...event, ...clock(event.time) }))
    .sort((a, b) => a.ms - b.ms || (a.operationId < b.operationId ? -1 : 1));
  const opened = moments.filter(({ action, result }) => action.startsWith('view-case') && result === 'done');
  return {
    moments,
    looks: groupIntoLooks(opened.filter(({ actorRole }) => actorRole === 'staff')),
    advisorLooks: groupIntoLooks(opened.filter(({ actorRole }) => actorRole === 'advisor')),
  };
}

function groupIntoLooks(opened: readonly Moment[]): Look[] {
  const looks = new Map<string, Look>();
  for (const event of opened) {
    const { actor, grantId, onBehalfOf } = event;
    if (onBehalfOf === null) continue;
    // A mandate lasts a year, so each day under it is a look of its own.
    const key = `${actor} ${onBehalfOf} ${event.consent === null ? event.day : grantId}`;
    const before = looks.get(key);
    looks.set(key, {
      actor,
      subject: onBehalfOf,
      first: before?.first ?? event,
      last: event,
      eventIds: [...(before?.eventIds ?? []), event.operationId],
    });
  }
  return [...looks.values()];
}

/** Local times. Offsets change on the hour only, so one conversion serves a whole hour. */
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

/** Groups by key, keeping the order. */
export const groupBy = <Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Thing[][] => [
  ...groupsOf(things, keyOf).values(),
];

/** The stretch of `within` milliseconds that holds the most things; they are sorted by time. */
export function fullestStretch<Thing>(things: readonly Thing[], within: number, at: (thing: Thing) => number): Thing[] {
  let best: Thing[] = [];
  let start = 0;
  for (let end = 0; end < things.length; end += 1) {
    const last = things[end];
    while (last !== undefined && at(last) - at(things[start] ?? last) > within) start += 1;
    if (end - start + 1 > best.length) best = things.slice(start, end + 1);
  }
  return best;
}

export const countDistinct = <Thing>(things: readonly Thing[], keyOf: (thing: Thing) => unknown): number =>
  new Set(things.map(keyOf)).size;
