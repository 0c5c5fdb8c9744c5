import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../../tests/database';
import { keepAnswer, readKept } from './kept-answer.server';
import { offerMandate, transitionMandate } from './mandate.server';
import { createSession } from './session.server';
import { giveSub } from './sub-mandate.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const now = Temporal.Instant.from('2026-03-02T09:00:00Z');

/** An advisor who was told something of their clients. */
async function told() {
  const subject = randomUUID();
  const whose = { subject, owner: null, device: 'desktop', providerSession: null };
  const sessionId = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, now, whose);
  const kept = { sessionId, about: 'clients' };
  expect(await keepAnswer(kept, 'their stage', { now, until: now.add({ hours: 8 }) })).toBe(true);
  return { subject, isKept: async () => (await readKept(kept, now)) === 'their stage' };
}

async function givenTo(advisor: string) {
  const names = { client: 'C', advisor: 'A', firm: 'F', references: ['Z1'] };
  const { id, client } = await offerMandate({
    client: randomUUID(),
    advisor,
    firm: '002220647',
    caseIds: [randomUUID()],
    actions: ['see', 'deadlines'],
    offeredBy: 'advisor',
    maySub: true,
    months: 12,
    textHash: 'hash',
    language: 'ar',
    names,
  });
  await transitionMandate(id, { client }, { do: 'accept', by: 'client' }, { maySub: true });
  return { id, client };
}

test('what an advisor was told is gone when a mandate ends', async () => {
  const [advisor, other] = [await told(), await told()];
  const { id, client } = await givenTo(advisor.subject);
  expect(await advisor.isKept()).toBe(true);
  await transitionMandate(id, { client }, { do: 'revoke' });
  expect(await advisor.isKept()).toBe(false);
  expect(await other.isKept()).toBe(true);
});

test('a colleague forgets with the advisor for whom they stand in', async () => {
  const [advisor, colleague] = [await told(), await told()];
  const { id, client } = await givenTo(advisor.subject);
  await giveSub(id, advisor.subject, { advisor: colleague.subject, name: 'C', cases: [0], lasts: 'P1M' });
  expect(await colleague.isKept()).toBe(true);
  await transitionMandate(id, { client }, { do: 'revoke' });
  expect(await advisor.isKept()).toBe(false);
  expect(await colleague.isKept()).toBe(false);
});
