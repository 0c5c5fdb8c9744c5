import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import {
  beginBooking,
  beginCancel,
  bookingFromHold,
  bookingWith,
  claimUnsettled,
  type NewBooking,
  openBookingsIn,
  settleBooking,
  settleCancel,
} from './booking.server';

const at = (minute: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ minutes: minute });
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const visit = (given: Partial<NewBooking> = {}): NewBooking => ({
  owner: 'owner-1',
  madeBy: 'owner-1',
  visitors: [],
  caseId: randomUUID(),
  product: 'BIO',
  desk: 'AMS',
  deskName: 'Amsterdam',
  place: { street: 'Straat 1', postcode: '1000 AA', city: 'Amsterdam' },
  zone: 'Europe/Amsterdam',
  startsAt: Temporal.Instant.from('2026-03-10T08:00:00Z'),
  endsAt: Temporal.Instant.from('2026-03-10T08:15:00Z'),
  localDate: '2026-03-10',
  localTime: '09:00',
  partySize: 2,
  idempotencyKey: randomUUID(),
  ...given,
});

async function booked(given: Partial<NewBooking> = {}) {
  const begun = await beginBooking(visit(given), at(0));
  if (!begun.ok) throw new Error(begun.reason);
  const settled = await settleBooking(begun.booking.id, { state: 'booked', backendKey: 'k', code: 'A12' }, at(1));
  if (!settled) throw new Error('not settled');
  return settled;
}

test('a booking is returned unchanged', async () => {
  const wanted = visit({ owner: 'owner-a' });
  const begun = await beginBooking(wanted, at(0));
  expect(begun).toMatchObject({
    ok: true,
    again: false,
    booking: { state: 'confirming', sequence: 0, localDate: '2026-03-10' },
  });
  const read = await bookingWith(begun.booking.id);
  expect(read?.startsAt.toString()).toBe('2026-03-10T08:00:00Z');
  expect(read?.place).toEqual(wanted.place);
  expect(await bookingWith("x' or 1=1")).toBeNull();
});

test('the same form sent twice is one booking', async () => {
  const wanted = visit();
  const first = await beginBooking(wanted, at(0));
  const second = await beginBooking(wanted, at(1));
  expect(second).toMatchObject({ ok: true, again: true });
  expect(second.booking.id).toBe(first.booking.id);
});

test('of twenty concurrent bookings of one case one is stored', async () => {
  const caseId = randomUUID();
  const all = await Promise.all(Array.from({ length: 20 }, () => beginBooking(visit({ caseId }), at(0))));
  expect(all.filter((begun) => begun.ok)).toHaveLength(1);
  expect(new Set(all.map((begun) => begun.booking.id)).size).toBe(1);
});

test('a case may have a visit for another product', async () => {
  const caseId = randomUUID();
  await booked({ caseId, product: 'BIO' });
  expect(await beginBooking(visit({ caseId, product: 'DOC' }), at(2))).toMatchObject({ ok: true });
});

test.each(['refused', 'cancelled'] as const)('a booking that was %s makes room for the next', async (end) => {
  const caseId = randomUUID();
  const begun = await beginBooking(visit({ caseId }), at(0));
  if (end === 'refused') await settleBooking(begun.booking.id, { state: 'refused' }, at(1));
  else {
    await settleBooking(begun.booking.id, { state: 'booked', backendKey: 'k', code: null }, at(1));
    await beginCancel('owner-1', begun.booking.id, at(2));
    await settleCancel(begun.booking.id, 'cancelled', at(3));
  }
  expect(await beginBooking(visit({ caseId }), at(4))).toMatchObject({ ok: true, again: false });
});

test('a booking with a lost answer still blocks, and can be settled', async () => {
  const caseId = randomUUID();
  const { booking } = await beginBooking(visit({ caseId }), at(0));
  await settleBooking(booking.id, { state: 'unknown' }, at(1));
  expect(await beginBooking(visit({ caseId }), at(2))).toMatchObject({ ok: false, reason: 'open-booking' });
  const settled = await settleBooking(booking.id, { state: 'booked', backendKey: 'late', code: 'B7' }, at(3));
  expect(settled).toMatchObject({ state: 'booked', backendKey: 'late', code: 'B7' });
});

test('an unsettled booking is claimed by one process until the claim expires', async () => {
  await rowsOf(store.url, 'delete from booking');
  const { booking } = await beginBooking(visit(), at(0));
  expect(await claimUnsettled(at(0))).toBeNull();
  const claims = await Promise.all(Array.from({ length: 4 }, () => claimUnsettled(at(2))));
  expect(claims.flatMap((claimed) => claimed?.id ?? [])).toEqual([booking.id]);
  expect(await claimUnsettled(at(2))).toBeNull();
  expect(await claimUnsettled(at(3))).toMatchObject({ id: booking.id });
});

test('an answer after the end changes nothing', async () => {
  const { id } = await booked();
  expect(await settleBooking(id, { state: 'refused' }, at(5))).toBeNull();
  expect(await bookingWith(id)).toMatchObject({ state: 'booked' });
});

test('cancelling raises the sequence, works once, and only for the owner', async () => {
  const { id } = await booked();
  expect(await beginCancel('somebody-else', id, at(2))).toBeNull();
  expect(await beginCancel('owner-1', id, at(2))).toMatchObject({ state: 'cancelling', sequence: 1 });
  expect(await beginCancel('owner-1', id, at(3))).toBeNull();
  expect(await settleCancel(id, 'booked', at(4))).toMatchObject({ state: 'booked' });
});

test('a person’s open bookings include those they come along with', async () => {
  const caseId = randomUUID();
  const mine = await booked({ caseId, owner: 'me' });
  const ours = await booked({ caseId, owner: 'applicant', visitors: ['applicant', 'me'] });
  await booked({ caseId, owner: 'other' });
  const of = async (person: string | null) => (await openBookingsIn(caseId, person)).map(({ id }) => id).sort();
  expect(await of('me')).toEqual([mine.id, ours.id].sort());
  expect(await of('other')).toHaveLength(1);
  expect(await of(null)).toHaveLength(3);
});

test('one person’s booking keeps nobody else in the case from booking', async () => {
  const caseId = randomUUID();
  expect(await beginBooking(visit({ caseId, owner: 'family' }), at(0))).toMatchObject({ ok: true });
  expect(await beginBooking(visit({ caseId, owner: 'applicant' }), at(0))).toMatchObject({ ok: true });
  expect(await beginBooking(visit({ caseId, owner: 'family' }), at(0))).toMatchObject({ ok: false });
});

test("the planner's key is sealed, and old plain ones still open", async () => {
  const { booking } = await beginBooking(visit(), at(0));
  const backendKey = '101002.f00dfeed.31001';
  await settleBooking(booking.id, { state: 'booked', backendKey, code: 'A12' }, at(1));
  const where = `where id = '${booking.id}'`;
  expect(JSON.stringify(await rowsOf(store.url, `select * from booking ${where}`))).not.toContain('f00dfeed');
  expect(await bookingWith(booking.id)).toMatchObject({ backendKey });
  await rowsOf(store.url, `update booking set backend_key = 'plain.of.before' ${where}`);
  expect(await bookingWith(booking.id)).toMatchObject({ backendKey: 'plain.of.before' });
});

test('a hold leads to the booking made from it for a relative', async () => {
  const [caseId, hold] = [randomUUID(), randomUUID()];
  const made = await booked({ caseId, owner: 'family', madeBy: 'representative', idempotencyKey: hold });
  expect((await bookingFromHold({ id: hold, caseId }))?.id).toBe(made.id);
  expect(await bookingFromHold({ id: hold, caseId: randomUUID() })).toBeNull();
});
