import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { beginBooking, beginCancel, settleBooking } from './booking.server';
import { createHold, deleteHoldsBefore, extendHold, heldSlot, holdsSince, markHold, readHold } from './hold.server';

const at = (minute: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ minutes: minute });
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const slot = {
  key: 's1',
  date: '2026-03-10',
  startTime: '09:00',
  endTime: '09:15',
  zone: 'Europe/Amsterdam',
  deskName: 'Amsterdam',
};
const wanted = {
  owner: 'me',
  caseId: 'c',
  product: 'BIO',
  desk: 'AMS',
  slot,
  partySize: 1,
  expiresAt: at(5),
  backendUntil: at(15),
};
const hold = () => createHold(wanted, at(0));

test('a hold is visible to its owner only', async () => {
  const { id } = await hold();
  expect(await readHold(id)).toMatchObject({ state: 'held', slot });
  expect(await markHold('you', id, 'released')).toBeNull();
});

test('a hold can be extended while it runs and not after', async () => {
  const { id } = await hold();
  const until = { expiresAt: at(9), backendUntil: at(15) };
  expect((await extendHold('me', id, until, at(4)))?.expiresAt.equals(at(9))).toBe(true);
  expect(await extendHold('me', id, until, at(15))).toBeNull();
});

test('of two concurrent uses of a hold one succeeds', async () => {
  const { id } = await hold();
  const used = await Promise.all([markHold('me', id, 'used'), markHold('me', id, 'used')]);
  expect(used.filter((row) => row !== null)).toHaveLength(1);
  expect(await extendHold('me', id, { expiresAt: at(9), backendUntil: at(15) }, at(1))).toBeNull();
});

test('expired holds are deleted', async () => {
  const { id } = await hold();
  await deleteHoldsBefore(at(14));
  expect(await readHold(id)).not.toBeNull();
  await deleteHoldsBefore(at(15));
  expect(await readHold(id)).toBeNull();
});

test("the owner's running hold of a slot is found", async () => {
  const made = await createHold({ ...wanted, owner: 'keeper' }, at(0));
  const sought = { caseId: 'c', slotId: 'AMS.s1', moves: null };
  expect((await heldSlot('keeper', sought, at(4)))?.id).toBe(made.id);
  expect(await heldSlot('keeper', sought, at(5))).toBeNull();
  expect(await heldSlot('keeper', { ...sought, slotId: 'AMS.s2' }, at(4))).toBeNull();
  expect(await heldSlot('somebody-else', sought, at(4))).toBeNull();
  await markHold('keeper', made.id, 'released');
  expect(await heldSlot('keeper', sought, at(4))).toBeNull();
});

test('recent holds are listed in any state, the newest first', async () => {
  for (const minute of [0, 3, 6]) await createHold({ ...wanted, owner: 'owner-1' }, at(minute));
  const [last] = [await createHold({ ...wanted, owner: 'owner-1' }, at(7))];
  await markHold('owner-1', last.id, 'released');
  const since = async (owner: string, minute: number) => (await holdsSince(owner, at(minute))).map(String);
  expect(await since('owner-1', 2)).toEqual([at(7), at(6), at(3)].map(String));
  expect(await since('nobody', 0)).toEqual([]);
});

test('a hold counts until its booking stands, and again after cancelling', async () => {
  const { id } = await createHold({ ...wanted, owner: 'booker' }, at(0));
  const begun = await beginBooking(
    {
      owner: 'booker',
      madeBy: 'booker',
      visitors: [],
      caseId: 'c',
      product: 'BIO',
      desk: 'AMS',
      deskName: 'Amsterdam',
      place: { street: '', postcode: '', city: '' },
      zone: 'Europe/Amsterdam',
      startsAt: at(60),
      endsAt: at(75),
      localDate: '2026-03-02',
      localTime: '11:00',
      partySize: 1,
      idempotencyKey: id,
    },
    at(1),
  );
  expect(await holdsSince('booker', at(-1))).toHaveLength(1);
  await settleBooking(begun.booking.id, { state: 'booked', backendKey: 'k', code: null }, at(1));
  expect(await holdsSince('booker', at(-1))).toEqual([]);
  await beginCancel('booker', begun.booking.id, at(2));
  expect(await holdsSince('booker', at(-1))).toHaveLength(1);
});

test("the planner's key is sealed in the row and readable in code", async () => {
  const key = '101002.f00dfeed.31001';
  const made = await createHold({ ...wanted, slot: { ...slot, hold: key } }, at(0));
  const rows = JSON.stringify(await rowsOf(store.url, `select * from hold where id = '${made.id}'`));
  expect(rows).toContain('sealed:');
  expect(rows).not.toContain('f00dfeed');
  expect((await readHold(made.id))?.slot.hold).toBe(key);
  expect((await markHold('me', made.id, 'released'))?.slot.hold).toBe(key);
});
