import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import {
  activeMandates,
  activeMark,
  mandatesOf,
  mandatesOver,
  type NewMandate,
  offerMandate,
  readMandate,
  transitionMandate,
} from './mandate.server';
import { giveSub, type NewSub } from './sub-mandate.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const offer = (given: Partial<NewMandate> = {}): NewMandate => ({
  client: randomUUID(),
  advisor: randomUUID(),
  firm: '002220647',
  caseIds: [randomUUID()],
  actions: ['see', 'deadlines'],
  offeredBy: 'advisor',
  maySub: false,
  months: 12,
  textHash: 'hash',
  language: 'ar',
  names: { client: 'أمل حداد', advisor: 'A. Advisor', firm: 'Firm', references: ['Z1-1'] },
  ...given,
});

async function active(given: Partial<NewMandate> = {}) {
  const { id, client } = await offerMandate(offer(given));
  const moved = await transitionMandate(id, { client }, { do: 'accept', by: 'client' });
  if (!moved) throw new Error('not accepted');
  return moved;
}

test("an offer gives no access; its client's acceptance does, for a year", async () => {
  const offered = await offerMandate(offer());
  const advisor = offered.advisor ?? '';
  expect(offered).toMatchObject({ state: 'pending-client', validUntil: null, names: { client: 'أمل حداد' } });
  expect(await activeMandates(advisor)).toEqual([]);
  expect(await transitionMandate(offered.id, { advisor, firm: null }, { do: 'accept', by: 'advisor' })).toBeNull();
  const accepted = await transitionMandate(offered.id, { client: offered.client }, { do: 'accept', by: 'client' });
  expect(accepted).toMatchObject({ state: 'active', version: 2 });
  const days = accepted?.validFrom && accepted.validUntil?.since(accepted.validFrom).total('days');
  expect(days).toBeGreaterThan(363);
  expect(days).toBeLessThan(367);
  expect((await activeMandates(advisor)).map(({ id }) => id)).toEqual([offered.id]);
});

test("a mandate's months are counted in the agency's zone", async () => {
  const zone = 'Europe/Amsterdam';
  for (const months of [3, 6, 12]) {
    const { validFrom, validUntil } = await active({ months });
    const wished = validFrom?.toZonedDateTimeISO(zone).add({ months });
    expect(validUntil?.toZonedDateTimeISO(zone).toPlainDate()).toEqual(wished?.toPlainDate());
    expect(validUntil?.toZonedDateTimeISO(zone).hour).toBe(wished?.hour);
  }
});

test('a mandate ended by its client is gone at the next read', async () => {
  const { id, client, advisor } = await active();
  expect(await transitionMandate(id, { client }, { do: 'revoke' })).toMatchObject({ state: 'revoked-client' });
  expect(await activeMandates(advisor ?? '')).toEqual([]);
  expect(await transitionMandate(id, { client }, { do: 'accept', by: 'client' })).toBeNull();
});

test('no read that starts after the end returns the mandate', async () => {
  const { id, client, advisor } = await active();
  let over = false;
  const ending = transitionMandate(id, { client }, { do: 'revoke' }).then(() => {
    over = true;
  });
  for (let n = 0; n < 200; n += 1) {
    const afterEnd = over;
    const found = await activeMandates(advisor ?? '');
    if (afterEnd) expect(found).toEqual([]);
  }
  await ending;
  expect(over).toBe(true);
});

test("a mandate expires by the database's clock without any write", async () => {
  const { id, client, advisor } = await active();
  await rowsOf(store.url, `update mandate set valid_until = now() where id = '${id}'`);
  expect(await activeMandates(advisor ?? '')).toEqual([]);
  expect(await readMandate(id, { client })).toMatchObject({ state: 'expired' });
});

test("an expired offer can't be accepted", async () => {
  const { id, client } = await offerMandate(offer());
  await rowsOf(store.url, `update mandate set answer_before = now() where id = '${id}'`);
  expect(await transitionMandate(id, { client }, { do: 'accept', by: 'client' })).toBeNull();
});

test("a person without cases sees their own mandates and nobody else's", async () => {
  const { id, client, caseIds } = await active();
  expect((await mandatesOver(client, [])).map((one) => one.id)).toEqual([id]);
  expect(await mandatesOver(randomUUID(), [])).toEqual([]);
  expect((await mandatesOver(randomUUID(), caseIds)).map((one) => one.id)).toEqual([id]);
});

test('a stranger neither sees nor changes a mandate', async () => {
  const { id } = await active();
  const strangers = [{ client: randomUUID() }, { advisor: randomUUID(), firm: '002220647' }];
  for (const whose of strangers) {
    expect(await readMandate(id, whose)).toBeNull();
    expect(await transitionMandate(id, whose, { do: 'revoke' })).toBeNull();
  }
  expect(await readMandate("x' or 1=1", { client: randomUUID() })).toBeNull();
});

test('the first advisor of a firm to answer becomes the only one', async () => {
  const { id, client } = await offerMandate(offer({ offeredBy: 'client', advisor: null }));
  const [one, another] = [randomUUID(), randomUUID()];
  const firm = '002220647';
  expect((await mandatesOf({ advisor: another, firm })).map((each) => each.id)).toContain(id);
  expect(await mandatesOf({ advisor: another, firm: '999' })).toEqual([]);
  const signer = {
    advisor: one,
    textHash: () => 'h',
    names: (names: NewMandate['names']) => ({ ...names, advisor: 'One' }),
  };
  const taken = await transitionMandate(id, { advisor: one, firm }, { do: 'accept', by: 'advisor' }, signer);
  expect(taken).toMatchObject({ state: 'active', advisor: one, names: { advisor: 'One' } });
  expect(await readMandate(id, { advisor: another, firm })).toBeNull();
  expect(await readMandate(id, { client })).toMatchObject({ state: 'active' });
});

/** A mandate whose client allowed a colleague to stand in, and one colleague who does. */
async function withColleague(sub: Partial<NewSub> = {}) {
  const { id, client } = await offerMandate(offer({ caseIds: ['one', 'two'] }));
  const parent = await transitionMandate(id, { client }, { do: 'accept', by: 'client' }, { maySub: true });
  const advisor = parent?.advisor ?? '';
  const colleague = randomUUID();
  const wish = { advisor: colleague, name: 'C. Colleague', cases: [1], lasts: 'P12M', ...sub } as const;
  return { parent: id, client, advisor, colleague, wish, given: await giveSub(id, advisor, wish) };
}

test('a colleague gets the allowed access and never passes it on', async () => {
  const { parent, client, advisor, colleague, given, wish } = await withColleague();
  const own = await readMandate(parent, { client });
  expect(given).toMatchObject({ state: 'active', caseIds: ['two'], parent, maySub: false });
  expect(given?.names).toMatchObject({ advisor: 'C. Colleague', standsInFor: 'A. Advisor' });
  expect(given?.validUntil?.toString()).toBe(own?.validUntil?.toString());
  expect((await activeMandates(colleague)).map(({ caseIds }) => caseIds)).toEqual([['two']]);
  expect((await mandatesOf({ client })).map(({ id }) => id)).toContain(given?.id);

  expect(await giveSub(given?.id ?? '', colleague, { ...wish, advisor: randomUUID() })).toBeNull();
  expect(await giveSub(parent, colleague, { ...wish, advisor: randomUUID() })).toBeNull();
  expect(await giveSub(parent, advisor, { ...wish, advisor: randomUUID(), cases: [2] })).toBeNull();
  expect(await giveSub(parent, advisor, { ...wish, advisor })).toBeNull();
  const refused = await active();
  expect(await giveSub(refused.id, refused.advisor ?? '', { ...wish, cases: [0] })).toBeNull();
});

test("ending a mandate ends the colleague's access in the same instant", async () => {
  const { parent, client, colleague, given } = await withColleague();
  const mark = await activeMark(colleague);
  const moved = await transitionMandate(parent, { client }, { do: 'revoke' });
  expect(moved?.withIt).toEqual([given?.id]);
  expect(await activeMandates(colleague)).toEqual([]);
  expect(await activeMark(colleague)).not.toBe(mark);
  expect(await readMandate(given?.id ?? '', { client })).toMatchObject({ state: 'revoked-client' });
});

test('a sub-mandate gives no access while its parent is not active', async () => {
  for (const [set, state] of [
    ["state = 'withdrawn-advisor'", 'withdrawn-advisor'],
    ["state = 'suspended', suspended_for = '{dispute}'", 'suspended'],
    ['may_sub = false', 'active'],
  ]) {
    const { parent, client, colleague, given } = await withColleague();
    await rowsOf(store.url, `update mandate set ${set} where id = '${parent}'`);
    expect(await activeMandates(colleague)).toEqual([]);
    expect(await readMandate(given?.id ?? '', { client })).toMatchObject({ state });
  }
});

test('client, advisor and colleague can each end the sub-mandate alone', async () => {
  for (const who of ['client', 'advisor', 'colleague'] as const) {
    const all = await withColleague();
    const whose = who === 'client' ? { client: all.client } : { advisor: all[who], firm: null };
    const event = who === 'client' ? ({ do: 'revoke' } as const) : ({ do: 'withdraw' } as const);
    expect(await transitionMandate(all.given?.id ?? '', whose, event)).not.toBeNull();
    expect(await activeMandates(all.colleague)).toEqual([]);
    expect((await activeMandates(all.advisor)).map(({ id }) => id)).toEqual([all.parent]);
  }
});

test('a second sub-mandate replaces the first', async () => {
  const { parent, advisor, colleague, wish } = await withColleague();
  const newer = await giveSub(parent, advisor, { ...wish, cases: [0, 1], lasts: 'P1W' });
  expect((await activeMandates(colleague)).map(({ id }) => id)).toEqual([newer?.id]);
});

test('a sub-mandate made while the client ends it never survives', async () => {
  for (let n = 0; n < 20; n += 1) {
    const { parent, client, advisor, wish } = await withColleague();
    const late = randomUUID();
    await Promise.all([
      giveSub(parent, advisor, { ...wish, advisor: late }),
      transitionMandate(parent, { client }, { do: 'revoke' }),
    ]);
    expect(await activeMandates(late)).toEqual([]);
  }
});

test('a firm can no longer read an expired request', async () => {
  const firm = '002220999';
  const { id, client } = await offerMandate(offer({ offeredBy: 'client', advisor: null, firm }));
  await rowsOf(store.url, `update mandate set answer_before = now() where id = '${id}'`);
  expect(await mandatesOf({ advisor: randomUUID(), firm })).toEqual([]);
  expect(await readMandate(id, { client })).toMatchObject({ state: 'lapsed' });
});

test('the table contains no name', async () => {
  const { id } = await active();
  const [row] = await rowsOf(store.url, `select mandate::text as line from mandate where id = '${id}'`);
  expect(String(row?.line)).not.toMatch(/Advisor|أمل|Z1-1/);
});
