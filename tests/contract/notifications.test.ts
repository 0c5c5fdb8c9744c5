import { once } from 'node:events';
import { createServer } from 'node:http';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Subscription from '~/agency/subscription.server';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import type { Actor } from '~/model/viewer';
import type * as Route from '~/routes/notifications';
import { type Agency, startAgency } from '../../mocks/agency';
import { changeOf, type Message } from '../../mocks/nrc/handlers';
import { openTestStore, rowsOf } from '../database';

const TOKEN = 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa';

let store: Awaited<ReturnType<typeof openTestStore>>;
let agency: Agency;
let route: typeof Route;
let registry: typeof Subscription;
let isSafe = true;
const portal = createServer(async (incoming, outgoing) => {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  const answer = await post(body, isSafe ? (incoming.headers.authorization ?? null) : `Bearer ${TOKEN}`);
  outgoing.writeHead(answer.status).end();
});

beforeAll(async () => {
  store = await openTestStore();
  agency = await startAgency();
  portal.listen(0, '127.0.0.1');
  await once(portal, 'listening');
  const address = portal.address();
  vi.stubEnv('ORIGIN', `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`);
  vi.stubEnv('NOTIFICATIONS_TOKEN', TOKEN);
  route = await import('~/routes/notifications');
  registry = await import('~/agency/subscription.server');
});
afterEach(async () => {
  agency.reset();
  isSafe = true;
  await rowsOf(store.url, 'delete from case_change');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  portal.close();
  await Promise.all([store.close(), agency.stop()]);
});

const post = (body: string, authorization: string | null = `Bearer ${TOKEN}`) =>
  route.action({
    request: new Request('http://localhost:3000/notifications', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    }),
  });
const subscribe = () => registry.subscribe(`${agency.url}/notificaties/api/v1`, TOKEN);
const someCase = () => agency.world.cases[0] ?? fail();
const change = (at: string, more: object = {}): Message => ({ ...changeOf(agency.url, someCase(), at), ...more });
const send = async (message: object) => (await post(JSON.stringify(message))).status;
const rows = () => rowsOf(store.url, 'select case_hash, told_at, noticed_at from case_change');
const ago = (minutes: number) => Temporal.Now.instant().subtract({ minutes }).toString();

async function isOutdated(since: Temporal.Instant): Promise<boolean> {
  const { anyChangedSince } = await import('~/store/case-change.server');
  const { changedCaseHash } = await import('~/platform/pseudonym.server');
  return anyChangedSince([changedCaseHash(someCase().uuid)], since);
}

describe('a notification', () => {
  test('outdates what was known of its case, and names no case', async () => {
    const before = Temporal.Now.instant();
    expect(await isOutdated(before)).toBe(false);
    expect(await send(change(ago(0)))).toBe(204);
    expect(await isOutdated(before)).toBe(true);
    expect(JSON.stringify(await rows())).not.toContain(someCase().uuid);
  });

  test('that comes again or too late changes nothing', async () => {
    const newest = change(ago(1));
    expect(await send(newest)).toBe(204);
    const [noted] = await rows();
    const after = Temporal.Now.instant();
    for (const again of [newest, newest, change(ago(5)), change(ago(60 * 48))]) expect(await send(again)).toBe(204);
    expect(await rows()).toEqual([noted]);
    expect(await isOutdated(after)).toBe(false);
    expect(await send(change(ago(0)))).toBe(204);
    expect(await isOutdated(after)).toBe(true);
  });

  test('hides what was kept about its case only', async () => {
    const { keepWith, orKept } = await import('~/agency/kept-answer.server');
    const { createSession } = await import('~/store/session.server');
    const { now } = await import('~/platform/clock.server');
    const whose = { subject: 'hash', owner: null, device: 'phone', providerSession: null } as const;
    const sessionId = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, now(), whose);
    const other = agency.world.cases[1] ?? fail();
    const ask = (caseId: string, load: () => Promise<Loaded<string>>) => {
      const actor: Actor = { id: 'somebody', role: 'applicant', name: '' };
      keepWith(actor, sessionId);
      return orKept({ actor, about: caseId, budget: 2_000, patience: 1_000, load, casesIn: () => [caseId] });
    };
    const stateOf = async (caseId: string) => (await ask(caseId, async () => unavailable('down'))).state;
    for (const { uuid } of [someCase(), other]) {
      await ask(uuid, async () => fresh('told', now().toString()));
      await vi.waitFor(async () => expect(await stateOf(uuid)).toBe('kept'));
    }
    expect(await send(change(ago(0)))).toBe(204);
    expect([await stateOf(someCase().uuid), await stateOf(other.uuid)]).toEqual(['unavailable', 'kept']);
  });

  test('from a clock that is ahead hides no later one', async () => {
    expect(await send(change(ago(-600)))).toBe(204);
    const after = Temporal.Now.instant();
    expect(await send(change(ago(-600)))).toBe(204);
    expect(await isOutdated(after)).toBe(true);
  });

  test.each([
    ['of another channel', { kanaal: 'besluiten' }, 204],
    ['with capitals and a slash', { hoofdObject: 'HTTPS://X/zaken/3F1D6C2A-5B7E-4C19-9F52-6A0E4D1B7C88/' }, 204],
    ['of no case', { hoofdObject: 'https://x/zaken/' }, 400],
    ['of something else', { hoofdObject: 7 }, 400],
    ['without a channel', { kanaal: undefined }, 400],
    ['with an odd time', { aanmaakdatum: 'yesterday' }, 204],
    ['with no time', { aanmaakdatum: null }, 204],
    ['with white space', { kanaal: ' zaken ', aanmaakdatum: {} }, 204],
    ['of another channel about nothing', { kanaal: 'test', hoofdObject: null }, 204],
  ])('%s is answered', async (_what, more, status) => {
    expect(await send(change(ago(0), more))).toBe(status);
  });

  test('without the token is refused with 403', async () => {
    const message = JSON.stringify(change(ago(0)));
    for (const authorization of [null, 'Bearer x', TOKEN, `bearer ${TOKEN}`, `Bearer ${TOKEN} `.repeat(2)])
      expect((await post(message, authorization)).status).toBe(403);
    expect(await rows()).toEqual([]);
    expect((await post('{')).status).toBe(400);
    expect((await post('[]')).status).toBe(400);
  });
});

describe('the subscription', () => {
  test('is made once, and the registry tells a published decision', async () => {
    expect([await subscribe(), await subscribe(), await subscribe()]).toEqual(['made', 'known', 'known']);
    expect(agency.notifications.subscriptions()).toHaveLength(1);
    agency.publishDecision(someCase().reference, ago(1));
    await fetch(`${agency.url}/zaken/api/v1/zaken`);
    await vi.waitFor(async () => expect(await rows()).toHaveLength(1));
  });

  test('is refused to an address that anybody may use', async () => {
    isSafe = false;
    await expect(subscribe()).rejects.toThrow('POST /abonnement: status 400');
    expect(agency.notifications.subscriptions()).toEqual([]);
  });
});

test('only its own address takes JSON of another origin', async () => {
  const { refusalOf } = await import('~/server/guards.server');
  const refused = (url: string, type: string) =>
    refusalOf({ method: 'POST', url, headers: { 'content-type': type } }, 'http://localhost:3000')?.status;
  expect(refused('/notifications', 'application/json; charset=utf-8')).toBeUndefined();
  expect(refused('/notifications', 'application/x-www-form-urlencoded')).toBe(415);
  expect(refused('/auth/backchannel-logout', 'application/json')).toBe(415);
  expect(refused('/notifications?x', 'application/json')).toBe(403);
  expect(refused('/nl/sign-out', 'application/json')).toBe(403);
});

function fail(): never {
  throw new Error('no case');
}
