import crypto, { createHash, randomUUID } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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

test('the digits open the code once and return what was sealed', async () => {
  const { id, digits } = await createCode(wanted());
  expect(digits).toMatch(/^\d{8}$/);
  const verified = await verifyCode(id, agent(), digits);
  expect(verified.ok && verified.code.subject?.toString()).toBe(`sealed for ${id}`);
  expect(await verifyCode(id, agent(), digits)).toEqual({ ok: false, why: 'wrong' });
});

test('of twenty concurrent correct tries one succeeds', async () => {
  const { id, digits } = await createCode(wanted());
  const tries = await Promise.all(Array.from({ length: 20 }, () => verifyCode(id, agent(), digits)));
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
});

test("after three wrong tries the code is dead and can't be found", async () => {
  const reference = randomUUID();
  const { id, digits } = await createCode(wanted({ refs: [reference] }));
  for (let n = 0; n < 3; n += 1)
    expect(await verifyCode(id, agent(), other(digits))).toEqual({ ok: false, why: 'wrong' });
  expect(await verifyCode(id, agent(), digits)).toEqual({ ok: false, why: 'wrong' });
  expect(await findByReferenceHash('view', reference)).toBeNull();
});

test('an employee has five wrong tries an hour over all codes', async () => {
  const me = agent();
  for (let n = 0; n < 5; n += 1) {
    const { id, digits } = await createCode(wanted());
    expect(await verifyCode(id, me, other(digits))).toEqual({ ok: false, why: 'wrong' });
  }
  const { id, digits } = await createCode(wanted());
  expect(await verifyCode(id, me, digits)).toEqual({ ok: false, why: 'too-often' });
  expect((await verifyCode(id, agent(), digits)).ok).toBe(true);
});

test('correct codes do not count against an employee', async () => {
  const me = agent();
  for (let n = 0; n < 7; n += 1) {
    const { id, digits } = await createCode(wanted());
    expect((await verifyCode(id, me, digits)).ok).toBe(true);
  }
});

test("a code expires by the database's clock", async () => {
  const reference = randomUUID();
  const { id, digits } = await createCode(wanted({ refs: [reference] }));
  await rowsOf(store.url, `update spoken_code set expires_at = now() where id = '${id}'`);
  expect(await findByReferenceHash('view', reference)).toBeNull();
  expect(await verifyCode(id, agent(), digits)).toEqual({ ok: false, why: 'wrong' });
});

describe('finding a code', () => {
  test('works under each reference, for its purpose, while it is valid', async () => {
    const refs = [randomUUID(), randomUUID()];
    const { id, digits } = await createCode(wanted({ refs }));
    for (const reference of refs) expect((await findByReferenceHash('view', reference))?.id).toBe(id);
    expect(await findByReferenceHash('mandate', refs[0] ?? '')).toBeNull();
    await verifyCode(id, agent(), digits);
    expect(await findByReferenceHash('view', refs[0] ?? '')).toBeNull();
  });

  test('a new code invalidates the previous one', async () => {
    const owner = randomUUID();
    const first = await createCode(wanted({ owner }));
    const second = await createCode(wanted({ owner }));
    expect(await verifyCode(first.id, agent(), first.digits)).toEqual({ ok: false, why: 'wrong' });
    expect((await livingCode(owner, 'view'))?.id).toBe(second.id);
  });
});

test("a new code leaves its owner's old rows untouched", async () => {
  const owner = randomUUID();
  for (let n = 0; n < 5; n += 1) await createCode(wanted({ owner }));
  await rowsOf(store.url, `update spoken_code set expires_at = now() where owner = '${owner}' and used_at is null`);
  const rows = () =>
    rowsOf(store.url, `select id, xmin::text as written from spoken_code where owner = '${owner}' order by id`);
  const old = await rows();
  const { id } = await createCode(wanted({ owner }));
  expect((await rows()).filter((row) => row.id !== id)).toEqual(old);
});

test('the table contains nothing from which the digits can be computed', async () => {
  const { id, digits } = await createCode(wanted());
  const [row] = await rowsOf(store.url, `select * from spoken_code where id = '${id}'`);
  expect(JSON.stringify(row)).not.toContain(digits);
});

test('a code is dead after its owner signs out', async () => {
  const reference = randomUUID();
  const id = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  const mark = createHash('sha256').update(id).digest('hex');
  const code = await createCode(wanted({ sessionHash: mark, refs: [reference] }));
  expect((await findByReferenceHash('view', reference))?.id).toBe(code.id);
  await deleteSession(id);
  expect(await findByReferenceHash('view', reference)).toBeNull();
  expect(await verifyCode(code.id, agent(), code.digits)).toEqual({ ok: false, why: 'wrong' });
});

type Act = {
  readonly do: 'make' | 'right' | 'wrong' | 'other' | 'expire' | 'sign-out';
  readonly purpose: 'view' | 'mandate';
};
const FIRST: Act = { do: 'make', purpose: 'view' };

test('I5: a code opens once, in time, within three tries', async () => {
  const acts = fc.array(
    fc.record<Act>({
      do: fc.constantFrom('make', 'make', 'right', 'right', 'wrong', 'wrong', 'other', 'expire', 'sign-out'),
      purpose: fc.constantFrom('view', 'mandate'),
    }),
    { maxLength: 14, size: 'max' },
  );
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const owner = randomUUID();
      const session = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
      const mark = createHash('sha256').update(session).digest('hex');
      let signedOut = false;
      const codes = new Map<string, { id: string; digits: string; alive: boolean; tries: number }>();
      for (const { do: what, purpose } of [FIRST, ...all]) {
        const code = codes.get(purpose);
        const stands = Boolean(code?.alive && code.tries < 3 && !(purpose === 'view' && signedOut));
        if (what === 'make') {
          const refs = [`${owner} ${purpose}`];
          const made = await createCode(wanted({ purpose, owner, sessionHash: mark, refs }));
          codes.set(purpose, { ...made, alive: true, tries: 0 });
        } else if (what === 'sign-out') {
          await deleteSession(session);
          signedOut = true;
        } else if (code && what === 'expire') {
          await rowsOf(store.url, `update spoken_code set expires_at = now() where id = '${code.id}'`);
          code.alive = false;
        } else if (code) {
          // Digits that open the code for another purpose open nothing here.
          const elsewhere = codes.get(purpose === 'view' ? 'mandate' : 'view')?.digits ?? other(code.digits);
          const digits = what === 'right' ? code.digits : what === 'wrong' ? other(code.digits) : elsewhere;
          const found = await findByReferenceHash(purpose, `${owner} ${purpose}`);
          expect(found?.id ?? null).toBe(stands ? code.id : null);
          const { ok } = await verifyCode(code.id, agent(), digits);
          expect(ok).toBe(stands && digits === code.digits);
          if (stands) code.tries += 1;
          if (ok) code.alive = false;
        }
      }
    }),
    { numRuns: Math.ceil(Number(process.env.STORIES ?? 500) / 15) },
  );
});

test('I5: codes are compared as whole hashes in constant time', async () => {
  const compared: Buffer[][] = [];
  const whole = crypto.timingSafeEqual;
  vi.spyOn(crypto, 'timingSafeEqual').mockImplementation((one, two) => {
    compared.push([one, two].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
    return whole(one, two);
  });
  syncBuiltinESMExports();
  for (let right = 0; right < 8; right += 1) {
    const { id, digits } = await createCode(wanted());
    const wrong = digits.slice(0, right) + String((Number(digits[right]) + 1) % 10) + digits.slice(right + 1);
    expect((await verifyCode(id, agent(), wrong)).ok).toBe(false);
  }
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  expect(compared).toHaveLength(8);
  for (const [given, kept] of compared) {
    expect([given?.length, kept?.length]).toEqual([64, 64]);
    expect(given?.subarray(0, 12)).not.toEqual(kept?.subarray(0, 12));
  }
});
