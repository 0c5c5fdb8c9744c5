import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type * as Sending from '~/notification/outbox.server';
import type * as Route from '~/routes/notify';
import { attemptsOf } from '~/store/delivery.server';
import { addressWith, confirmAddress, leaveAddress, sendCodeAgain } from '~/store/mail-address.server';
import { messagesOf, putReceipt, subscribe } from '~/store/message.server';
import { outboxState } from '~/store/outbox.server';
import { type NotifyService, startNotify } from '../../mocks/notify/service';
import { openTestStore, rowsOf } from '../database';
import { confirmedAddress } from '../mail-address';

const TOKEN = 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa';
const TEMPLATE = '0b1f1a77-6c5a-4b0e-8f0a-51d2c3e4f5a6';

const SMS_TEMPLATE = '5f0e2b56-3a3e-4a76-9a25-1a2b3c4d5e6f';

let store: Awaited<ReturnType<typeof openTestStore>>;
let service: NotifyService;
let route: typeof Route;
let sending: typeof Sending;
beforeAll(async () => {
  service = await startNotify();
  // Read at the first use of a setting.
  const settings = {
    NOTIFY_URL: service.url,
    NOTIFY_KEY: service.key,
    NOTIFY_TEMPLATE: TEMPLATE,
    NOTIFY_TOKEN: TOKEN,
    NOTIFY_SMS_TEMPLATE: SMS_TEMPLATE,
  };
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

const CHOSEN = { topics: [], language: 'nl', zone: 'UTC', quietFrom: '00:00', quietUntil: '00:00' } as const;

async function receipt() {
  const { Temporal } = await import('temporal-polyfill');
  const at = Temporal.Instant.from(START);
  const owner = randomUUID();
  const addressId = await confirmedAddress(`${owner}@example.org`, owner);
  const subscription = await subscribe(owner, { ...CHOSEN, topics: [], addressId }, '{}', at);
  await putReceipt(owner, 'receipt', '/cases', at.subtract({ hours: 24 * 365 }));
  return { owner, subscription, addressId };
}

/** The reference with which a person's last mail was handed over. */
const referenceOf = (owner: string) =>
  service.taken.findLast(({ email_address }) => email_address === `${owner}@example.org`)?.reference;
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
  expect(service.taken.at(-1)).toMatchObject({
    template_id: TEMPLATE,
    reference: expect.stringMatching(/^[\da-f-]{36}$/),
  });
  expect(service.taken.at(-1)?.one_click_unsubscribe_url).toMatch(/\/stop-messages\//);
});

test('a mail whose answer was lost is not sent twice', async () => {
  const { owner, subscription } = await receipt();
  service.loseAnswer();
  await send();
  expect((await last(subscription))?.state).toBe('queued');
  await rowsOf(store.url, 'update outbox set not_before = created_at');
  await send();
  expect((await last(subscription))?.state).toBe('sent');
  expect(service.taken.filter(({ reference }) => reference === referenceOf(owner))).toHaveLength(1);
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

test('a late failure of an old address leaves the new one', async () => {
  const { owner, subscription, addressId } = await receipt();
  await send();
  const { reference } = service.taken.at(-1) ?? {};
  const newer = await confirmedAddress(`newer-${owner}@example.org`, owner);
  await subscribe(
    owner,
    { ...CHOSEN, topics: [], addressId: newer },
    '{}',
    (await import('~/platform/clock.server')).now(),
  );
  await told({ reference, status: 'permanent-failure' });
  const bounced = await rowsOf(store.url, 'select id from mail_address where bounced_at is not null');
  expect(bounced).toContainEqual({ id: addressId });
  expect(bounced).not.toContainEqual({ id: newer });
  expect((await last(subscription))?.state).toBe('queued');
});

test('a code that does not arrive is told', async () => {
  const owner = randomUUID();
  const { now } = await import('~/platform/clock.server');
  const sending = { language: 'nl', now: now() } as const;
  const id = await leaveAddress(owner, `${owner}@example.org`, sending);
  await send();
  expect(await addressWith(owner, id)).toMatchObject({ codeFailed: false });
  await told({ reference: service.taken.at(-1)?.reference, status: 'temporary-failure' });
  expect(await addressWith(owner, id)).toMatchObject({ codeFailed: true, isConfirmed: false });
  await sendCodeAgain(owner, id, sending);
  expect(await addressWith(owner, id)).toMatchObject({ codeFailed: false });
});

test('a temporary failure is tried again, three times at most', async () => {
  const { subscription } = await receipt();
  const references = new Set<string | undefined>();
  for (let nth = 1; nth <= 4; nth += 1) {
    await rowsOf(store.url, 'update outbox set not_before = created_at');
    await send();
    const { reference } = service.taken.at(-1) ?? {};
    references.add(reference);
    await told({ reference, status: nth === 2 ? 'technical-failure' : 'temporary-failure' });
    // Repeated, and too late.
    await told({ reference, status: 'temporary-failure' });
    await told({ reference, status: 'permanent-failure' });
    const waiting = await rowsOf(store.url, 'select not_before > now() as later from outbox');
    expect(waiting).toEqual(nth === 4 ? [] : [{ later: true }]);
  }
  expect(references.size).toBe(4);
  expect((await last(subscription))?.state).toBe('failed');
});

/** Leaves a number and confirms it by the code in its text message. */
async function confirmedNumber(owner: string, number: string): Promise<string> {
  const { now } = await import('~/platform/clock.server');
  const id = await leaveAddress(owner, number, { language: 'nl', now: now() }, 'sms');
  await send();
  const text = service.taken.findLast(({ phone_number }) => phone_number === number);
  expect(text).toMatchObject({ phone_number: number, template_id: SMS_TEMPLATE });
  expect(await confirmAddress(owner, id, text?.personalisation.body.match(/^\d{6}$/m)?.[0] ?? '')).toBe(true);
  return id;
}

/** A message of a kind to a person with an address and a number, which the service then can't deliver by mail. */
async function undelivered(kind: string, status: string, isConfirmed = true) {
  const { owner, subscription, addressId } = await receipt();
  const at = (await import('~/platform/clock.server')).now();
  const number = '+31612345678';
  const numberId = isConfirmed
    ? await confirmedNumber(owner, number)
    : await leaveAddress(owner, number, { language: 'nl', now: at }, 'sms');
  await subscribe(owner, { ...CHOSEN, topics: [], addressId, numberId }, '{}', at);
  await putReceipt(owner, `second ${kind}`, '/cases', at);
  await rowsOf(store.url, `update message set kinds = '{${kind}}' where subscription_id = '${subscription}'`);
  await send();
  await told({ reference: referenceOf(owner), status });
  const before = service.taken.length;
  await send();
  const attempts = await attemptsOf([(await last(subscription))?.id ?? '']);
  return {
    texts: service.taken.slice(before),
    state: (await last(subscription))?.state,
    attempts: attempts.map(({ channel, state }) => `${channel} ${state}`),
  };
}

test('what a person must do goes by text message when mail fails', async () => {
  const { texts, state, attempts } = await undelivered('asked-papers', 'permanent-failure');
  expect(texts).toHaveLength(1);
  expect(texts[0]).toMatchObject({ phone_number: '+31612345678', template_id: SMS_TEMPLATE });
  expect(texts[0]?.personalisation.body).toMatch(/\/nl\/news\/[\da-f-]+\n.*\/stop-messages\//);
  expect([state, attempts]).toEqual(['sent', ['email bounced', 'sms sent']]);
});

test('other news and unconfirmed numbers get no text message', async () => {
  const other = await undelivered('in-treatment', 'permanent-failure');
  const unconfirmed = await undelivered('asked-papers', 'permanent-failure', false);
  expect([other.texts, other.state]).toEqual([[], 'failed']);
  expect([unconfirmed.texts, unconfirmed.state]).toEqual([[], 'failed']);
});

test('a callback may carry a JWT that the token signed', async () => {
  const { subscription } = await receipt();
  await send();
  const body = { reference: service.taken.at(-1)?.reference, status: 'delivered' };
  const jwt = (claims: object, secret = TOKEN, alg = 'HS256') => {
    const content = [{ alg, typ: 'JWT' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    return `${content.join('.')}.${createHmac('sha256', secret).update(content.join('.')).digest('base64url')}`;
  };
  const seconds = Math.floor(Date.now() / 1_000);
  for (const bad of [
    jwt({ iss: 'omc' }, 'another secret'),
    jwt({ iss: 'omc' }, TOKEN, 'none'),
    jwt({ iss: 'omc', exp: seconds - 3_600 }),
    jwt({ iss: 'omc', nbf: seconds + 3_600 }),
    `${jwt({ iss: 'omc' })}.x`,
    '..',
  ])
    expect((await told(body, bad)).status).toBe(403);
  // Registries make theirs once, so its age says nothing.
  expect((await told(body, jwt({ iss: 'omc', iat: 1_600_000_000 }))).status).toBe(204);
  expect((await last(subscription))?.state).toBe('delivered');
});

test('callbacks prove delivery, and a dead address gets nothing more', async () => {
  const [one, two] = [await receipt(), await receipt()];
  await send();
  const [first, second] = [referenceOf(one.owner), referenceOf(two.owner)];
  expect((await told({ reference: first, status: 'delivered' }, 'wrong')).status).toBe(403);
  expect((await told({ status: null })).status).toBe(400);
  expect((await told({ reference: randomUUID(), status: 'delivered' })).status).toBe(204);
  expect((await told({ reference: first, status: 'delivered' })).status).toBe(204);
  // Out of order and repeated.
  expect((await told({ reference: first, status: 'temporary-failure' })).status).toBe(204);
  expect((await told({ reference: second, status: 'permanent-failure' })).status).toBe(204);
  expect([await last(one.subscription), await last(two.subscription)]).toMatchObject([
    { state: 'delivered' },
    { state: 'failed' },
  ]);
  const bounced = await rowsOf(store.url, 'select id from mail_address where bounced_at is not null');
  expect(bounced).toContainEqual({ id: two.addressId });
  expect(bounced).not.toContainEqual({ id: one.addressId });
});
