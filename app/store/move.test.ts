import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import {
  type Booking,
  beginBooking,
  beginCancel,
  bookingWith,
  closePast,
  detailsOf,
  type NewBooking,
  openBooking,
  settleBooking,
  settleCancel,
} from './booking.server';
import { beginMove, carryOn, claimMove, endMove, moveOf } from './move.server';

const at = (minute: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ minutes: minute });
const DETAILS = '{"who":"Amal Haddad"}';
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

async function booked(given: Partial<NewBooking> = {}): Promise<Booking> {
  const begun = await beginBooking(visit(given), at(0));
  const settled = await settleBooking(begun.booking.id, { state: 'booked', backendKey: 'k', code: 'A12' }, at(0));
  if (!settled) throw new Error('not settled');
  return settled;
}

const beginNew = ({ id: oldId, caseId }: Booking, given: Partial<NewBooking> = {}) =>
  beginMove(visit({ caseId, ...given }), { oldId, goesFirst: 'new' }, at(1), DETAILS);

async function moving() {
  const old = await booked();
  const begun = await beginNew(old);
  if (!begun.ok || !begun.move) throw new Error('no move');
  return { old, made: begun.booking, move: begun.move };
}

test('a case has two open bookings only during a move', async () => {
  const { old, made, move } = await moving();
  expect(await beginBooking(visit({ caseId: old.caseId }), at(1))).toMatchObject({ ok: false });
  await settleBooking(made.id, { state: 'booked', backendKey: 'n', code: 'B7' }, at(2));
  await beginCancel('owner-1', old.id, at(2));
  await settleCancel(old.id, 'cancelled', at(2));
  await endMove(move, 'done', at(3));
  expect(await beginBooking(visit({ caseId: old.caseId }), at(4))).toMatchObject({ ok: false });
  // A moved booking can be moved again.
  expect(await beginNew({ ...made })).toMatchObject({ ok: true });
});

test('of twenty concurrent moves of one booking one begins', async () => {
  const old = await booked();
  const all = await Promise.all(Array.from({ length: 20 }, () => beginNew(old)));
  expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  const open = await rowsOf(store.url, `select id from booking where case_id = '${old.caseId}'`);
  expect(open).toHaveLength(2);
});

test('the same form sent twice is one move', async () => {
  const old = await booked();
  const idempotencyKey = randomUUID();
  const first = await beginNew(old, { idempotencyKey });
  const second = await beginNew(old, { idempotencyKey });
  expect(second).toMatchObject({ ok: true, again: true });
  expect(first.ok && second.ok && second.booking.id === first.booking.id).toBe(true);
});

test('only the own, booked booking of a case can be moved, once', async () => {
  const old = await booked();
  expect(await beginNew(old, { owner: 'somebody-else' })).toEqual({ ok: false });
  expect(await beginNew(old, { caseId: randomUUID() })).toEqual({ ok: false });
  await beginCancel('owner-1', old.id, at(1));
  expect(await beginNew(old)).toEqual({ ok: false });
});

test('the new booking takes over the calendar entry', async () => {
  const { old, made } = await moving();
  expect(made.calendarId).toBe(old.calendarId);
  expect(made.sequence).toBeGreaterThan(old.sequence);
});

test('the retry details are sealed, and deleted when the move ends', async () => {
  const { old, made, move } = await moving();
  const rows = await rowsOf(store.url, `select details::text from booking where id = '${made.id}'`);
  expect(JSON.stringify(rows)).not.toContain(Buffer.from('Haddad').toString('hex'));
  const settled = await settleBooking(made.id, { state: 'booked', backendKey: 'n', code: null }, at(2));
  expect(settled && detailsOf(settled)).toBe(DETAILS);
  // A move never ends with two bookings, not even by mistake.
  await expect(endMove(move, 'done', at(2))).rejects.toThrow();
  await beginCancel('owner-1', old.id, at(2));
  await settleCancel(old.id, 'cancelled', at(2));
  await endMove(move, 'done', at(3));
  expect((await bookingWith(made.id))?.details).toBeNull();
});

test('the booking that certainly stands is shown', async () => {
  const { old, made } = await moving();
  expect((await openBooking(old.caseId, 'BIO', old.owner))?.id).toBe(old.id);
  await settleBooking(made.id, { state: 'booked', backendKey: 'n', code: null }, at(2));
  expect((await openBooking(old.caseId, 'BIO', old.owner))?.id).toBe(made.id);
});

test('a failed step is retried later each time', async () => {
  const { old, move } = await moving();
  await rowsOf(store.url, `delete from move where id <> '${move.id}'`);
  expect(await claimMove(at(1))).toBeNull();
  expect(await claimMove(at(2))).toMatchObject({ id: move.id });
  await carryOn({ ...move, attempts: 9 }, 'cancelling', at(2));
  expect(await claimMove(at(11))).toBeNull();
  expect(await claimMove(at(12))).toMatchObject({ id: move.id });
  expect(await moveOf('owner-1', old.id)).toMatchObject({ state: 'cancelling', attempts: 10 });
  expect(await moveOf('somebody-else', old.id)).toBeNull();
});

test('a move is driven by one process at a time', async () => {
  await rowsOf(store.url, 'delete from move');
  const { move } = await moving();
  const claims = await Promise.all(Array.from({ length: 4 }, () => claimMove(at(2))));
  expect(claims.flatMap((claimed) => claimed?.id ?? [])).toEqual([move.id]);
  expect(await claimMove(at(3))).toMatchObject({ id: move.id });
});

test('a past visit blocks nothing', async () => {
  const old = await booked();
  await closePast(Temporal.Instant.from('2026-03-10T08:14:00Z'));
  expect(await beginBooking(visit({ caseId: old.caseId }), at(1))).toMatchObject({ ok: false });
  await closePast(Temporal.Instant.from('2026-03-10T08:15:00Z'));
  expect(await bookingWith(old.id)).toMatchObject({ state: 'over' });
  expect(await beginBooking(visit({ caseId: old.caseId }), at(2))).toMatchObject({ ok: true, again: false });
});
