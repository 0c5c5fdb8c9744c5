import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type CalendarEvent, calendarFile, feedFile } from './calendar-file';

const at = (text: string) => Temporal.Instant.from(text);
const VISIT: CalendarEvent = {
  uid: 'b1@portal.example',
  sequence: 0,
  start: at('2026-03-10T08:10:00Z'),
  end: at('2026-03-10T08:20:00Z'),
  zone: 'Europe/Amsterdam',
  summary: 'Vingerafdrukken',
  location: 'Straat 1, Amsterdam',
  description: 'Neem mee: paspoort; foto\nCode \\A12',
};
const NOW = at('2026-03-02T09:00:00.6Z');
const file = (given: Partial<CalendarEvent> = {}) => calendarFile({ ...VISIT, ...given }, NOW);

/** The content lines, unfolded. */
const linesOf = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');
const propertyOf = (text: string, property: string) =>
  linesOf(text)
    .find((line) => line.startsWith(`${property}:`))
    ?.slice(property.length + 1);
const unescaped = (value: string | undefined) =>
  value?.replace(/\\([\\;,nN])/g, (_, mark: string) => (/n/i.test(mark) ? '\n' : mark));

const words = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('a', ',', ';', '\\', '\n', ':', '"', 'n', 'م', 'ጤ', '😀', 'é'),
      minLength: 60,
      maxLength: 300,
    }),
  )
  .filter((text) => !/[^\P{Cc}\t\n\u0080-\u009f]/u.test(text));

describe('a calendar file', () => {
  test('holds the event as RFC 5545 orders it', () => {
    expect(linesOf(file())).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Zicht//Zicht//EN',
      'METHOD:PUBLISH',
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Amsterdam',
      'BEGIN:STANDARD',
      'DTSTART:20251026T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20260329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:b1@portal.example',
      'SEQUENCE:0',
      'STATUS:CONFIRMED',
      'DTSTAMP:20260302T090001Z',
      'DTSTART;TZID=Europe/Amsterdam:20260310T091000',
      'DTEND;TZID=Europe/Amsterdam:20260310T092000',
      'SUMMARY:Vingerafdrukken',
      'LOCATION:Straat 1\\, Amsterdam',
      'DESCRIPTION:Neem mee: paspoort\\; foto\\nCode \\\\A12',
      'CLASS:PRIVATE',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-P1D',
      'DESCRIPTION:Vingerafdrukken',
      'END:VALARM',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT2H',
      'DESCRIPTION:Vingerafdrukken',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('states its creation time in UTC, to the second', () => {
    const moments = fc.integer({ min: 0, max: 4_102_444_799_999 });
    fc.assert(
      fc.property(moments, (ms) => {
        const stamp = propertyOf(calendarFile(VISIT, Temporal.Instant.fromEpochMilliseconds(ms)), 'DTSTAMP') ?? '';
        expect(stamp).toMatch(/^\d{8}T\d{6}Z$/);
        const read = Date.parse(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
        expect(Math.abs(read - ms)).toBeLessThanOrEqual(500);
      }),
    );
  });

  test('has no line over 75 octets and splits no character', () => {
    fc.assert(
      fc.property(words, words, (summary, description) => {
        expectShortLines(file({ summary, description }));
      }),
    );
  });

  test('fills each line before folding', () => {
    const [first = ''] = file({ summary: 'x'.repeat(200) }).match(/^SUMMARY.*$/m) ?? [];
    expect(first.trimEnd()).toHaveLength(75);
    expect(file({ summary: 'x'.repeat(75 - 'SUMMARY:'.length) })).toContain(`${'x'.repeat(67)}\r\nLOCATION`);
  });

  test('round-trips every text', () => {
    fc.assert(
      fc.property(words, words, words, (summary, location, description) => {
        const written = file({ summary, location, description });
        expect(unescaped(propertyOf(written, 'SUMMARY'))).toBe(summary);
        expect(unescaped(propertyOf(written, 'LOCATION'))).toBe(location);
        expect(unescaped(propertyOf(written, 'DESCRIPTION'))).toBe(description);
      }),
    );
  });

  test('drops control characters', () => {
    expect(propertyOf(file({ summary: 'a\0b\u0007c\td\u001f\u007f' }), 'SUMMARY')).toBe('abc\td');
  });

  test.each(['\n', '\r\n', '\r'])('keeps a text with %j on one line', (end) => {
    const written = file({ summary: `Visit${end}ATTENDEE:mailto:x@y.example` });
    expect(written.split(/\r\n|\r|\n/).filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
    expect(unescaped(propertyOf(written, 'SUMMARY'))).toBe('Visit\nATTENDEE:mailto:x@y.example');
  });
});

describe('a calendar of all-day events', () => {
  const ofOne = (summary: string) => feedFile([{ uid: 'd1@zicht', date: '2026-02-28', summary }], NOW);

  test('holds each day as an event that blocks no time', () => {
    expect(linesOf(ofOne('Bezwaar; uiterlijk'))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Zicht//Zicht//EN',
      'METHOD:PUBLISH',
      'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
      'BEGIN:VEVENT',
      'UID:d1@zicht',
      'DTSTAMP:20260302T090001Z',
      'DTSTART;VALUE=DATE:20260228',
      'DTEND;VALUE=DATE:20260301',
      'SUMMARY:Bezwaar\\; uiterlijk',
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('folds by octets and round-trips every summary', () => {
    expectShortLines(ofOne('Останній день, щоб надіслати документи, яких бракує …0042'));
    fc.assert(
      fc.property(words, (summary) => {
        expectShortLines(ofOne(summary));
        expect(unescaped(propertyOf(ofOne(summary), 'SUMMARY'))).toBe(summary);
      }),
    );
  });
});

function expectShortLines(text: string) {
  for (const line of splitOctets(Buffer.from(text, 'utf8'))) {
    expect(line.length).toBeLessThanOrEqual(75);
    // A line cut inside a character decodes to replacement characters.
    expect(Buffer.from(line.toString()).equals(line)).toBe(true);
  }
}

function splitOctets(written: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = written.indexOf('\r\n'); end >= 0; end = written.indexOf('\r\n', from)) {
    lines.push(written.subarray(from, end));
    from = end + 2;
  }
  return lines;
}

const ZONES = [
  'Europe/Amsterdam',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'UTC',
];

test('the zone rules give the right instant in every zone and season', () => {
  const minutes = fc.integer({ min: 0, max: 4 * 366 * 24 * 4 }).map((quarters) => quarters * 15);
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), minutes, (zone, after) => {
      const start = at('2026-01-01T00:00:00Z').add({ minutes: after });
      const text = file({ zone, start, end: start });
      const inUtc = propertyOf(text.slice(text.indexOf('BEGIN:VEVENT')), 'DTSTART');
      if (inUtc) {
        expect(inUtc).toBe(utcText(start));
        expect(repeatsWallTime(start, zone)).toBe(true);
        return;
      }
      expect(linesOf(text)).toContain(`TZID:${zone}`);
      const wall = propertyOf(text.replaceAll('\r\n ', ''), `DTSTART;TZID=${zone}`) ?? '';
      const rules = [...text.matchAll(/DTSTART:(\w+)\r\nTZOFFSETFROM:(.*)\r\nTZOFFSETTO:(.*)\r\n/g)].map(
        ([, from = '', before = '', offset = '']) => ({ at: Date.parse(iso(from, before)), offset }),
      );
      // A rule holds from its own moment until the next one.
      const moments = rules.flatMap(({ at: since, offset }, index) => {
        const moment = Date.parse(iso(wall, offset));
        return moment >= since && moment < (rules[index + 1]?.at ?? Number.POSITIVE_INFINITY) ? [moment] : [];
      });
      expect(moments).toEqual([start.epochMilliseconds]);
    }),
    { examples: [...REPEATED, ...REPEATED.map(([zone, after]): [string, number] => [zone, after + 60])] },
  );
});

/** The first of two equal wall times, as minutes after the start of 2026. */
const REPEATED: [string, number][] = [
  ['Asia/Beirut', 961_680],
  ['Europe/Amsterdam', 427_695],
];

/** Whether an hour before or after, the clocks showed the same wall time. */
const repeatsWallTime = (instant: Temporal.Instant, zone: string) =>
  [-60, -30, 30, 60].some((minutes) =>
    instant
      .add({ minutes })
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .equals(instant.toZonedDateTimeISO(zone).toPlainDateTime()),
  );

const utcText = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

test('an hour that a clock change repeats is written in UTC', () => {
  for (const [zone, after] of REPEATED)
    for (const minutes of [after, after + 60]) {
      const start = at('2026-01-01T00:00:00Z').add({ minutes });
      const text = file({ zone, start, end: start.add({ minutes: 20 }) });
      expect(propertyOf(text, 'DTSTART')).toBe(utcText(start));
      expect(propertyOf(text, 'DTEND')).toBe(utcText(start.add({ minutes: 20 })));
      expect(text).not.toContain('VTIMEZONE');
    }
});

/** 20260302T091000 and +0100 → 2026-03-02T09:10:00+01:00 */
const iso = (wall: string, offset: string) =>
  `${wall.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6')}${offset.replace(/(\d\d)$/, ':$1')}`;
