import type { Temporal } from 'temporal-polyfill';

export interface CalendarEvent {
  /** The same for every version of the same event. */
  readonly uid: string;
  /** Grows with every change. */
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  /** IANA zone of the place, whose clock the visitor goes by. */
  readonly zone: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
}

/**
 * An event as a calendar file (RFC 5545), at the time of the clock where it is: who reads it in another country is not
 * left with an hour that is nowhere on his letter.
 */
export function calendarFile(event: CalendarEvent, now: Temporal.Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Zicht//Zicht//EN',
    `METHOD:${event.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    ...zoneRules(event.zone, event.start),
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART;TZID=${event.zone}:${wall(event.start.toZonedDateTimeISO(event.zone).toPlainDateTime())}`,
    `DTEND;TZID=${event.zone}:${wall(event.end.toZonedDateTimeISO(event.zone).toPlainDateTime())}`,
    `SUMMARY:${escaped(event.summary)}`,
    `LOCATION:${escaped(event.location)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** 20260302T081000Z */
const utc = (instant: Temporal.Instant) => instant.round('second').toString().replace(/[-:]/g, '');

/** 20260302T091000 */
const wall = (local: Temporal.PlainDateTime) => local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

/** The zone as far as this event needs it: what holds since the last change of its clocks, and from the next one on. */
function zoneRules(zone: string, at: Temporal.Instant): string[] {
  const local = at.toZonedDateTimeISO(zone);
  const changes = [local.getTimeZoneTransition('previous'), local.getTimeZoneTransition('next')];
  const rules = changes.flatMap((change) => (change ? ruleFrom(change) : []));
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...(changes[0] ? [] : ruleAlways(local)), ...rules, 'END:VTIMEZONE'];
}

function ruleFrom(change: Temporal.ZonedDateTime): string[] {
  const before = change.subtract({ nanoseconds: 1 });
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  // The change stands at the time that the clocks showed until then.
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

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');

const LONGEST_LINE = 75;

/** Lines of at most 75 octets; a character is never cut (RFC 5545 §3.1). */
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
