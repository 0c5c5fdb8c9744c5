import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf, TEST_SECRET } from '../../tests/database';
import { createSession, deleteExpiredSessions, deleteSession, readSession, touchSession } from './session.server';
import { closeStore, openStore } from './store.server';

const at = (minute: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ minutes: minute });
const limits = { idleMinutes: 15, absoluteMinutes: 120 };
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a session returns its payload to a holder of its id', async () => {
  const id = await createSession({ person: 'ሰላም', roles: ['applicant'] }, limits, at(0));
  expect(id).toMatch(/^[\w-]{43}$/);
  expect((await readSession(id, at(1)))?.payload).toEqual({ person: 'ሰላም', roles: ['applicant'] });
  expect(await readSession(`${id.slice(0, -1)}_`, at(1))).toBeNull();
});

test('a session ends at its idle limit, which touching moves', async () => {
  const id = await createSession({}, limits, at(0));
  expect(await readSession(id, at(14))).not.toBeNull();
  expect(await touchSession(id, limits.idleMinutes, at(14))).toBe(true);
  expect(await readSession(id, at(28))).not.toBeNull();
  expect(await touchSession(id, limits.idleMinutes, at(29))).toBe(false);
  expect(await readSession(id, at(29))).toBeNull();
});

test('a clock that is set back revives no session', async () => {
  const over = await createSession({}, limits, at(0));
  expect(await readSession(over, at(15))).toBeNull();
  expect(await readSession(over, at(1))).toBeNull();
  const ahead = await createSession({}, limits, at(60));
  expect(await readSession(ahead, at(0))).toBeNull();
  expect(await readSession(ahead, at(61))).toBeNull();
});

test('touching never extends a session past its absolute limit', async () => {
  const id = await createSession({}, limits, at(0));
  for (let minute = 10; minute < 120; minute += 10) expect(await touchSession(id, 15, at(minute))).toBe(true);
  expect(await readSession(id, at(119))).not.toBeNull();
  expect(await readSession(id, at(120))).toBeNull();
});

test('a deleted session is gone', async () => {
  const id = await createSession({}, limits, at(0));
  await deleteSession(id);
  expect(await readSession(id, at(1))).toBeNull();
});

test('cleaning deletes expired sessions only', async () => {
  const old = await createSession({}, { idleMinutes: 1, absoluteMinutes: 1 }, at(0));
  const young = await createSession({}, limits, at(5));
  expect(await deleteExpiredSessions(at(6))).toBeGreaterThanOrEqual(1);
  expect(await readSession(old, at(0))).toBeNull();
  expect(await readSession(young, at(6))).not.toBeNull();
});

test('the table contains neither the id nor any payload', async () => {
  const id = await createSession({ name: 'CANARY-9f31' }, limits, at(0));
  const dump = JSON.stringify(
    await rowsOf(store.url, "select id_hash, encode(payload, 'escape') as text from session"),
  );
  expect(dump).not.toContain('CANARY');
  expect(dump).not.toContain(id);
});

test('a payload copied to another row does not open', async () => {
  const mine = await createSession({ person: 'me' }, limits, at(0));
  const theirs = await createSession({ person: 'them' }, limits, at(0));
  const hash = (id: string) => createHash('sha256').update(id).digest('hex');
  const payload = `select payload from session where id_hash = '${hash(theirs)}'`;
  await rowsOf(store.url, `update session set payload = (${payload}) where id_hash = '${hash(mine)}'`);
  expect(await readSession(mine, at(1))).toBeNull();
  expect((await readSession(theirs, at(1)))?.payload).toEqual({ person: 'them' });
});

test('a new secret keeps old sessions; dropping the old one ends them', async () => {
  const id = await createSession({ step: 1 }, limits, at(0));
  const reopen = async (...secrets: [string, ...string[]]) => {
    await closeStore();
    await openStore({ DATABASE_URL: store.url, SESSION_SECRET: secrets });
  };
  await reopen('a-newer-secret-of-at-least-32-letters', TEST_SECRET);
  expect((await readSession(id, at(1)))?.payload).toEqual({ step: 1 });
  await reopen('a-newer-secret-of-at-least-32-letters');
  expect(await readSession(id, at(1))).toBeNull();
  await reopen(TEST_SECRET);
});
