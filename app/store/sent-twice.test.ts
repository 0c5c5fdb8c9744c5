import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { prepareRelease } from './draw.server';
import { prepareSwitch } from './estimate-switch.server';
import { type NewMandate, offerMandate, transitionMandate } from './mandate.server';
import { addOwnNote, ownNotes } from './own-file.server';
import { createCode } from './spoken-code.server';

/** A double click, two tabs, the back button: the same form arrives several times at once. */
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const thrice = <T>(act: () => Promise<T>): Promise<T[]> => Promise.all([act(), act(), act()]);
const at = Temporal.Instant.from('2037-03-02T09:00:00Z');

test('one offer waits for its answer, another may follow', async () => {
  const offer: NewMandate = {
    client: randomUUID(),
    advisor: randomUUID(),
    firm: '002220647',
    caseIds: ['one', 'two'],
    actions: ['see'],
    offeredBy: 'advisor',
    maySub: false,
    months: 12,
    textHash: 'hash',
    language: 'en',
    names: { client: 'C', advisor: 'A', firm: 'F', references: ['Z1'] },
  };
  let written = 0;
  const offers = await thrice(() =>
    offerMandate(offer, async () => {
      written += 1;
    }),
  );
  expect(new Set(offers.map(({ id }) => id)).size).toBe(1);
  expect(written).toBe(1);
  const longer = await offerMandate({ ...offer, months: 6 });
  expect(longer.id).not.toBe(offers[0]?.id);
  await transitionMandate(offers[0]?.id ?? '', { client: offer.client }, { do: 'decline', by: 'client' });
  expect((await offerMandate(offer)).id).not.toBe(offers[0]?.id);
});

test("an office's note stands once", async () => {
  const [keeper, caseId] = [randomUUID(), randomUUID()];
  const note = { text: 'Call the sister', writer: 'A. Advisor' };
  expect(await thrice(() => addOwnNote(keeper, caseId, note))).toEqual([true, true, true]);
  expect(await ownNotes(keeper, [caseId])).toHaveLength(1);
  await addOwnNote(keeper, caseId, { ...note, text: 'She called back' });
  await addOwnNote(keeper, caseId, note);
  expect((await ownNotes(keeper, [caseId])).map(({ text }) => text)).toEqual([
    'Call the sister',
    'She called back',
    'Call the sister',
  ]);
});

test('a switch and a draw are prepared once', async () => {
  let logged = 0;
  const change = { procedure: 'study', trust: 'none', reason: 'decision-stop', endsAt: at } as const;
  const log = async () => {
    logged += 1;
  };
  await thrice(() => prepareSwitch(change, 'one', at, log));
  expect(logged).toBe(1);
  await prepareSwitch(change, 'other', at, log);
  expect(logged).toBe(2);
  const wanted = { product: 'BIO', desks: ['AM', 'DH'], fromDate: '2037-03-05', untilDate: '2037-03-06', opensAt: at };
  const draws = await thrice(() => prepareRelease({ ...wanted, confirmHours: 24 }, 'one', at));
  expect(new Set(draws.map(({ id }) => id)).size).toBe(1);
});

test('of codes made at once one lives', async () => {
  const owner = randomUUID();
  const wanted = { purpose: 'view', owner, sessionHash: 's', refs: [], language: 'en', minutes: 10 } as const;
  const made = await thrice(() => createCode({ ...wanted, seal: () => Buffer.from('x') }));
  const living = await rowsOf(store.url, `select id from spoken_code where used_at is null and owner = '${owner}'`);
  expect(living).toHaveLength(1);
  expect(made.map(({ id }) => id)).toContain(living[0]?.id);
});
