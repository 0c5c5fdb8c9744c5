import { Temporal } from 'temporal-polyfill';

export interface CalendarEvent {
  /** The same for every version of the event. */
  readonly uid: string;
  /** Grows with every change. */
  readonly sequence: number;
  readonly start: Temporal.Instant;
  /** Null where its length is not known. */
  readonly end: Temporal.Instant | null;
  /** IANA zone of the place. */
  readonly zone: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
}

/** An event of a feed at a moment; null where its length is not known. */
export interface MomentEvent {
  readonly uid: string;
  readonly start: Temporal.Instant;
  readonly summary: string;
  readonly location: string;
}

/** An all-day event, independent of the reader's zone. */
export interface DayEvent {
  readonly uid: string;
  /** ISO date. */
  readonly date: string;
  readonly summary: string;
}

/**
 * One event as an iCalendar file (RFC 5545), with an alarm a day and one two hours before. Its times are wall times of the
 * event's zone, as in the visitor's letter, or UTC where a wall time occurs twice. Opening a file with the same UID and a higher sequence changes the entry. No
 * file removes one: programs ignore METHOD:CANCEL in a file, and RFC 5546 wants an organiser in it.
 */
export function calendarFile(event: CalendarEvent, now: Temporal.Instant): string {
  const { zone, start, end } = event;
  const inUtc = occursTwice(start, zone) || (end !== null && occursTwice(end, zone));
  const time = (name: string, instant: Temporal.Instant) =>
    inUtc
      ? `${name}:${utc(instant)}`
      : `${name};TZID=${zone}:${wall(instant.toZonedDateTimeISO(zone).toPlainDateTime())}`;
  return fileOf([
    'METHOD:PUBLISH',
    ...(inUtc ? [] : zoneRules(zone, start)),
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    'STATUS:CONFIRMED',
    `DTSTAMP:${utc(now)}`,
    time('DTSTART', start),
    ...(end ? [time('DTEND', end)] : []),
    `SUMMARY:${escaped(event.summary)}`,
    `LOCATION:${escaped(event.location)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    'CLASS:PRIVATE',
    ...alarm('-P1D', event.summary),
    ...alarm('-PT2H', event.summary),
    'END:VEVENT',
  ]);
}

/** True in the hour that a clock change repeats: RFC 5545 takes its wall time for the first of the two. */
function occursTwice(instant: Temporal.Instant, zone: string): boolean {
  const local = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(zone, { disambiguation }).toInstant(),
  );
  return first !== undefined && second !== undefined && !first.equals(second);
}

const alarm = (before: string, text: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `TRIGGER:${before}`,
  `DESCRIPTION:${escaped(text)}`,
  'END:VALARM',
];

/** A calendar for subscribers, refreshed every six hours. Its all-day events do not block time. */
export function feedFile(events: readonly (DayEvent | MomentEvent)[], now: Temporal.Instant): string {
  return fileOf([
    'METHOD:PUBLISH',
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.uid}`,
      `DTSTAMP:${utc(now)}`,
      ...('date' in event ? wholeDay(event) : moment(event)),
      `SUMMARY:${escaped(event.summary)}`,
      'CLASS:PRIVATE',
      ...('date' in event ? ['TRANSP:TRANSPARENT'] : []),
      'END:VEVENT',
    ]),
  ]);
}

const wholeDay = ({ date }: DayEvent): string[] => [
  `DTSTART;VALUE=DATE:${compact(date)}`,
  `DTEND;VALUE=DATE:${compact(Temporal.PlainDate.from(date).add({ days: 1 }).toString())}`,
];

/** In UTC: a feed with events of several years would need all rules of their zone. */
const moment = ({ start, location }: MomentEvent): string[] => [
  `DTSTART:${utc(start)}`,
  `LOCATION:${escaped(location)}`,
];

function fileOf(lines: readonly string[]): string {
  const all = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Zicht//Zicht//EN', ...lines, 'END:VCALENDAR'];
  return `${all.map(folded).join('\r\n')}\r\n`;
}

/** An ISO date or time without dashes and colons. */
const compact = (iso: string) => iso.replace(/[-:]/g, '');

/** 20260302T081000Z */
const utc = (instant: Temporal.Instant) => compact(instant.round('second').toString());

/** 20260302T091000 */
const wall = (local: Temporal.PlainDateTime) => compact(local.toString({ smallestUnit: 'second' }));

/** The zone's rules around an instant: the present one and the one after the next clock change. */
function zoneRules(zone: string, at: Temporal.Instant): string[] {
  const local = at.toZonedDateTimeISO(zone);
  const changes = [local.getTimeZoneTransition('previous'), local.getTimeZoneTransition('next')];
  const rules = changes.flatMap((change) => (change ? ruleFrom(change) : []));
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...(changes[0] ? [] : ruleAlways(local)), ...rules, 'END:VTIMEZONE'];
}

function ruleFrom(change: Temporal.ZonedDateTime): string[] {
  const before = change.subtract({ nanoseconds: 1 });
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  // RFC 5545 gives the change in the wall time before it.
  return rule(kind, before.toPlainDateTime().add({ nanoseconds: 1 }), before.offset, change.offset);
}

const ruleAlways = (local: Temporal.ZonedDateTime): string[] =>
  rule('STANDARD', local.toPlainDateTime().with({ year: 1970 }), local.offset, local.offset);

const rule = (kind: string, from: Temporal.PlainDateTime, before: string, after: string): string[] => [
  `BEGIN:${kind}`,
  `DTSTART:${wall(from)}`,
  `TZOFFSETFROM:${before.replace(':', '')}`,
  `TZOFFSETTO:${after.replace(':', '')}`,
  `END:${kind}`,
];

/** A TEXT value (RFC 5545 §3.3.11). Control characters other than tab and line end are not allowed in one. */
const escaped = (text: string) =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(CONTROLS, '');

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f]/g;

const LONGEST_LINE = 75;

/** Folds a line to at most 75 octets of UTF-8, never inside a character (RFC 5545 §3.1). */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > LONGEST_LINE) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
