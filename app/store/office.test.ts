import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import type { OfficeScope } from '../model/office';
import { forgetColleague, keepColleague, officeNamedBy } from './colleague.server';
import {
  activeMandates,
  activeMark,
  changeTerms,
  mandatesOf,
  offerMandate,
  readMandate,
  transitionMandate,
} from './mandate.server';
import { stopAdvisor } from './mandate-agency.server';
import { db } from './store.server';
import { giveSub } from './sub-mandate.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const signsIn = async (firm: string, { advisor = randomUUID(), number = randomUUID() as string | null } = {}) => {
  await keepColleague({ advisor, firm, numberHash: number, name: 'C. Colleague' });
  return advisor;
};

/** A client's mandate to a lawyer of an office, and a colleague who signed in there. */
async function anOffice(given: { office?: OfficeScope; arrange?: boolean; caseIds?: string[]; maySub?: boolean } = {}) {
  const { office = 'look', arrange = false, caseIds = [randomUUID()], maySub = false } = given;
  const [firm, client] = [randomUUID(), randomUUID()];
  const lawyer = await signsIn(firm);
  const { id } = await offerMandate({
    ...{ client, advisor: lawyer, firm, caseIds, offeredBy: 'advisor', maySub: false, months: 12 },
    actions: arrange ? ['see', 'deadlines', 'arrange'] : ['see', 'deadlines'],
    ...{ textHash: 'h', language: 'ar' },
    names: { client: 'أمل حداد', advisor: 'A. Lawyer', firm, references: ['Z1-1'] },
  });
  await transitionMandate(id, { client }, { do: 'accept', by: 'client' }, { office, maySub });
  const colleague = await signsIn(firm);
  return { id, firm, client, lawyer, colleague, caseIds };
}

const opened = async (who: string, office: string | null) => (await activeMandates(who, office)).map(({ id }) => id);
const nothing = async (who: string, office: string | null) => {
  expect(await opened(who, office)).toEqual([]);
  expect(await activeMark(who, office)).toBe(await activeMark(randomUUID()));
};
const set = (id: string, client: string, office: OfficeScope) =>
  changeTerms(
    id,
    client,
    { office },
    () => 'h',
    async () => undefined,
  );

test("a colleague sees a client's case only once the client said yes", async () => {
  const { id, firm, client, colleague, caseIds } = await anOffice({ office: 'none' });
  await nothing(colleague, firm);
  await set(id, client, 'look');
  expect(await activeMandates(colleague, firm)).toMatchObject([
    { id, as: 'lawyer', caseIds, actions: ['see', 'deadlines'] },
  ]);
  await set(id, client, 'none');
  await nothing(colleague, firm);
});

test('nobody of another office, and nobody without one, sees anything', async () => {
  const { firm, lawyer, colleague } = await anOffice();
  const stranger = await signsIn(randomUUID());
  await nothing(stranger, firm);
  await nothing(colleague, null);
  await nothing(colleague, randomUUID());
  // The office that a session names does not count without a sign-in that named it.
  await nothing(randomUUID(), firm);
  expect(await opened(lawyer, null)).toHaveLength(1);
});

test('a colleague who left sees nothing at the next read', async () => {
  const [left, moved] = [await anOffice(), await anOffice()];
  await forgetColleague(left.colleague);
  await nothing(left.colleague, left.firm);
  await signsIn(randomUUID(), { advisor: moved.colleague });
  await nothing(moved.colleague, moved.firm);
});

test('when the lawyer left the office their colleagues see nothing', async () => {
  const { firm, lawyer, colleague } = await anOffice();
  await signsIn(randomUUID(), { advisor: lawyer });
  await nothing(colleague, firm);
  expect(await opened(lawyer, null)).toHaveLength(1);
});

test("a suspended lawyer's colleagues and a stopped one see nothing", async () => {
  const [one, other] = [await anOffice(), await anOffice()];
  await rowsOf(
    store.url,
    `update mandate set state = 'suspended', suspended_for = '{bar-register}' where id = '${one.id}'`,
  );
  await nothing(one.colleague, one.firm);
  await stopAdvisor(db(), { advisor: other.colleague, reason: 'compromise', stopped: true }, async () => undefined);
  await nothing(other.colleague, other.firm);
  expect(await opened(other.lawyer, other.firm)).toEqual([other.id]);
});

test('any end of the mandate ends what colleagues see', async () => {
  for (const end of ['revoke', 'withdraw', 'expire'] as const) {
    const { id, firm, client, lawyer, colleague } = await anOffice();
    if (end === 'revoke') await transitionMandate(id, { client }, { do: 'revoke' });
    else if (end === 'withdraw') await transitionMandate(id, { advisor: lawyer, firm }, { do: 'withdraw' });
    else await rowsOf(store.url, `update mandate set valid_until = now() where id = '${id}'`);
    await nothing(colleague, firm);
  }
});

test('no read after the client took it back returns the case', async () => {
  const { id, firm, client, colleague } = await anOffice();
  let over = false;
  const ending = set(id, client, 'none').then(() => {
    over = true;
  });
  for (let n = 0; n < 100; n += 1) {
    const isAfter = over;
    const found = await opened(colleague, firm);
    if (isAfter) expect(found).toEqual([]);
  }
  await ending;
  expect(over).toBe(true);
});

test('to act is an own choice and never exceeds the advisor', async () => {
  const { id, firm, client, colleague } = await anOffice({ arrange: true });
  const actions = async () => (await activeMandates(colleague, firm)).map((each) => each.actions);
  expect(await actions()).toEqual([['see', 'deadlines']]);
  const mark = await activeMark(colleague, firm);
  await set(id, client, 'arrange');
  expect(await actions()).toEqual([['see', 'deadlines', 'arrange']]);
  expect(await activeMark(colleague, firm)).not.toBe(mark);
  await changeTerms(
    id,
    client,
    { actions: ['see', 'deadlines'] },
    () => 'h',
    async () => undefined,
  );
  expect(await actions()).toEqual([['see', 'deadlines']]);
  expect(await set(id, randomUUID(), 'arrange')).toBeNull();
});

test("a colleague can't read, end or pass on the mandate", async () => {
  const { id, firm, colleague } = await anOffice({ maySub: true });
  const whose = { advisor: colleague, firm };
  expect(await readMandate(id, whose)).toBeNull();
  expect(await mandatesOf(whose)).toEqual([]);
  for (const event of [{ do: 'withdraw' }, { do: 'revoke' }] as const)
    expect(await transitionMandate(id, whose, event)).toBeNull();
  const third = { advisor: randomUUID(), name: 'T', cases: [0], lasts: 'P1W' } as const;
  expect(await giveSub(id, colleague, third)).toBeNull();
});

test('an employee without a number of their own is named as one', async () => {
  const { firm } = await anOffice();
  const secretary = await signsIn(firm, { number: null });
  expect(await activeMandates(secretary, firm)).toMatchObject([{ as: 'employee', actions: ['see', 'deadlines'] }]);
});

test("a case of one's own is not opened through the office", async () => {
  const shared = randomUUID();
  const { firm, client, colleague } = await anOffice({ caseIds: [shared, randomUUID()] });
  const own = await offerMandate({
    ...{ client, advisor: colleague, firm, caseIds: [shared], offeredBy: 'advisor', maySub: false, months: 12 },
    ...{ actions: ['see'], textHash: 'h', language: 'ar' },
    names: { client: 'C', advisor: 'C. Colleague', firm, references: ['Z1-1'] },
  });
  await transitionMandate(own.id, { client }, { do: 'accept', by: 'client' });
  const [first, second, ...more] = await activeMandates(colleague, firm);
  expect(first).toMatchObject({ id: own.id, as: null, caseIds: [shared] });
  expect(second).toMatchObject({ as: 'lawyer' });
  expect(second?.caseIds).not.toContain(shared);
  expect(more).toEqual([]);
});

test('a calendar relies on a sign-in of the last days alone', async () => {
  const { firm, colleague } = await anOffice();
  expect(await officeNamedBy(colleague, true)).toBe(firm);
  await rowsOf(store.url, `update colleague set seen_at = now() - interval '8 days' where advisor = '${colleague}'`);
  expect([await officeNamedBy(colleague, true), await officeNamedBy(colleague, false)]).toEqual([null, firm]);
});

test('what a colleague was told is forgotten when the client ends it', async () => {
  const { id, firm, client, colleague } = await anOffice();
  const session = randomUUID();
  await rowsOf(
    store.url,
    `insert into session (id_hash, subject, payload, created_at, last_seen_at, idle_expires_at, absolute_expires_at)
      values ('${session}', '${colleague}', '', now(), now(), now() + interval '1 hour', now() + interval '1 hour')`,
  );
  await rowsOf(
    store.url,
    `insert into kept_answer (session, about, content, kept_at, expires_at)
      values ('${session}', 'clients', '', now(), now() + interval '1 hour')`,
  );
  await set(id, client, 'none');
  expect(await rowsOf(store.url, `select 1 from kept_answer where session = '${session}'`)).toEqual([]);
  await nothing(colleague, firm);
});
