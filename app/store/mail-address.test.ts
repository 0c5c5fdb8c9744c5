import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { confirmedAddress } from '../../tests/mail-address';
import { wish } from '../../tests/watch-wish';
import {
  addressWith,
  confirmAddress,
  forgetAddresses,
  leaveAddress,
  sendCodeAgain,
  unconfirmedAddresses,
} from './mail-address.server';
import { claimMail, type OutboxMail, putInOutbox, putReportInOutbox } from './outbox.server';
import { setWatch } from './watch.server';

const NOW = Temporal.Instant.from('2026-03-02T09:00:00Z');
const SENDING = { language: 'ti', now: NOW } as const;
let store: Awaited<ReturnType<typeof openTestStore>>;
const sql = (text: string) => rowsOf(store.url, text);

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => sql('truncate mail_address, outbox, watch cascade'));

const leave = (owner: string, address = 'amal@example.org') => leaveAddress(owner, address, SENDING);
const again = (owner: string, id: string) => sendCodeAgain(owner, id, SENDING);
const aDayLater = () =>
  sql(`update mail_address set sent_at = sent_at - interval '25 hours', first_sent_at = first_sent_at - interval '25 hours',
    left_at = left_at - interval '25 hours'`);

/** All mails that are due, in the order in which they would be sent. */
async function sent(): Promise<OutboxMail[]> {
  const mail = await claimMail(NOW);
  return mail ? [mail, ...(await sent())] : [];
}

const newWatch = (owner: string, addressId: string) =>
  setWatch(wish({ owner, setBy: owner, desks: [], language: 'ti', addressId }), 'secret', NOW);

async function news(owner: string, addressId: string) {
  const { id: watchId } = await newWatch(owner, addressId);
  await putInOutbox({ watchId, addressId, kind: 'earlier-slot', language: 'ti', notBefore: NOW }, NOW);
}

test('an address gets only one code until that comes back', async () => {
  const id = await leave('amal');
  expect(await leave('amal', 'AMAL@example.org')).toBe(id);
  await news('amal', id);
  const [mail, ...more] = await sent();
  expect(mail).toMatchObject({ kind: 'confirm-address', address: 'AMAL@example.org' });
  expect(more).toEqual([]);
  expect(await confirmAddress('amal', id, mail?.code ?? '')).toBe(true);
  expect(await addressWith('amal', id)).toMatchObject({ isConfirmed: true });
  await news('amal', id);
  expect((await sent()).map(({ kind }) => kind)).toEqual(['earlier-slot']);
});

test('a confirmed address is not asked again, and another one is', async () => {
  const id = await confirmedAddress('amal@example.org', 'amal');
  expect(await leave('amal')).toBe(id);
  expect(await sent()).toEqual([]);
  const other = await leave('amal', 'other@example.org');
  expect((await sent()).map(({ addressId }) => addressId)).toEqual([other]);
});

test('a confirmation by one person does not count for another', async () => {
  await confirmedAddress('amal@example.org', 'amal');
  const id = await leave('garcia');
  await news('garcia', id);
  expect((await sent()).map(({ kind }) => kind)).toEqual(['confirm-address']);
});

test('a code counts for five tries, its owner and a day', async () => {
  const id = await leave('amal');
  const code = async () => (await sent()).at(-1)?.code ?? '';
  const first = await code();
  const wrong = first === '000000' ? '000001' : '000000';
  expect(await confirmAddress('garcia', id, first)).toBe(false);
  await Promise.all(Array.from({ length: 5 }, () => confirmAddress('amal', id, wrong)));
  expect(await confirmAddress('amal', id, first)).toBe(false);
  expect(await again('amal', id)).toBe(true);
  const second = await code();
  await aDayLater();
  expect(await confirmAddress('amal', id, second)).toBe(false);
  expect(await unconfirmedAddresses('amal')).toMatchObject([{ hasCode: false, canSend: true }]);
  expect(await again('amal', id)).toBe(true);
  expect(await confirmAddress('amal', id, await code())).toBe(true);
});

test('only the newest code is sent and counts', async () => {
  const id = await leave('amal');
  await again('amal', id);
  const mails = await sent();
  expect(mails).toHaveLength(1);
  expect(await confirmAddress('amal', id, mails[0]?.code ?? '')).toBe(true);
});

test("a day's codes are bounded by address and by person", async () => {
  const id = await leave('amal');
  const more = [await again('amal', id), await again('amal', id), await again('amal', id)];
  expect(more).toEqual([true, true, false]);
  expect(await again('garcia', id)).toBe(false);
  const count = async () => Number((await sql('select coalesce(sum(sends), 0)::int as n from mail_address'))[0]?.n);
  await Promise.all(Array.from({ length: 9 }, (_, n) => leave('amal', `victim-${n}@example.org`)));
  expect(await count()).toBe(6);
  await sql('truncate mail_address cascade');
  await Promise.all(Array.from({ length: 15 }, (_, n) => leave(`person-${n}`, 'victim@example.org')));
  expect(await count()).toBe(10);
  await aDayLater();
  expect(await again('person-1', await leave('person-1', 'victim@example.org'))).toBe(true);
});

test("one person's mails delay no other and no report", async () => {
  const [many, one] = [
    await confirmedAddress('many@example.org', 'many'),
    await confirmedAddress('one@example.org', 'one'),
  ];
  for (let count = 0; count < 40; count += 1) await news('many', many);
  await news('one', one);
  await putReportInOutbox({ address: 'officer@example.org', language: 'nl', notBefore: NOW }, NOW);
  const order = (await sent()).map(({ address }) => address);
  expect(order).toHaveLength(42);
  expect(order[0]).toBe('officer@example.org');
  expect(order.slice(1, 3).sort()).toEqual(['many@example.org', 'one@example.org']);
});

test('a failed mail is retried after the first mails of others', async () => {
  const [failing, other] = [
    await confirmedAddress('failing@example.org', 'failing'),
    await confirmedAddress('other@example.org', 'other'),
  ];
  await news('failing', failing);
  await claimMail(NOW);
  await sql(`update outbox set not_before = '${NOW}'`);
  await news('other', other);
  expect((await sent()).map(({ address }) => address)).toEqual(['other@example.org', 'failing@example.org']);
});

test('the same news of a watch waits in the outbox once', async () => {
  const addressId = await confirmedAddress('amal@example.org', 'amal');
  const { id: watchId } = await newWatch('amal', addressId);
  const mail = { watchId, addressId, kind: 'earlier-slot', language: 'ti', notBefore: NOW } as const;
  for (let count = 0; count < 3; count += 1) await putInOutbox(mail, NOW);
  expect(await sent()).toHaveLength(1);
});

test('address and code are sealed, and forgotten when nothing waits for mail', async () => {
  const addressId = await confirmedAddress('amal@example.org', 'amal');
  await leave('amal', 'other@example.org');
  const [mail] = await sent();
  const rows = JSON.stringify(await sql('select a::text as a, o::text as o from mail_address a, outbox o'));
  for (const plain of ['amal@', 'other@', mail?.code ?? ''])
    expect(rows).not.toContain(Buffer.from(plain).toString('hex'));
  await newWatch('amal', addressId);
  await aDayLater();
  await forgetAddresses();
  expect(await addressWith('amal', addressId)).toMatchObject({ address: 'amal@example.org' });
  await sql('delete from watch');
  await forgetAddresses();
  expect(await sql('select 1 from mail_address where address is not null')).toEqual([]);
  expect(await leave('amal')).toBe(addressId);
  expect(await addressWith('amal', addressId)).toMatchObject({ isConfirmed: true });
});
