import { createHash, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { createSession, deleteSession } from './session.server';
import { createCode, findByReferenceHash, livingCode, type NewCode, verifyCode } from './spoken-code.server';

let sessionHash: string;
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
  const id = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  sessionHash = createHash('sha256').update(id).digest('hex');
});
afterAll(() => store.close());

const wanted = (given: Partial<NewCode> = {}): NewCode => ({
  purpose: 'view',
  owner: randomUUID(),
  sessionHash,
  refs: [randomUUID()],
  seal: (id) => Buffer.from(`sealed for ${id}`),
  language: 'ar',
  minutes: 10,
  ...given,
});
const agent = () => randomUUID();
const other = (digits: string) => String((Number(digits) + 1) % 100_000_000).padStart(8, '0');

test('the digits open it once, and give what was sealed under it', async () => {
  const { id, digits } = await createCode(wanted());
  expect(digits).toMatch(/^\d{8}$/);
  const verified = await verifyCode(id, agent(), digits);
  expect(verified.ok && verified.code.subject?.toString()).toBe(`sealed for ${id}`);
  expect(await verifyCode(id, agent(), digits)).toEqual({ ok: false, why: 'wrong' });
});

test('of twenty that try the right digits at once, one gets in', async () => {
  const { id, digits } = await createCode(wanted());
  const tries = await Promise.all(Array.from({ length: 20 }, () => verifyCode(id, agent(), digits)));
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
});

test('after three wrong tries the right digits are wrong too, and nobody finds it', async () => {
  const reference = randomUUID();
  const { id, digits } = await createCode(wanted({ refs: [reference] }));
  for (let n = 0; n < 3; n += 1)
    expect(await verifyCode(id, agent(), other(digits))).toEqual({ ok: false, why: 'wrong' });
  expect(await verifyCode(id, agent(), digits)).toEqual({ ok: false, why: 'wrong' });
  expect(await findByReferenceHash('view', reference)).toBeNull();
});

test('an employee has five wrong tries an hour, over all codes', async () => {
  const me = agent();
  for (let n = 0; n < 5; n += 1) {
    const { id, digits } = await createCode(wanted());
    expect(await verifyCode(id, me, other(digits))).toEqual({ ok: false, why: 'wrong' });
  }
  const { id, digits } = await createCode(wanted());
  expect(await verifyCode(id, me, digits)).toEqual({ ok: false, why: 'too-often' });
  expect((await verifyCode(id, agent(), digits)).ok).toBe(true);
});

test('right codes are not held against an employee', async () => {
  const me = agent();
  for (let n = 0; n < 7; n += 1) {
    const { id, digits } = await createCode(wanted());
    expect((await verifyCode(id, me, digits)).ok).toBe(true);
  }
});

test('it ends by the clock of the database', async () => {
  const reference = randomUUID();
  const { id, digits } = await createCode(wanted({ refs: [reference] }));
  await rowsOf(store.url, `update spoken_code set expires_at = now() where id = '${id}'`);
  expect(await findByReferenceHash('view', reference)).toBeNull();
  expect(await verifyCode(id, agent(), digits)).toEqual({ ok: false, why: 'wrong' });
});

describe('finding', () => {
  test('under each of its references, for its own purpose, while it lives', async () => {
    const refs = [randomUUID(), randomUUID()];
    const { id, digits } = await createCode(wanted({ refs }));
    for (const reference of refs) expect((await findByReferenceHash('view', reference))?.id).toBe(id);
    expect(await findByReferenceHash('mandate', refs[0] ?? '')).toBeNull();
    await verifyCode(id, agent(), digits);
    expect(await findByReferenceHash('view', refs[0] ?? '')).toBeNull();
  });

  test('a new code kills the one before it', async () => {
    const owner = randomUUID();
    const first = await createCode(wanted({ owner }));
    const second = await createCode(wanted({ owner }));
    expect(await verifyCode(first.id, agent(), first.digits)).toEqual({ ok: false, why: 'wrong' });
    expect((await livingCode(owner, 'view'))?.id).toBe(second.id);
  });
});

test('the table has neither the digits nor anything they can be computed from without the secret', async () => {
  const { id, digits } = await createCode(wanted());
  const [row] = await rowsOf(store.url, `select * from spoken_code where id = '${id}'`);
  expect(JSON.stringify(row)).not.toContain(digits);
});

test('it is dead once its owner signed out', async () => {
  const reference = randomUUID();
  const id = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  const mark = createHash('sha256').update(id).digest('hex');
  const code = await createCode(wanted({ sessionHash: mark, refs: [reference] }));
  expect((await findByReferenceHash('view', reference))?.id).toBe(code.id);
  await deleteSession(id);
  expect(await findByReferenceHash('view', reference)).toBeNull();
  expect(await verifyCode(code.id, agent(), code.digits)).toEqual({ ok: false, why: 'wrong' });
});
