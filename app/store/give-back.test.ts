import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { forbidUndo, takeUpAgain, undoable } from './give-back.server';
import { activeMandates, offerMandate, readMandate, transitionMandate } from './mandate.server';
import { stopAdvisor } from './mandate-agency.server';
import { db } from './store.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const nobody = async () => undefined;

async function active(given: { client?: string; advisor?: string; caseIds?: string[] } = {}) {
  const { client = randomUUID(), advisor = randomUUID(), caseIds = [randomUUID()] } = given;
  const { id } = await offerMandate({
    ...{ client, advisor, firm: '002220647', caseIds, actions: ['see', 'arrange'], offeredBy: 'advisor', months: 12 },
    ...{ maySub: false, textHash: 'h', language: 'ar' },
    names: { client: 'أمل حداد', advisor: 'A. Lawyer', firm: 'F', references: ['Z1-1'] },
  });
  await transitionMandate(id, { client }, { do: 'accept', by: 'client' }, { office: 'look' });
  return { id, client, advisor, caseIds };
}

async function givenBack() {
  const all = await active();
  await transitionMandate(all.id, { advisor: all.advisor, firm: null }, { do: 'withdraw' });
  expect(await activeMandates(all.advisor)).toEqual([]);
  return all;
}

const again = ({ id, advisor }: { id: string; advisor: string }) => takeUpAgain(id, advisor, nobody);

test('what was given back can be taken up once, as it was', async () => {
  const all = await givenBack();
  const before = await readMandate(all.id, { client: all.client });
  expect((await undoable(all.advisor)).map(({ id }) => id)).toEqual([all.id]);
  const taken = await again(all);
  const { caseIds, actions, office, validUntil, clientSignedAt, textHash } = before ?? {};
  expect(taken).toMatchObject({ caseIds, actions, office, clientSignedAt, textHash, state: 'active' });
  expect(taken?.validUntil?.toString()).toBe(validUntil?.toString());
  expect(taken?.names.client).toBe('أمل حداد');
  expect((await activeMandates(all.advisor)).map(({ id }) => id)).toEqual([taken?.id]);
  expect(await readMandate(all.id, { client: all.client })).toMatchObject({ state: 'withdrawn-advisor' });
  expect([await again(all), await undoable(all.advisor)]).toEqual([null, []]);
});

test('two undo requests at once open it once', async () => {
  const all = await givenBack();
  const taken = await Promise.all([again(all), again(all)]);
  expect(taken.filter((one) => one !== null)).toHaveLength(1);
  expect(await activeMandates(all.advisor)).toHaveLength(1);
});

test('nobody else undoes it, nor after a day or its last day', async () => {
  const all = await givenBack();
  expect(await takeUpAgain(all.id, randomUUID(), nobody)).toBeNull();
  for (const column of ['undo_until', 'valid_until']) {
    const late = await givenBack();
    await rowsOf(store.url, `update mandate set ${column} = now() where id = '${late.id}'`);
    expect([await again(late), await undoable(late.advisor)]).toEqual([null, []]);
  }
});

test('a client who does not want it ends the time to undo', async () => {
  const all = await givenBack();
  expect(await forbidUndo(all.id, randomUUID())).toBe(false);
  expect(await forbidUndo(all.id, all.client)).toBe(true);
  expect([await again(all), await forbidUndo(all.id, all.client)]).toEqual([null, false]);
});

test('a client who turned to somebody else meanwhile keeps them alone', async () => {
  const all = await givenBack();
  await active({ client: all.client, caseIds: all.caseIds });
  expect([await again(all), await undoable(all.advisor)]).toEqual([null, []]);
});

test('only what the advisor gave back while it held can be undone', async () => {
  const [ended, suspended] = [await active(), await active()];
  await transitionMandate(ended.id, { client: ended.client }, { do: 'revoke' });
  await rowsOf(
    store.url,
    `update mandate set state = 'suspended', suspended_for = '{dispute}' where id = '${suspended.id}'`,
  );
  await transitionMandate(suspended.id, { advisor: suspended.advisor, firm: null }, { do: 'withdraw' });
  expect([await again(ended), await again(suspended)]).toEqual([null, null]);
});

test('a stopped advisor takes nothing up', async () => {
  const all = await givenBack();
  await stopAdvisor(db(), { advisor: all.advisor, reason: 'compromise', stopped: true }, nobody);
  expect(await again(all)).toBeNull();
});
