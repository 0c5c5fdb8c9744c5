import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { confirmedAddress } from '../../tests/mail-address';
import { wish } from '../../tests/watch-wish';
import { noteHandedOver } from './delivery.server';
import { claimMail, postpone, putInOutbox } from './outbox.server';
import {
  allWatches,
  deleteOldWatches,
  deleteWatch,
  endOffers,
  offer,
  secretOf,
  setWatch,
  watchOf,
} from './watch.server';

const at = (minute: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ minutes: minute });
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const made = { offer: { slotId: 'AM.1', date: '2026-03-05', time: '09:00', deskName: 'Amsterdam' }, holdId: null };

test('changing a watch keeps its place in the queue', async () => {
  const first = await setWatch(wish({ caseId: 'c1' }), 'secret', at(0));
  const again = await setWatch(wish({ caseId: 'c1', desks: [] }), 'secret', at(60));
  expect(again).toMatchObject({ id: first.id, desks: [] });
  expect(again.waitingSince.toString()).toBe(first.waitingSince.toString());
  expect((await setWatch(wish({ caseId: 'c1', owner: 'somebody-else' }), 'x', at(61))).id).not.toBe(first.id);
});

test('the longest waiting watch comes first', async () => {
  const [late, early] = [await setWatch(wish(), 's', at(9)), await setWatch(wish(), 's', at(-9))];
  const ids = (await allWatches()).map(({ id }) => id);
  expect(ids.indexOf(early.id)).toBeLessThan(ids.indexOf(late.id));
});

test('personal data is sealed, and deleted with the watch and its mail', async () => {
  const watch = await setWatch(wish({ caseId: 'c2' }), 'amal@example.org', at(0));
  expect(secretOf(watch)).toBe('amal@example.org');
  const mail = { watchId: watch.id, kind: 'earlier-slot' as const, language: 'nl' as const, notBefore: at(0) };
  await putInOutbox({ ...mail, addressId: await confirmedAddress('amal@example.org') }, at(0));
  const rows = await rowsOf(store.url, 'select w.sealed::text, a.address::text from watch w, mail_address a');
  expect(JSON.stringify(rows)).not.toContain(Buffer.from('amal@').toString('hex'));
  expect(await claimMail(at(1))).toMatchObject({ address: 'amal@example.org' });
  await deleteWatch('somebody-else', 'c2', 'BIO');
  expect(await watchOf('owner-1', 'c2', 'BIO')).not.toBeNull();
  await deleteWatch('owner-1', 'c2', 'BIO');
  expect(await watchOf('owner-1', 'c2', 'BIO')).toBeNull();
  expect(await claimMail(at(60))).toBeNull();
});

test('an expired offer is not made again for the same slot', async () => {
  const watch = await setWatch(wish({ caseId: 'c3' }), 's', at(0));
  await offer(watch, { ...made, until: at(15) }, at(0));
  await endOffers(at(14));
  expect(await watchOf('owner-1', 'c3', 'BIO')).toMatchObject({ state: 'offered' });
  await endOffers(at(15));
  expect(await watchOf('owner-1', 'c3', 'BIO')).toMatchObject({ state: 'waiting', offer: null, seen: ['AM.1'] });
});

test('a slot is offered to one watch at a time, once', async () => {
  const [one, other] = [await setWatch(wish(), 's', at(0)), await setWatch(wish(), 's', at(0))];
  const offers = await Promise.all([one, other, one].map((watch) => offer(watch, { ...made, until: at(15) }, at(0))));
  expect(offers.filter(Boolean)).toHaveLength(1);
  const another = { ...made, offer: { ...made.offer, slotId: 'AM.2' }, until: at(15) };
  const more = [await offer(one, another, at(1)), await offer(other, another, at(1))];
  expect(more.filter(Boolean)).toHaveLength(1);
  await endOffers(at(15));
});

test('a watch ends when no day is left for it', async () => {
  await setWatch(wish({ caseId: 'c4', before: '2026-03-10' }), 's', at(0));
  await deleteOldWatches('2026-03-09');
  expect(await watchOf('owner-1', 'c4', 'BIO')).not.toBeNull();
  await deleteOldWatches('2026-03-10');
  expect(await watchOf('owner-1', 'c4', 'BIO')).toBeNull();
});

test('failed mail is retried later each time', async () => {
  const watch = await setWatch(wish(), 's', at(0));
  const mail = { watchId: watch.id, kind: 'watch-set' as const, language: 'ar' as const, notBefore: at(0) };
  await putInOutbox({ ...mail, addressId: await confirmedAddress('x@example.org') }, at(0));
  const claimed = await claimMail(at(0));
  if (!claimed) throw new Error('no mail');
  await postpone({ ...claimed, attempts: 8 }, at(0));
  expect(await claimMail(at(9))).toBeNull();
  expect(await claimMail(at(10))).toMatchObject({ id: claimed.id, attempts: 2 });
});

test('a mail is claimed once, and again only when its sender died', async () => {
  const addressId = await confirmedAddress('x@example.org');
  for (let count = 0; count < 3; count += 1) {
    const { id: watchId } = await setWatch(wish(), 's', at(0));
    await putInOutbox({ watchId, addressId, kind: 'watch-set', language: 'nl', notBefore: at(100) }, at(100));
  }
  const claims = await Promise.all(Array.from({ length: 5 }, () => claimMail(at(100))));
  const ids = claims.flatMap((claimed) => claimed?.id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  for (const claimed of claims) if (claimed) await noteHandedOver(claimed, claimed.createdAt);
  expect(await claimMail(at(101))).toBeNull();
});
