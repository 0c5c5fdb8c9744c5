import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askedByUnknownSession } from '~/audit/logged-look.server';
import { writeNotedActs } from '~/audit/noted-act.server';
import { config } from '~/config/config.server';
import { rememberActor } from '~/identity/known-actors.server';
import { clearCaches } from '~/platform/caches.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { askAt, listening, OURS, portalOptions, type Question, stop } from '../../tests/portal/portal-options';
import { createPortal } from './portal.server';

const portal = createPortal({
  ...portalOptions({
    form: () => new Response('form'),
    closed: () => {
      askedByUnknownSession();
      return new Response(null, { status: 302, headers: { location: '/en/sign-in' } });
    },
  }),
  config: { ...config(), ADDRESS_HEADER: 'x-address' },
});
let store: Awaited<ReturnType<typeof openTestStore>>;
let port = 0;

beforeAll(async () => {
  store = await openTestStore();
  port = await listening(portal);
  // What tests before these left to write.
  await writeNotedActs(true);
});
afterAll(async () => {
  stop(portal);
  await store.close();
});
beforeEach(clearCaches);

const ask = (path: string, network: string, question: Question = {}) =>
  askAt(port, path, { ...question, headers: { 'x-address': network, ...question.headers } });
const form = { origin: OURS, 'content-type': 'application/x-www-form-urlencoded' };

/** The entries that these refusals make, without what follows from the day. */
async function entries(): Promise<Record<string, unknown>[]> {
  const [last] = await rowsOf(store.url, 'select coalesce(max(seq), 0)::int as seq from audit_event');
  await writeNotedActs(true);
  return rowsOf(
    store.url,
    `select actor_role, result, body::jsonb ->> 'reason' as reason, (body::jsonb ->> 'times')::int as times,
      body::jsonb ->> 'objectRef' as route from audit_event where seq > ${last?.seq} order by seq`,
  );
}

test.each<[string, string, Question]>([
  ['403 Sent from another site', '/form', { method: 'POST', headers: { origin: 'https://evil.example' } }],
  ['403 Sent from another site', '/form', { method: 'POST' }],
  ['405 Method not allowed', '/form', { method: 'DELETE' }],
  ['413 Too much was sent', '/form', { method: 'POST', headers: form, body: 'x'.repeat(70_000) }],
  ['414 Address too long', `/${'x'.repeat(5_000)}`, {}],
  ['415 Not a form', '/form', { method: 'POST', headers: { ...form, 'content-type': 'text/xml' } }],
  ['unknown session', '/closed', {}],
])('a refusal “%s” is an entry', async (reason, path, question) => {
  await ask(path, '192.0.2.1', question);
  expect(await entries()).toMatchObject([{ actor_role: 'anyone', result: 'denied', reason, times: 1 }]);
});

test('a network’s refusals of a minute are counted in one entry', async () => {
  for (let n = 0; n < 5; n += 1) await ask('/form', '192.0.2.1', { method: 'DELETE' });
  await ask('/form', '192.0.2.2', { method: 'DELETE' });
  expect((await entries()).map(({ times }) => times).sort()).toEqual([1, 1, 4]);
});

test('refusals of very many networks share entries', async () => {
  for (let n = 0; n < 130; n += 1) await ask('/form', `198.51.100.${n}`, { method: 'DELETE' });
  const made = await entries();
  expect(made.length).toBeLessThanOrEqual(102);
  expect(made.reduce((sum, { times }) => sum + Number(times), 0)).toBe(130);
});

test('a known session’s refusal is its user’s, without an address', async () => {
  rememberActor('session-1', { id: 'sub-7', role: 'staff', assurance: 'high' });
  await ask('/form', '192.0.2.1', { method: 'DELETE', headers: { cookie: '__Host-zicht=session-1' } });
  expect(await entries()).toMatchObject([{ actor_role: 'staff' }]);
  const rows = await rowsOf(store.url, 'select actor, body from audit_event');
  expect(rows.some(({ actor }) => actor === actorPseudonym('sub-7'))).toBe(true);
  expect(JSON.stringify(rows)).not.toContain('192.0.2');
});

test('an allowed page and a missing one make no entry', async () => {
  await ask('/form', '192.0.2.1');
  await ask('/nowhere', '192.0.2.1');
  expect(await entries()).toEqual([]);
});
