import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Due, Kind } from '~/model/message';
import { openTestStore, rowsOf } from '../../tests/database';
import { confirmedAddress } from '../../tests/mail-address';
import { beginDelivery, noteHandedOver, settleDelivery } from './delivery.server';
import {
  claimLooks,
  finishLook,
  messagesOf,
  putReceipt,
  stopSubscription,
  subscribe,
  subscriptionOf,
  wakeSubscriptions,
} from './message.server';
import { claimMails, postpone } from './outbox.server';

const at = (minute: number) => Temporal.Instant.from('2026-11-30T12:00:00Z').add({ minutes: minute });
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

async function subscribed(minute = 0) {
  const owner = randomUUID();
  const addressId = await confirmedAddress(`${owner}@example.org`, owner);
  const chosen = { topics: [], language: 'ti', zone: 'UTC', quietFrom: '00:00', quietUntil: '00:00' } as const;
  const id = await subscribe(owner, { ...chosen, topics: ['tasks'], addressId }, '{}', at(minute));
  return { owner, id, addressId };
}

const news = (kind: Kind, sendAt: Temporal.Instant): Due & { target: string } => ({
  ...{ kind, event: kind, about: 'c', target: '/cases/c', sendAt },
});
const looked = (due: ReturnType<typeof news>[], nextAt = at(600)) => ({
  ...{ picture: '{}', caseHashes: ['case-hash'], nextAt, due, mergeMinutes: 10 },
});

async function look(id: string, due: ReturnType<typeof news>[], minute = 1): Promise<void> {
  const claimed = (await claimLooks(at(minute), 50)).find((one) => one.id === id);
  if (claimed) await finishLook(claimed, looked(due), at(minute));
}

const mailsOf = async (minute: number) => (await claimMails(at(minute), 50)).filter(({ kind }) => kind === 'change');

test('news is sent once, and with what follows in ten minutes', async () => {
  const { id } = await subscribed();
  const [claimed] = await claimLooks(at(1), 50);
  if (!claimed) throw new Error('nobody is due');
  await finishLook(claimed, looked([news('decision', at(11))], at(2)), at(1));
  // A process that was slow finds the same.
  await finishLook(claimed, looked([news('decision', at(11))]), at(1));
  await look(id, [news('decision', at(12)), news('asked-fee', at(12))], 2);
  expect(await messagesOf(id, 9)).toMatchObject([{ kinds: ['decision', 'asked-fee'], state: 'queued' }]);
  const [mail, ...others] = await mailsOf(12);
  expect([mail?.priority, others]).toEqual([2, []]);
  if (mail) await noteHandedOver(mail, at(99));
  expect(await messagesOf(id, 9)).toMatchObject([{ state: 'sent' }]);
});

test('what the provider told before the sender did stays', async () => {
  const { owner, id } = await subscribed();
  await putReceipt(owner, 'a', '/cases', at(0));
  const [mail] = await mailsOf(1);
  if (!mail?.messageId) throw new Error('nothing is due');
  await beginDelivery(mail, at(1));
  await settleDelivery(mail.id, 'delivered', at(1));
  await noteHandedOver(mail, at(99));
  expect(await messagesOf(id, 9)).toMatchObject([{ state: 'delivered' }]);
});

test('a notification during a look has it done again', async () => {
  const { id } = await subscribed();
  await look(id, []);
  await wakeSubscriptions('case-hash', at(5));
  const claimed = (await claimLooks(at(5), 50)).find((one) => one.id === id);
  if (!claimed) throw new Error('it is not due');
  await wakeSubscriptions('case-hash', at(6));
  await finishLook(claimed, looked([]), at(6));
  expect((await claimLooks(at(6), 50)).map((one) => one.id)).toContain(id);
});

test('what a killed process had claimed is done by another', async () => {
  const { id } = await subscribed();
  expect((await claimLooks(at(1), 50)).map((one) => one.id)).toContain(id);
  expect(await claimLooks(at(2), 50)).toEqual([]);
  await look(id, [news('decision', at(4))], 4);
  expect(await mailsOf(4)).toHaveLength(1);
  expect(await mailsOf(5)).toEqual([]);
  const [again] = await mailsOf(7);
  expect(again).toMatchObject({ attempts: 2 });
  if (again) await noteHandedOver(again, at(99));
});

test('workers claim each mail once, and an address in order', async () => {
  const { owner } = await subscribed();
  for (let nth = 0; nth < 20; nth += 1) await putReceipt(owner, `receipt ${nth}`, '/cases', at(nth));
  const others = [];
  for (let nth = 0; nth < 20; nth += 1) others.push(await subscribed());
  await Promise.all(others.map((other) => putReceipt(other.owner, 'receipt', '/cases', at(0))));
  const claimed: { id: string; createdAt: Temporal.Instant; address: string | null }[] = [];
  const work = async () => {
    for (;;) {
      const mails = await mailsOf(30);
      if (mails.length === 0) return;
      for (const mail of mails) {
        claimed.push(mail);
        await noteHandedOver(mail, at(99));
      }
    }
  };
  while ((await rowsOf(store.url, 'select 1 from outbox')).length > 0)
    await Promise.all([work(), work(), work(), work()]);
  expect(new Set(claimed.map(({ id }) => id)).size).toBe(40);
  expect(claimed).toHaveLength(40);
  const own = claimed
    .filter(({ address }) => address === `${owner}@example.org`)
    .map(({ createdAt }) => `${createdAt}`);
  expect(own).toEqual(Array.from({ length: 20 }, (_, nth) => `${at(nth)}`));
});

test('a mail that waits for its next attempt holds back later ones', async () => {
  const { owner } = await subscribed();
  await putReceipt(owner, 'a', '/cases', at(0));
  const [first] = await mailsOf(1);
  if (!first) throw new Error('nothing is due');
  await postpone({ id: first.id, attempts: 9 }, at(1));
  await putReceipt(owner, 'b', '/cases', at(2));
  expect(await mailsOf(3)).toEqual([]);
  await beginDelivery(first, at(3));
  await settleDelivery(first.id, 'refused', at(3));
  expect(await mailsOf(3)).toHaveLength(1);
  await rowsOf(store.url, 'delete from outbox');
});

test('who stopped, and an address that bounced, get nothing', async () => {
  const { owner, id, addressId } = await subscribed();
  await putReceipt(owner, 'a', '/cases', at(0));
  expect(await stopSubscription(id, 'wished', at(1))).toBe(true);
  expect(await mailsOf(2)).toEqual([]);
  expect(await messagesOf(id, 9)).toMatchObject([{ state: 'dropped' }]);
  expect(await subscriptionOf(owner)).toMatchObject({ sealed: null, picture: null, addressId: null, state: 'stopped' });
  const other = await subscribed();
  await putReceipt(other.owner, 'a', '/cases', at(0));
  const [bounced] = await mailsOf(2);
  if (!bounced) throw new Error('nothing is due');
  await beginDelivery(bounced, at(2));
  await settleDelivery(bounced.id, 'bounced', at(2));
  await putReceipt(other.owner, 'b', '/cases', at(2));
  expect([await mailsOf(2), (await claimLooks(at(2), 50)).filter((one) => one.id === other.id)]).toEqual([[], []]);
  expect(addressId).not.toBe(other.addressId);
});
