import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase, TEST_SECRET } from '../../tests/database';
import { poolerProgram, startPooler } from '../../tests/pooler';
import { activeMandates, offerMandate, transitionMandate } from './mandate.server';
import { createSession, readSession } from './session.server';
import { createCode, verifyCode } from './spoken-code.server';
import { closeStore, openStore } from './store.server';

const program = poolerProgram();

if (program === null)
  test('pgbouncer is not installed, so nothing is shown here of a pooler', () => expect(program).toBeNull());
else describe('behind pgbouncer in transaction mode', () => behindPooler(program));

function behindPooler(program: string): void {
  let database: FreshDatabase;
  let pooler: Awaited<ReturnType<typeof startPooler>>;
  beforeAll(async () => {
    database = await freshDatabase();
    pooler = await startPooler(program, database.url);
    await openStore({ DATABASE_URL: pooler.url, SESSION_SECRET: [TEST_SECRET] });
  });
  afterAll(async () => {
    await closeStore();
    await pooler?.stop();
    await database?.drop();
  });

  test('many sessions at once are kept and read', async () => {
    const now = Temporal.Instant.from('2026-03-02T09:00:00Z');
    const limits = { idleMinutes: 15, absoluteMinutes: 120 };
    const numbers = Array.from({ length: 60 }, (_, index) => index);
    const ids = await Promise.all(numbers.map((number) => createSession({ number }, limits, now)));
    const read = await Promise.all(ids.map((id) => readSession(id, now)));
    expect(read.map((session) => session?.payload)).toEqual(numbers.map((number) => ({ number })));
  });

  test('locks within transactions let one mandate at a time begin', async () => {
    const offers = await Promise.all(
      Array.from({ length: 12 }, () =>
        offerMandate({
          client: randomUUID(),
          advisor: randomUUID(),
          firm: '002220647',
          caseIds: [randomUUID()],
          actions: ['see'],
          offeredBy: 'advisor',
          maySub: false,
          months: 12,
          textHash: 'hash',
          language: 'nl',
          names: { client: 'C', advisor: 'A', firm: 'F', references: ['Z1'] },
        }),
      ),
    );
    await Promise.all(
      offers.map(({ id, client }) => transitionMandate(id, { client }, { do: 'accept', by: 'client' })),
    );
    for (const { id, advisor } of offers)
      expect((await activeMandates(advisor ?? '')).map((mandate) => mandate.id)).toEqual([id]);
  });

  test('a code opens once, however many try it at once', async () => {
    const owner = randomUUID();
    const { id, digits } = await createCode({
      purpose: 'mandate',
      owner,
      sessionHash: randomUUID(),
      refs: [owner],
      seal: () => Buffer.from('sealed'),
      language: 'nl',
      minutes: 10,
    });
    const tries = await Promise.all(Array.from({ length: 5 }, () => verifyCode(id, randomUUID(), digits)));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  });
}
