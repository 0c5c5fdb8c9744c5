import ICAL from 'ical.js';
import ical from 'node-ical';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { calendarFile, feedFile } from '../app/model/calendar-file';

/** Our files through two readers: that of Thunderbird and a widely used one for Node. */

const at = (text: string) => Temporal.Instant.from(text);
const NOW = at('2026-03-02T09:00:00Z');
const VISIT = {
  uid: 'b1@portal.example',
  sequence: 0,
  start: at('2026-03-30T07:10:00Z'),
  end: at('2026-03-30T07:20:00Z'),
  zone: 'Europe/Amsterdam',
  summary: 'Uw afspraak; بصمات, 😀',
  location: 'Desk, Straat 1, 1000 AA Voorbeeldstad',
  description: 'Code A12\nMeenemen: paspoort',
};

/** What ical.js reads. Throws for a file that is no calendar. */
function byIcalJs(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone), undefined);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const alarms = component
      .getAllSubcomponents('valarm')
      .map((alarm) => String(alarm.getFirstPropertyValue('trigger')));
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      isDay: event.startDate.isDate,
      summary: event.summary,
      location: event.location,
      alarms,
    };
  });
}

const byNodeIcal = (text: string) =>
  Object.values(ical.sync.parseICS(text)).flatMap((each) => (each?.type === 'VEVENT' ? [each] : []));

describe('the file of a visit', () => {
  const text = calendarFile(VISIT, NOW);

  test('is read alike, with alarms a day and two hours before', () => {
    expect(byIcalJs(text)).toEqual([
      {
        uid: VISIT.uid,
        sequence: 0,
        start: '2026-03-30T07:10:00.000Z',
        isDay: false,
        summary: VISIT.summary,
        location: VISIT.location,
        alarms: ['-P1D', '-PT2H'],
      },
    ]);
    const [event] = byNodeIcal(text);
    expect(event?.start.toISOString()).toBe('2026-03-30T07:10:00.000Z');
    expect(event?.end?.toISOString()).toBe('2026-03-30T07:20:00.000Z');
    expect([event?.uid, event?.location, event?.alarms?.length]).toEqual([VISIT.uid, VISIT.location, 2]);
  });

  test('that was moved is the same entry, changed', () => {
    const moved = { ...VISIT, sequence: 1, start: at('2026-03-31T08:10:00Z'), end: at('2026-03-31T08:20:00Z') };
    const [before] = byIcalJs(text);
    const [after] = byIcalJs(calendarFile(moved, NOW));
    expect(after?.uid).toBe(before?.uid);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
    expect(after?.start).toBe('2026-03-31T08:10:00.000Z');
  });

  test('of which the length is not known has a start only', () => {
    const [event] = byNodeIcal(calendarFile({ ...VISIT, end: null }, NOW));
    expect(event?.start.toISOString()).toBe('2026-03-30T07:10:00.000Z');
  });
});

describe('the feed of deadlines', () => {
  const text = feedFile(
    [
      { uid: 'd1@zicht', date: '2026-03-30', summary: 'Papieren …0042' },
      { uid: 'd2@zicht', start: at('2026-10-26T08:00:00Z'), summary: 'Uitnodiging …0042', location: 'Plein 1, Stad' },
    ],
    NOW,
  );

  test('has deadlines as days and invitations as moments with a place', () => {
    expect(byIcalJs(text)).toMatchObject([
      { uid: 'd1@zicht', isDay: true },
      { uid: 'd2@zicht', isDay: false, start: '2026-10-26T08:00:00.000Z', location: 'Plein 1, Stad' },
    ]);
    expect(byNodeIcal(text).map(({ datetype }) => datetype)).toEqual(['date', 'date-time']);
  });
});
