import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { config } from '~/config/config.server';
import { clearCaches } from '~/platform/caches.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { addAuditEntry } from './audit-entry.server';
import { askedBy } from './logged-look.server';
import { trackLooks } from './look-tracker.server';
import { noteAct, writeNotedActs } from './noted-act.server';
import { verifyStored } from './verify-chain.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
let clock = 0;
let before = 0;
beforeEach(async () => {
  await clearCaches();
  clock = 1_000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
  before = Number((await rowsOf(store.url, 'select count(*)::int as n from audit_event'))[0]?.n);
});
afterEach(() => vi.restoreAllMocks());

const me = { id: 'sub-1', role: 'applicant' } as const;
const other = { id: 'sub-2', role: 'applicant' } as const;
const refusal = { action: 'refused-request', objectType: 'route', result: 'denied' } as const;
const written = () =>
  rowsOf(
    store.url,
    `select action, (body::jsonb ->> 'times')::int as times from audit_event where seq > ${before} order by seq`,
  );

test('the refusals of an actor are one entry a minute', async () => {
  for (let n = 0; n < 500; n += 1) {
    noteAct(me, { ...refusal, objectRef: `route ${n}` });
    await writeNotedActs();
    clock += 100;
  }
  noteAct(other, refusal);
  await writeNotedActs();
  expect(await written()).toEqual([
    { action: 'refused-request', times: 1 },
    { action: 'refused-request', times: 1 },
  ]);
  clock += 61_000;
  await writeNotedActs();
  expect((await written()).map(({ times }) => times)).toEqual([1, 1, 499]);
  clock += 61_000;
  await writeNotedActs();
  expect(await written()).toHaveLength(3);
});

test('different acts are entries of their own, and the chain is whole', async () => {
  for (const objectRef of ['a', 'b', 'b']) noteAct(me, { action: 'book', objectType: 'booking', objectRef });
  await Promise.all([writeNotedActs(), addAuditEntry(me, { action: 'make-code', objectType: 'code' })]);
  await writeNotedActs(true);
  expect((await written()).map(({ action, times }) => `${action} ${times}`).sort()).toEqual([
    'book 1',
    'book 1',
    'book 1',
    'make-code 1',
  ]);
  expect((await verifyStored(store.url, config().OWNER_SECRET)).faults).toEqual([]);
});

test('what can’t be written waits for the next round', async () => {
  noteAct(me, { action: 'sign-out', objectType: 'session' });
  await rowsOf(store.url, 'alter table audit_head rename to audit_head_away');
  await expect(writeNotedActs()).rejects.toThrow();
  await rowsOf(store.url, 'alter table audit_head_away rename to audit_head');
  await writeNotedActs();
  expect(await written()).toEqual([{ action: 'sign-out', times: 1 }]);
});

test.each([
  ['a page of one’s own', 200, 'sent', ['view-own']],
  ['a page that does not exist', 404, 'not-sent', ['refused-request']],
  ['a request too many', 429, 'not-sent', ['refused-request']],
  ['a page that was not sent', 200, 'not-sent', []],
] as const)('%s leaves its entry after the answer', async (_what, status, how, actions) => {
  const tracker = trackLooks(() => ({ origin: 'phone', build: 'b' }));
  const ownLook = { action: 'view-own', objectType: 'case', objectRef: 'case' } as const;
  tracker.make(() => askedBy({ actor: me, route: 'read own-cases', ownLook }));
  tracker.ended(how, status);
  await writeNotedActs();
  expect((await written()).map(({ action }) => action)).toEqual(actions);
});
