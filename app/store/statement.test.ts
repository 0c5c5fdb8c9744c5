import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import {
  countCheck,
  createStatement,
  deleteExpiredStatements,
  findStatement,
  statementsOf,
  withdrawStatement,
} from './statement.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const noLog = async () => {};
const LIMITS = { days: 30, most: 5 };

async function made() {
  const whose = { owner: randomUUID(), caseRef: randomUUID() };
  const wanted = { ...whose, codeHash: randomUUID(), facts: Buffer.from('sealed') };
  expect(await createStatement(wanted, LIMITS, noLog)).toBe(true);
  const [row] = await statementsOf(whose);
  if (!row) throw new Error('no statement');
  return { ...wanted, whose, id: row.id };
}

test('a valid code finds its statement, and each check counts', async () => {
  const { codeHash, id, whose } = await made();
  expect((await findStatement(codeHash))?.id).toBe(id);
  await Promise.all([countCheck(id, noLog), countCheck(id, noLog)]);
  expect((await statementsOf(whose))[0]?.checks).toBe(2);
});

test('only its owner withdraws a statement, and it is gone at once', async () => {
  const { codeHash, id, owner } = await made();
  expect(await withdrawStatement(id, randomUUID(), noLog)).toBe(false);
  expect(await withdrawStatement('no id', owner, noLog)).toBe(false);
  expect(await withdrawStatement(id, owner, noLog)).toBe(true);
  expect(await findStatement(codeHash)).toBeNull();
  expect(await countCheck(id, noLog)).toBe(false);
});

test('an expired statement can’t be checked, and is deleted', async () => {
  const { codeHash, id, whose } = await made();
  await rowsOf(store.url, `update statement set expires_at = now() where id = '${id}'`);
  expect(await findStatement(codeHash)).toBeNull();
  expect(await statementsOf(whose)).toEqual([]);
  await deleteExpiredStatements();
  expect(await rowsOf(store.url, `select id from statement where id = '${id}'`)).toEqual([]);
});

test('of ten at the same time five are made', async () => {
  const whose = { owner: randomUUID(), caseRef: randomUUID() };
  const results = await Promise.all(
    Array.from({ length: 10 }, () =>
      createStatement({ ...whose, codeHash: randomUUID(), facts: Buffer.from('x') }, LIMITS, noLog),
    ),
  );
  expect(results.filter(Boolean)).toHaveLength(5);
});

test('a statement whose audit entry fails is not made', async () => {
  const whose = { owner: randomUUID(), caseRef: randomUUID() };
  const failing = async () => Promise.reject(new Error('no audit log'));
  const wanted = { ...whose, codeHash: randomUUID(), facts: Buffer.from('x') };
  await expect(createStatement(wanted, LIMITS, failing)).rejects.toThrow('no audit log');
  expect(await statementsOf(whose)).toEqual([]);
});
