import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type * as Sending from '~/notification/outbox.server';
import type * as Route from '~/routes/notify';
import { messagesOf, putReceipt, subscribe } from '~/store/message.server';
import { outboxState } from '~/store/outbox.server';
import { type NotifyService, startNotify } from '../../mocks/notify/service';
import { openTestStore, rowsOf } from '../database';
import { confirmedAddress } from '../mail-address';

const TOKEN = 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa';
const TEMPLATE = '0b1f1a77-6c5a-4b0e-8f0a-51d2c3e4f5a6';

let store: Awaited<ReturnType<typeof openTestStore>>;
let service: NotifyService;
let route: typeof Route;
let sending: typeof Sending;
beforeAll(async () => {
  service = await startNotify();
  // Read at the first use of a setting.
  const settings = { NOTIFY_URL: service.url, NOTIFY_KEY: service.key, NOTIFY_TEMPLATE: TEMPLATE, NOTIFY_TOKEN: TOKEN };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  route = await import('~/routes/notify');
  sending = await import('~/notification/outbox.server');
  store = await openTestStore();
});
beforeEach(async () => {
  service.fail(null);
  await rowsOf(store.url, 'delete from outbox');
});
afterAll(async () => {
  await Promise.all([store.close(), service.stop()]);
});

const START = '2026-11-30T12:00:00Z';

async function receipt(): Promise<{ readonly subscription: string; readonly addressId: string }> {
  const { Temporal } = await import('temporal-polyfill');
  const at = Temporal.Instant.from(START);
  const owner = randomUUID();
  const addressId = await confirmedAddress(`${owner}@example.org`, owner);
  const chosen = { topics: [], language: 'nl', zone: 'UTC', quietFrom: '00:00', quietUntil: '00:00' } as const;
  const subscription = await subscribe(owner, { ...chosen, topics: [], addressId }, '{}', at);
  await putReceipt(owner, 'receipt', '/cases', at.subtract({ hours: 24 * 365 }));
  return { subscription, addressId };
}

const send = () => sending.sendDue(new AbortController().signal, async () => 'yes');
const last = async (subscription: string) => (await messagesOf(subscription, 1))[0];
const told = (body: unknown, token = TOKEN) =>
  route.action({
    request: new Request('http://localhost:3000/notify', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    }),
  });

test('the service gets a mail with reference and stop link', async () => {
  const { subscription } = await receipt();
  await send();
  const message = await last(subscription);
  expect(message?.state).toBe('sent');
  expect(service.taken.at(-1)).toMatchObject({ template_id: TEMPLATE, reference: message?.id });
  expect(service.taken.at(-1)?.one_click_unsubscribe_url).toMatch(/\/stop-messages\//);
});

test('a mail whose answer was lost is not sent twice', async () => {
  const { subscription } = await receipt();
  service.loseAnswer();
  await send();
  expect((await last(subscription))?.state).toBe('queued');
  await rowsOf(store.url, 'update outbox set not_before = created_at');
  await send();
  const message = await last(subscription);
  expect(message?.state).toBe('sent');
  expect(service.taken.filter(({ reference }) => reference === message?.id)).toHaveLength(1);
});

test.each([429, 500, 403])('after status %i the mail waits', async (status) => {
  const { subscription } = await receipt();
  service.fail(status);
  await send();
  expect([
    (await last(subscription))?.state,
    await outboxState((await import('~/platform/clock.server')).now()),
  ]).toMatchObject(['queued', { due: 1, parked: 0 }]);
});

test('a mail that the service refuses is parked', async () => {
  const { subscription } = await receipt();
  service.fail(400);
  await send();
  expect((await last(subscription))?.state).toBe('failed');
  expect(await rowsOf(store.url, 'select 1 from outbox where parked_at is not null')).toHaveLength(1);
});

test('callbacks prove delivery, and a dead address gets nothing more', async () => {
  const [one, two] = [await receipt(), await receipt()];
  await send();
  const [first, second] = [await last(one.subscription), await last(two.subscription)];
  expect((await told({ reference: first?.id, status: 'delivered' }, 'wrong')).status).toBe(403);
  expect((await told({ status: null })).status).toBe(400);
  expect((await told({ reference: randomUUID(), status: 'delivered' })).status).toBe(204);
  expect((await told({ reference: first?.id, status: 'delivered' })).status).toBe(204);
  // Out of order and repeated.
  expect((await told({ reference: first?.id, status: 'temporary-failure' })).status).toBe(204);
  expect((await told({ reference: second?.id, status: 'permanent-failure' })).status).toBe(204);
  expect([await last(one.subscription), await last(two.subscription)]).toMatchObject([
    { state: 'delivered' },
    { state: 'failed' },
  ]);
  const bounced = await rowsOf(store.url, 'select id from mail_address where bounced_at is not null');
  expect(bounced).toEqual([{ id: two.addressId }]);
});
