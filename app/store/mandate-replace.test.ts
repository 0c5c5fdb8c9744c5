import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeByAgency } from '~/mandate/change-by-agency.server';
import { openTestStore } from '../../tests/database';
import { activeMandates, mandatesOf, offerMandate, readMandate, transitionMandate } from './mandate.server';
import { db } from './store.server';
import { giveSub } from './sub-mandate.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const two = () => ({ client: randomUUID(), advisor: randomUUID() });
type Two = ReturnType<typeof two>;

const offer = ({ client, advisor }: Two, caseIds: readonly string[], months = 12) =>
  offerMandate({
    ...{
      client,
      advisor,
      firm: '002220647',
      caseIds,
      actions: ['see'],
      offeredBy: 'advisor',
      maySub: true,
      months,
    },
    ...{ textHash: 'hash', language: 'ar' },
    names: { client: 'C', advisor: 'A', firm: 'F', references: caseIds.map((id) => `Z-${id}`) },
  });

const yes = ({ client }: Two, { id }: { readonly id: string }) =>
  transitionMandate(id, { client }, { do: 'accept', by: 'client' });

async function active(both: Two, caseIds: readonly string[]) {
  const accepted = await yes(both, await offer(both, caseIds));
  if (!accepted) throw new Error('not accepted');
  return accepted;
}

const colleagueOf = async (both: Two, id: string, cases: readonly number[], colleague = randomUUID()) => {
  const given = await giveSub(id, both.advisor, { advisor: colleague, name: 'B', cases, lasts: 'P1M' });
  return { colleague, given };
};

const opened = async (advisor: string) => (await activeMandates(advisor)).map(({ id, caseIds }) => [id, caseIds]);

test('a new mandate supersedes the older one and ends its sub-mandates', async () => {
  const both = two();
  const older = await active(both, ['one']);
  const { colleague, given } = await colleagueOf(both, older.id, [0]);
  const other = await active({ ...both, advisor: randomUUID() }, ['one']);
  const newer = await active(both, ['one', 'two']);
  expect(newer.replaced).toEqual([
    { id: older.id, version: older.version + 1, wholly: true },
    { id: given?.id, version: 2, wholly: true },
  ]);
  expect(await readMandate(older.id, both)).toMatchObject({ state: 'superseded', successor: newer.id });
  expect(await opened(both.advisor)).toEqual([[newer.id, ['one', 'two']]]);
  expect(await opened(colleague)).toEqual([]);
  expect(await readMandate(other.id, both)).toMatchObject({ state: 'active' });
});

test('a partial overlap leaves the other cases to the older mandate', async () => {
  const both = two();
  const older = await active(both, ['one', 'two', 'three']);
  const { colleague } = await colleagueOf(both, older.id, [1, 2]);
  const newer = await active(both, ['two']);
  expect((await opened(both.advisor)).toSorted()).toEqual(
    [
      [older.id, ['one', 'three']],
      [newer.id, ['two']],
    ].toSorted(),
  );
  expect((await opened(colleague)).map(([, cases]) => cases)).toEqual([['three']]);
  const rest = await readMandate(older.id, both);
  expect([rest?.state, rest?.names.references]).toEqual(['active', ['Z-one', 'Z-three']]);
  // Ending the newer one leaves no access to its case.
  await transitionMandate(newer.id, both, { do: 'revoke' });
  expect(await opened(both.advisor)).toEqual([[older.id, ['one', 'three']]]);
});

test('of two offers accepted at once one remains', async () => {
  for (let round = 0; round < 20; round += 1) {
    const both = two();
    const offers = await Promise.all([offer(both, ['one']), offer(both, ['one'], 6)]);
    await Promise.all(offers.map((each) => yes(both, each)));
    const states = (await mandatesOf(both)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['active', 'superseded']);
  }
});

test('no new offer and no colleague gets around a suspended mandate', async () => {
  const both = two();
  const { id } = await active(both, ['one', 'two']);
  const { colleague, given } = await colleagueOf(both, id, [0]);
  await changeByAgency(db(), { mandate: given?.id ?? '' }, { name: 'suspend', reason: 'dispute' });
  expect((await colleagueOf(both, id, [0, 1], colleague)).given).toBeNull();
  await changeByAgency(db(), { mandate: id }, { name: 'suspend', reason: 'dispute' });
  expect(await yes(both, await offer(both, ['two', 'three']))).toBeNull();
  expect(await opened(both.advisor)).toEqual([]);
  expect(await yes(both, await offer(both, ['three']))).toMatchObject({ state: 'active' });
  // A struck-off advisor begins no mandate.
  await changeByAgency(db(), { mandate: id }, { name: 'suspend', reason: 'bar-register' });
  const another = { ...two(), advisor: both.advisor };
  expect(await yes(another, await offer(another, ['four']))).toBeNull();
  const office = two();
  const his = await active(office, ['five']);
  expect((await colleagueOf(office, his.id, [0], both.advisor)).given).toBeNull();
  expect((await colleagueOf(office, his.id, [0])).given).not.toBeNull();
});

test('a second sub-mandate supersedes the first', async () => {
  const both = two();
  const { id } = await active(both, ['one', 'two']);
  const first = await colleagueOf(both, id, [0]);
  const second = await colleagueOf(both, id, [1], first.colleague);
  expect(second.given?.replaced).toEqual([{ id: first.given?.id, version: 2, wholly: true }]);
  expect(await readMandate(first.given?.id ?? '', both)).toMatchObject({ successor: second.given?.id });
});
