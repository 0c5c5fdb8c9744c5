import { createHash, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { createSession, deleteSession } from './session.server';
import { createCode } from './spoken-code.server';
import {
  endByAgent,
  endBySubject,
  locateGrant,
  openGrant,
  openGrantOn,
  readGrant,
  touchGrant,
} from './view-grant.server';

let sessionHash: string;
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
  const id = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  sessionHash = createHash('sha256').update(id).digest('hex');
});
afterAll(() => store.close());

const sealed = Buffer.from('sealed');

async function located(given: { agent?: string; owner?: string } = {}) {
  const { agent = randomUUID(), owner = randomUUID() } = given;
  const { id: codeId } = await createCode({
    purpose: 'view',
    owner,
    sessionHash,
    refs: ['r'],
    seal: () => sealed,
    language: 'ar',
    pageWidth: 22.5,
    minutes: 10,
  });
  const purpose = 'question-page' as const;
  return locateGrant({
    agent,
    agentNumber: 4471,
    agentSession: 'here',
    owner,
    codeId,
    purpose,
    callId: 'c1',
    language: 'ar',
    pageWidth: 22.5,
  });
}

async function active(given: { agent?: string; owner?: string } = {}) {
  const found = await located(given);
  const opened = await openGrant(found.id, found.agent, sealed);
  if (!opened) throw new Error('not opened');
  return opened;
}

test('a located session shows nothing', async () => {
  const { id, agent } = await located();
  expect(await touchGrant(id, agent, 'here')).toBeNull();
});

test('an open session works for its employee in their own sign-in only', async () => {
  const { id, agent } = await active();
  expect((await touchGrant(id, agent, 'here'))?.state).toBe('active');
  expect(await touchGrant(id, agent, 'elsewhere')).toBeNull();
  expect(await touchGrant(id, randomUUID(), 'here')).toBeNull();
  expect(await readGrant(id, randomUUID())).toBeNull();
  expect(await touchGrant('1', agent, 'here')).toBeNull();
});

test('a session stopped by its subject is over at the next read', async () => {
  const { id, agent, owner } = await active();
  expect(await endBySubject(owner)).toHaveLength(1);
  expect(await touchGrant(id, agent, 'here')).toBeNull();
  expect((await readGrant(id, agent))?.state).toBe('ended-subject');
  expect(await openGrant(id, agent, sealed)).toBeNull();
  expect(await rowsOf(store.url, `select 1 from view_grant where id = '${id}' and subject is not null`)).toEqual([]);
});

test('a session ends after 15 minutes, or 5 idle, by database time', async () => {
  for (const change of ['expires_at = now()', "last_seen_at = now() - interval '5 minutes'"]) {
    const { id, agent } = await active();
    await rowsOf(store.url, `update view_grant set ${change} where id = '${id}'`);
    expect(await touchGrant(id, agent, 'here')).toBeNull();
    expect((await readGrant(id, agent))?.state).toBe('expired');
  }
});

test("a new call ends the employee's previous session", async () => {
  const agent = randomUUID();
  const first = await active({ agent });
  const second = await active({ agent });
  expect((await readGrant(first.id, agent))?.state).toBe('ended-agent');
  expect((await readGrant(second.id, agent))?.state).toBe('active');
});

test('one employee at a time looks at a person', async () => {
  const owner = randomUUID();
  const first = await active({ owner });
  const second = await active({ owner });
  expect((await readGrant(first.id, first.agent))?.state).toBe('expired');
  expect((await openGrantOn(owner))?.id).toBe(second.id);
});

test('of many concurrent openings of one session one succeeds', async () => {
  const { id, agent } = await located();
  const opened = await Promise.all(Array.from({ length: 10 }, () => openGrant(id, agent, sealed)));
  expect(opened.filter((grant) => grant !== null)).toHaveLength(1);
});

test('the employee ends a session, once', async () => {
  const { id, agent, owner } = await active();
  expect(await endByAgent(id, randomUUID())).toBeNull();
  expect((await endByAgent(id, agent))?.state).toBe('ended-agent');
  expect(await endByAgent(id, agent)).toBeNull();
  expect(await openGrantOn(owner)).toBeNull();
});

test('a session is over for every query once its subject signs out', async () => {
  const session = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  const before = sessionHash;
  sessionHash = createHash('sha256').update(session).digest('hex');
  const { id, agent, owner } = await active();
  sessionHash = before;
  expect((await openGrantOn(owner))?.id).toBe(id);
  await deleteSession(session);
  expect(await touchGrant(id, agent, 'here')).toBeNull();
  expect((await readGrant(id, agent))?.state).toBe('ended-subject');
  expect(await openGrantOn(owner)).toBeNull();
});
