import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { whoLooked } from '~/audit/who-looked.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { type Mandate, offerMandate, transitionMandate } from '~/store/mandate.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { wordsOf } from '../../tests/e2e/words';
import { hasOpenedTooMany, mustPause } from './file-limit.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const somebody = () => ({
  actor: { id: randomUUID(), role: 'advisor' as const, name: 'An Advisor' },
  staffRoles: [],
  office: '002220647',
  assurance: 'substantial',
  sessionMark: 'x',
  language: 'en' as const,
});

async function aClientOf(advisor: ReturnType<typeof somebody>): Promise<Mandate> {
  const client = randomUUID();
  const { id } = await offerMandate({
    ...{ client, advisor: actorPseudonym(advisor.actor.id), firm: advisor.office, caseIds: [randomUUID()] },
    ...{ actions: ['see'], offeredBy: 'advisor', maySub: false, months: 12, textHash: 'h', language: 'en' },
    names: { client: 'C', advisor: 'A', firm: 'F', references: ['Z'] },
  });
  const accepted = await transitionMandate(id, { client }, { do: 'accept', by: 'client' });
  if (!accepted) throw new Error('not accepted');
  return accepted;
}

const looks = (advisor: ReturnType<typeof somebody>, grantId: string) =>
  addAuditEntry(advisor.actor, {
    action: 'view-case',
    objectType: 'case',
    grantId,
    ground: 'mandate',
    subjects: ['s'],
  });
const pauses = async () =>
  (await rowsOf(store.url, "select count(*)::int as n from audit_event where action = 'pause-advisor'"))[0]?.n;

test('beyond the hourly limit the next file waits, logged once', async () => {
  const advisor = somebody();
  const first = await aClientOf(advisor);
  const next = await aClientOf(advisor);
  await looks(advisor, first.id);
  // The same file repeated counts once.
  for (let n = 0; n < 5; n += 1) await looks(advisor, first.id);
  for (let n = 0; n < 18; n += 1) await looks(advisor, randomUUID());
  expect(await mustPause(advisor, { mandate: next, clients: 20 })).toBe(false);
  await looks(advisor, randomUUID());
  expect(await mustPause(advisor, { mandate: next, clients: 20 })).toBe(true);
  expect(await mustPause(advisor, { mandate: next, clients: 20 })).toBe(true);
  expect(await pauses()).toBe(1);
  expect(await mustPause(advisor, { mandate: first, clients: 20 })).toBe(false);
  expect(await mustPause(advisor, { mandate: next, clients: 300 })).toBe(false);
  expect(await mustPause(somebody(), { mandate: next, clients: 1 })).toBe(false);
});

test('the clients whose files were opened are told of the pause', async () => {
  const advisor = somebody();
  const [seen, unseen] = [await aClientOf(advisor), await aClientOf(advisor)];
  await looks(advisor, seen.id);
  for (let n = 0; n < 19; n += 1) await looks(advisor, randomUUID());
  expect(await mustPause(advisor, { mandate: unseen, clients: 20 })).toBe(true);
  const told = async (client: string) => (await whoLooked(client, 'en')).map(({ what }) => what);
  expect(await told(seen.client)).toEqual([wordsOf('en')('audit:action.pause-advisor')]);
  expect(await told(unseen.client)).toEqual([]);
});

test('of many files opened at one moment none exceeds the limit', async () => {
  const advisor = somebody();
  const mandates = await Promise.all(Array.from({ length: 26 }, () => aClientOf(advisor)));
  const shown = await Promise.all(
    mandates.map(async (mandate) => {
      if (await mustPause(advisor, { mandate, clients: 26 })) return false;
      await looks(advisor, mandate.id);
      return !(await hasOpenedTooMany(advisor, { mandate, clients: 26 }));
    }),
  );
  expect(shown.filter(Boolean).length).toBeLessThanOrEqual(21);
});
