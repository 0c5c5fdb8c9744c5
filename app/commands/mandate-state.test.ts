import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyStored } from '~/audit/verify-chain.server';
import { config } from '~/config/config.server';
import { changeByAgency } from '~/mandate/change-by-agency.server';
import type { PersonId } from '~/model/viewer';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { activeMandates, offerMandate, readMandate, transitionMandate } from '~/store/mandate.server';
import { db } from '~/store/store.server';
import { giveSub } from '~/store/sub-mandate.server';
import { runCommand } from '../../tests/command';
import { openTestStore, rowsOf } from '../../tests/database';
import { orderOf } from './mandate-order.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const lineSchema = z.object({
  done: z.boolean(),
  changed: z.array(z.object({ id: z.string(), from: z.string(), to: z.string(), version: z.number().nullable() })),
  left: z.number(),
});

let number = 100_000_000;
function somebody(): PersonId {
  number += 1;
  return { kind: 'bsn', value: String(number) };
}

async function offered(person: PersonId, sub: string): Promise<string> {
  const { id } = await offerMandate({
    ...{ client: ownerOfPerson(person), advisor: actorPseudonym(sub), firm: '002220647', caseIds: [randomUUID()] },
    ...{ actions: ['see'], offeredBy: 'advisor', maySub: true, months: 12, textHash: 'h', language: 'en' },
    names: { client: 'Amal Haddad', advisor: 'An Advisor', firm: 'F', references: ['Z1-1'] },
  });
  return id;
}

const says = (id: string, person: PersonId, answer: 'accept' | 'revoke') =>
  transitionMandate(
    id,
    { client: ownerOfPerson(person) },
    answer === 'accept' ? { do: answer, by: 'client' } : { do: answer },
  );

async function active(person: PersonId, sub: string): Promise<string> {
  const id = await offered(person, sub);
  expect(await says(id, person, 'accept')).not.toBeNull();
  return id;
}

const stateOf = async (id: string, person: PersonId) =>
  (await readMandate(id, { client: ownerOfPerson(person) }))?.state;
const openTo = async (sub: string) => (await activeMandates(actorPseudonym(sub))).map(({ id }) => id);
const eventsOf = async (id: string) =>
  (await rowsOf(store.url, `select action, body from audit_event where grant_id = '${id}' order by seq`)).map(
    ({ action, body }) => [action, z.object({ reason: z.string() }).parse(JSON.parse(String(body))).reason],
  );
const faults = async () => (await verifyStored(store.url, config().OWNER_SECRET)).faults;

test('a struck-off advisor and their colleagues open and begin nothing', async () => {
  const [sub, colleague, person, other] = [randomUUID(), randomUUID(), somebody(), somebody()];
  const mandates = [await active(person, sub), await active(other, sub)];
  const stands = { advisor: actorPseudonym(colleague), name: 'C', cases: [0], lasts: 'P1M' } as const;
  await giveSub(mandates[0] ?? '', actorPseudonym(sub), stands);
  const waiting = await offered(person, sub);

  const asked = await command('suspend', '--reason', 'bar-register', '--advisor', sub);
  expect([asked.code, asked.line.done, asked.line.changed.length, asked.line.left]).toEqual([0, false, 2, 1]);
  expect(await openTo(sub)).toHaveLength(2);
  expect(asked.out).toContain('Nothing was changed');

  const done = await command('suspend', '--reason', 'bar-register', '--advisor', sub, '--yes');
  expect(done.line.changed.map(({ id }) => id).toSorted()).toEqual(mandates.toSorted());
  expect(await openTo(sub)).toEqual([]);
  expect(await openTo(colleague)).toEqual([]);
  expect(await stateOf(mandates[0] ?? '', person)).toBe('suspended');
  expect(await says(waiting, person, 'accept')).toBeNull();
  // It stays so when the clients end their mandates.
  await says(mandates[0] ?? '', person, 'revoke');
  await says(mandates[1] ?? '', other, 'revoke');
  expect(await says(waiting, person, 'accept')).toBeNull();
  expect(await eventsOf(mandates[0] ?? '')).toEqual([['suspend-mandate', 'bar-register']]);

  const advisor = actorPseudonym(sub);
  expect(await changeByAgency(db(), { advisor }, { name: 'resume', reason: 'bar-register' })).toMatchObject({
    changed: [],
  });
  expect(await says(waiting, person, 'accept')).toMatchObject({ state: 'active' });
  expect(await faults()).toEqual([]);
}, 60_000);

test('a mandate suspended for two reasons resumes after both', async () => {
  const [sub, person] = [randomUUID(), somebody()];
  const id = await active(person, sub);
  const advisor = { advisor: actorPseudonym(sub) };
  await changeByAgency(db(), { mandate: id }, { name: 'suspend', reason: 'dispute' });
  await changeByAgency(db(), advisor, { name: 'suspend', reason: 'compromise' });
  await changeByAgency(db(), { mandate: id }, { name: 'resume', reason: 'dispute' });
  const alone = await changeByAgency(db(), { mandate: id }, { name: 'resume', reason: 'compromise' });
  expect(alone).toEqual({ changed: [], left: 1 });
  expect(await stateOf(id, person)).toBe('suspended');
  const { changed } = await changeByAgency(db(), advisor, { name: 'resume', reason: 'compromise' });
  expect(changed).toEqual([{ id, from: 'suspended', to: 'active', version: 6 }]);
  expect(await openTo(sub)).toEqual([id]);
});

test('mandates of a person end by law or on request, audited', async () => {
  const [sub, person, other, third] = [randomUUID(), somebody(), somebody(), somebody()];
  const [his, open, others] = [await active(person, sub), await offered(person, sub), await active(other, sub)];
  const died = await command('end-by-law', '--reason', 'death', '--client', '-', '--yes', {
    input: `bsn:${person.value}\nvnumber:2812345678\n`,
  });
  expect(died.line.changed.map(({ id, to }) => [id, to]).toSorted()).toEqual(
    [his, open].map((id) => [id, 'ended-law']).toSorted(),
  );
  expect(await openTo(sub)).toEqual([others]);
  expect(died.out).not.toMatch(new RegExp(`${person.value}|2812345678|Amal|${sub}`));
  await changeByAgency(db(), { clients: [ownerOfPerson(other)] }, { name: 'end-for-client', reason: 'phone' });
  expect(await stateOf(others, other)).toBe('revoked-client');
  expect(await eventsOf(others)).toEqual([['revoke-mandate', 'phone']]);
  const nobody = await command('end-by-law', '--reason', 'death', '--client', '-', { input: `bsn:${third.value}` });
  expect([nobody.code, nobody.line.changed]).toEqual([1, []]);
  expect(await faults()).toEqual([]);
}, 60_000);

test('without an audit entry nothing changes', async () => {
  const [sub, person] = [randomUUID(), somebody()];
  const id = await active(person, sub);
  await rowsOf(store.url, 'alter table audit_head rename to audit_head_away');
  const failing = changeByAgency(db(), { mandate: id }, { name: 'end-by-law', reason: 'majority' });
  await expect(failing).rejects.toThrow();
  await rowsOf(store.url, 'alter table audit_head_away rename to audit_head');
  expect(await stateOf(id, person)).toBe('active');
});

test('bad arguments give the usage and are not repeated', async () => {
  const [sub, id] = ['secret-sub', randomUUID()];
  const wrong = [
    [],
    ['suspend', '--mandate', id],
    ['suspend', '--reason', 'death', '--mandate', id],
    ['end-by-law', '--reason', 'death', '--advisor', sub],
    ['suspend', '--reason', 'dispute', '--mandate', id, '--advisor', sub],
    ['suspend', '--reason', 'dispute', '--mandate', 'secret-sub'],
    ['end-by-law', '--reason', 'death', '--client', 'bsn:999990019'],
    ['suspend', '--reason', 'dispute', '--mandate', id, '--no-such'],
  ];
  for (const args of wrong) expect(Object.keys(orderOf(args))).toEqual(['wrong']);
  const { code, out } = await run(['end-by-law', '--reason', 'death', '--client', '-', '--yes'], 'bsn:12');
  expect(code).toBe(2);
  expect(out).toContain('usage: npm run mandate:state');
  expect(out).not.toMatch(/bsn:12/);
}, 30_000);

async function command(...args: readonly (string | { readonly input: string })[]) {
  const input = args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.input])).join('');
  const { code, out } = await run(
    args.filter((arg) => typeof arg === 'string'),
    input,
  );
  const last = out.trim().split('\n').at(-1) ?? '';
  return {
    code,
    out,
    line: lineSchema.parse(last.startsWith('{') ? JSON.parse(last) : { done: false, changed: [], left: 0 }),
  };
}

const run = (args: readonly string[], input: string) =>
  runCommand('app/commands/mandate-state.ts', store.url, args, input);
