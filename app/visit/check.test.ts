import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { plannerOfAgency } from '~/agency/planner.server';
import { notCheckedLately } from '~/answer/visit-since.server';
import { confirmHold, noteToldCancelled } from '~/appointment/booking/booking.server';
import { calendarEntry } from '~/appointment/booking/calendar-entry.server';
import { followUp } from '~/appointment/booking/follow-up.server';
import { storeHold } from '~/appointment/hold/hold.server';
import type { Slot } from '~/model/appointment';
import { clearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { ownerOf } from '~/platform/pseudonym.server';
import { type Booking, bookingWith } from '~/store/booking.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import { openTestStore, rowsOf } from '../../tests/database';
import { type Kind, personNumber, thisMorning, VIEWER } from '../../tests/races/planners';
import { checkBooking } from './check.server';
import { visitFor, visitsIn } from './visits.server';

let agency: Agency;
let store: Awaited<ReturnType<typeof openTestStore>>;
let made = 0;
const owner = () => ownerOf(VIEWER);

beforeAll(async () => {
  [agency, store] = await Promise.all([startAgency({ now: thisMorning() }), openTestStore()]);
  vi.stubEnv('PLANNERS', JSON.stringify(plannerList(agency.url)));
  vi.stubEnv('PLANNER_FRESH_SECONDS', '0');
  vi.stubEnv('QUEUE_URL', `${agency.url}/queue/v1`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([agency.stop(), store.close()]);
});

async function slotAt(kind: Kind): Promise<Slot> {
  const desks = await plannerOfAgency().desksOf('BIO');
  const mark = { oap: 'AM', zms: 'rotterdam~', qmatic: 'eindhoven~', jcc: 'groningen~' }[kind];
  const desk = desks.state === 'unavailable' ? undefined : desks.value.find(({ key }) => key.startsWith(mark));
  if (!desk) throw new Error(`no desk of ${kind}`);
  const loaded = await plannerOfAgency().slotsOf('BIO', desk, 1);
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  const slot = loaded.state === 'unavailable' ? undefined : loaded.value.find(({ date }) => date > soon);
  if (!slot) throw new Error('no slot');
  return slot;
}

async function booked(kind: Kind, caseId: string = randomUUID()): Promise<Booking> {
  made += 1;
  const slot = await slotAt(kind);
  const held = await plannerOfAgency().hold(VIEWER, { product: 'BIO', slot, partySize: 1 });
  if (!held.ok) throw new Error(held.why);
  const hold = await storeHold(owner(), { caseId, product: 'BIO', slot, partySize: 1, moves: null }, held.value);
  const { visitors, email, phone } = personNumber(made);
  const done = await confirmHold(VIEWER, hold, { people: visitors, email, phone, visitors: [] }, owner());
  const booking = done.ok ? await bookingWith(done.bookingId) : null;
  if (!booking) throw new Error(JSON.stringify(done));
  return booking;
}

const later = (time: string) => Temporal.PlainTime.from(time).add({ hours: 1 }).toString({ smallestUnit: 'minute' });

/** What an employee at the desk does with the last booking of a planner that tells. */
const AT_DESK = {
  zms: {
    cancel: () => agency.zms.cancel(last(agency.zms.booked())),
    move: () => agency.zms.moveAtDesk(last(agency.zms.booked()), 60),
  },
  qmatic: {
    cancel: () => agency.qmatic.remove(last(agency.qmatic.booked())),
    move: () => {
      const one = last(agency.qmatic.booked());
      agency.qmatic.moveAtDesk(one, later(one.place.slot.startTime), later(one.place.slot.endTime));
    },
  },
  jcc: {
    cancel: () => agency.jcc.cancel(last(agency.jcc.booked())),
    move: () => {
      const one = last(agency.jcc.booked());
      agency.jcc.moveAtDesk(one, later(one.place.slot.startTime), later(one.place.slot.endTime));
    },
  },
} as const;

function last<T>(all: readonly T[]): T {
  const one = all.at(-1);
  if (one === undefined) throw new Error('none is booked');
  return one;
}

test('a list’s line says since when an old visit is known', () => {
  const visit = (hours: number) => ({ checkedAt: null, updatedAt: now().subtract({ hours }) });
  expect(notCheckedLately(visit(0), 'en')).toBeNull();
  expect(notCheckedLately(visit(2), 'en')).toMatch(/^We have known this since .+\d:\d\d/);
  expect(notCheckedLately({ ...visit(50), checkedAt: now() }, 'en')).toBeNull();
});

describe.each(['zms', 'qmatic', 'jcc'] as const)('a visit at %s', (kind) => {
  test('that the desk cancelled is cancelled, and another can be booked', async () => {
    const booking = await booked(kind);
    const { caseId, product } = booking;
    expect(await checkBooking(VIEWER, booking)).toMatchObject({
      known: 'now',
      booking: { state: 'booked', changed: null },
    });
    AT_DESK[kind].cancel();
    clearCaches();
    expect(await visitsIn(VIEWER, caseId, null)).toEqual([]);
    expect(await visitFor(VIEWER, caseId, product, owner())).toBeNull();
    expect(await bookingWith(booking.id)).toMatchObject({ state: 'cancelled', changed: 'cancelled' });
    const second = await booked(kind, caseId);
    expect(second.state).toBe('booked');
    expect(second.id).not.toBe(booking.id);
  });

  test('that moved to another desk has its place in the calendar', async () => {
    const booking = await booked(kind);
    const [mark] = booking.desk.split('~');
    const place = { street: 'Nieuwe kade 9', postcode: '1234 AB', city: 'Elders' };
    const desk = { key: `${mark}~other`, name: 'Balie Elders', place };
    const find = vi.spyOn(plannerOfAgency(), 'find').mockResolvedValue({
      ok: true,
      value: { state: 'booked', startsAt: booking.startsAt.toString(), endsAt: null, code: null, desk },
    });
    const { booking: moved } = await checkBooking(VIEWER, booking);
    find.mockRestore();
    expect(moved).toMatchObject({ changed: 'moved', desk: desk.key, deskName: desk.name, place });
    expect(moved).toMatchObject({ sequence: booking.sequence + 1, was: { deskName: booking.deskName } });
    expect(moved.startsAt.equals(booking.startsAt)).toBe(true);
    const entry = calendarEntry(moved, 'en').replaceAll('\r\n ', '');
    expect(entry).toContain('Nieuwe kade 9');
    expect(entry).toContain(`SEQUENCE:${moved.sequence}`);
    expect(await visitsIn(VIEWER, booking.caseId, null)).toMatchObject([{ deskName: desk.name }]);
  });

  test('that the desk moved has its new time, also in the calendar', async () => {
    const booking = await booked(kind);
    const before = calendarEntry(booking, 'en');
    AT_DESK[kind].move();
    const { booking: moved } = await checkBooking(VIEWER, booking);
    const hour = booking.startsAt.add({ hours: 1 });
    expect(moved).toMatchObject({ state: 'booked', changed: 'moved', sequence: booking.sequence + 1 });
    expect([moved.startsAt.equals(hour), moved.endsAt.equals(booking.endsAt.add({ hours: 1 }))]).toEqual([true, true]);
    expect(moved.was).toEqual({
      localDate: booking.localDate,
      localTime: booking.localTime,
      deskName: booking.deskName,
    });
    const after = calendarEntry(moved, 'en');
    const field = (text: string, name: string) => new RegExp(`^${name}[:;](.*)$`, 'm').exec(text)?.[1];
    expect(field(after, 'UID')).toBe(field(before, 'UID'));
    expect(Number(field(after, 'SEQUENCE'))).toBe(Number(field(before, 'SEQUENCE')) + 1);
    const start = 'DTSTART;TZID=Europe/Amsterdam';
    expect(field(after, start)).not.toBe(field(before, start));
  });

  test('is asked for once a minute', async () => {
    const booking = await booked(kind);
    await checkBooking(VIEWER, booking);
    AT_DESK[kind].cancel();
    expect(await checkBooking(VIEWER, booking)).toMatchObject({ booking: { state: 'booked' } });
    clearCaches();
    expect(await checkBooking(VIEWER, booking)).toMatchObject({ booking: { state: 'cancelled' } });
    // The row in the caller's hand is older than the answer.
    expect(await checkBooking(VIEWER, booking)).toMatchObject({ booking: { state: 'cancelled' } });
  });

  test('stays as it is while its planner does not answer', async () => {
    const booking = await booked(kind);
    agency.setFault(kind, 'down');
    clearCaches();
    expect(await checkBooking(VIEWER, booking)).toMatchObject({ known: 'not-asked', booking: { state: 'booked' } });
    agency.setFault(kind, 'none');
    clearCaches();
    expect(await checkBooking(VIEWER, booking)).toMatchObject({ known: 'now', booking: { state: 'booked' } });
  });

  test('is asked for in the background before its day', async () => {
    const booking = await booked(kind);
    AT_DESK[kind].cancel();
    const soon = now().add({ hours: 20 }).toString();
    await rowsOf(
      store.url,
      `update booking set starts_at = '${soon}', ends_at = '${soon}'::timestamptz + interval '10 minutes' where id = '${booking.id}'`,
    );
    await followUp(new AbortController().signal);
    expect(await bookingWith(booking.id)).toMatchObject({ state: 'cancelled', changed: 'cancelled' });
  });
});

test('a planner that tells nothing leaves it to the person’s word', async () => {
  const booking = await booked('oap');
  expect(await checkBooking(VIEWER, booking)).toMatchObject({ known: 'untold', booking: { state: 'booked' } });
  expect(await noteToldCancelled(VIEWER, booking)).toMatchObject({ state: 'cancelled', changed: 'told' });
  expect(await noteToldCancelled(VIEWER, booking)).toBeNull();
  expect(await visitFor(VIEWER, booking.caseId, 'BIO', owner())).toBeNull();
  const other = await booked('zms');
  expect(await noteToldCancelled(VIEWER, other)).toBeNull();
});
