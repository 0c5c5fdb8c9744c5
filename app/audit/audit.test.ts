import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config } from '~/config/config.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { lookedAt } from '~/store/audit.server';
import { closeStore } from '~/store/store.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { addAuditEntry } from './audit-entry.server';
import { verifyStored } from './verify-chain.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const DAYS = { daily: ['list-clients'], zone: 'Europe/Amsterdam' } as const;
const advisor = { id: 'sub-advisor', role: 'advisor' } as const;
const view = (subject: string) =>
  addAuditEntry(advisor, {
    action: 'view-case',
    objectType: 'case',
    subjects: [subject],
    ground: 'mandate',
    shown: { stage: 'review' },
  });
const verified = async () => (await verifyStored(store.url, config().OWNER_SECRET)).faults;
/** As an attacker who owns the database. */
const forced = (sql: string) =>
  rowsOf(store.url, `begin; set local session_replication_role = replica; ${sql}; commit`);

test("a look is durable with its subject's line and no staff name", async () => {
  const subject = randomUUID();
  const operation = await view(subject);
  const [seen] = await lookedAt(subject, DAYS);
  expect(seen).toMatchObject({ operationId: operation, action: 'view-case', actorRole: 'advisor' });
  const [line] = await rowsOf(
    store.url,
    `select l::text as line from processing_line l where data_subject = '${subject}'`,
  );
  expect(String(line?.line)).not.toContain(actorPseudonym(advisor.id));
  expect(JSON.stringify(seen)).not.toContain('sub-advisor');
});

test('a list opened all day is one line', async () => {
  const subject = randomUUID();
  const look = await view(subject);
  for (let n = 0; n < 12; n += 1)
    await addAuditEntry(advisor, {
      action: 'list-clients',
      objectType: 'cases',
      subjects: [subject],
      ground: 'mandate',
    });
  const seen = await lookedAt(subject, DAYS, 5);
  const lists = seen.filter(({ action }) => action === 'list-clients');
  // Midnight may lie between.
  expect(lists.reduce((sum, { times }) => sum + times, 0)).toBe(12);
  expect(lists.length).toBeLessThan(3);
  expect(seen.map(({ operationId }) => operationId)).toContain(look);
});

test('an unshown list adds no line to a shown one', async () => {
  const [shown, never] = [randomUUID(), randomUUID()];
  const list = (subject: string) =>
    addAuditEntry(advisor, { action: 'list-clients', objectType: 'cases', subjects: [subject], ground: 'mandate' });
  const mark = (objectRef: string) =>
    addAuditEntry(advisor, {
      action: 'view-aborted',
      objectType: 'look',
      objectRef,
      reason: 'not-sent',
      result: 'failed',
    });
  await list(shown);
  for (const subject of [shown, never]) await mark(await list(subject));
  expect(await lookedAt(shown, DAYS)).toMatchObject([{ notSent: false, times: 1 }]);
  expect(await lookedAt(never, DAYS)).toMatchObject([{ notSent: true, times: 1 }]);
});

test('concurrent writers make one chain without a fault', async () => {
  await Promise.all(Array.from({ length: 40 }, () => view(randomUUID())));
  expect(await verified()).toEqual([]);
});

test('the tables refuse a change', async () => {
  await view(randomUUID());
  await expect(rowsOf(store.url, "update audit_event set action = 'x'")).rejects.toThrow(/stays/);
  await expect(rowsOf(store.url, 'delete from audit_event')).rejects.toThrow(/stays/);
  await expect(rowsOf(store.url, 'delete from processing_line')).rejects.toThrow(/stays/);
});

test.each([
  ['an altered text', "update audit_event set body = replace(body, 'mandate', 'duty') where seq = 3", 'altered', 3],
  ['an altered column', "update audit_event set actor = 'somebody' where seq = 4", 'columns-altered', 4],
  ['an altered moment', "update audit_event set recorded_at = '2020-01-01' where seq = 4", 'columns-altered', 4],
  ['a dropped record', 'delete from audit_event where seq = 5', 'missing', 5],
])('%s is found and named, even when forced', async (_name, change, kind, seq) => {
  for (let n = 0; n < 6; n += 1) await view(randomUUID());
  const [before] = await rowsOf(store.url, `select * from audit_event where seq = ${seq}`);
  await forced(change);
  expect(await verified()).toEqual([{ kind, seq }]);
  await forced(`delete from audit_event where seq = ${seq}`);
  await restore(before ?? {});
  expect(await verified()).toEqual([]);
});

test.each([
  ['dropped', "delete from processing_line where data_subject = '$'"],
  ['given to another', "update processing_line set data_subject = 'another' where data_subject = '$'"],
  ['kept back', "update processing_line set shown_after = '2999-01-01' where data_subject = '$'"],
  ['called another thing', "update processing_line set name = 'x' where data_subject = '$'"],
  [
    'put in',
    `insert into processing_line (id, operation_id, trace_id, name, status, started_at, ended_at, processing_activity_id,
      data_subject, resource) select gen_random_uuid(), operation_id, trace_id, name, status, started_at, ended_at,
      processing_activity_id, 'another', resource from processing_line where data_subject = '$'`,
  ],
])('a person’s line that is %s is found with its entry', async (_what, change) => {
  const subject = randomUUID();
  await view(subject);
  const [last] = await rowsOf(store.url, 'select max(seq)::int as seq from audit_event');
  await forced('create table kept_lines as table processing_line');
  await forced(change.replace('$', subject));
  expect(await verified()).toEqual([{ kind: 'columns-altered', seq: last?.seq }]);
  await forced('delete from processing_line; insert into processing_line table kept_lines; drop table kept_lines');
  expect(await verified()).toEqual([]);
});

test('swapped and inserted entries are found', async () => {
  for (let n = 0; n < 6; n += 1) await view(randomUUID());
  const swap =
    'update audit_event set seq = -seq where seq in (2, 3); update audit_event set seq = 5 + seq where seq in (-2, -3)';
  await forced(swap);
  expect((await verified()).map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(['swapped 2', 'swapped 3']);
  await forced(swap);
  const last = (await rowsOf(store.url, 'select max(seq) as seq from audit_event'))[0]?.seq;
  await forced(`insert into audit_event select seq + 1, hash, hash, key_id, operation_id, action, result, actor, actor_role,
    grant_id, body, recorded_at from audit_event where seq = ${last}`);
  expect((await verified()).map(({ seq }) => seq)).toContain(Number(last) + 1);
  await forced(`delete from audit_event where seq > ${last}`);
  expect(await verified()).toEqual([]);
});

test('a truncated chain is found by its head or a stored one', async () => {
  await view(randomUUID());
  const { head } = await verifyStored(store.url, config().OWNER_SECRET);
  const [seq = '', hash = ''] = (head ?? '').split(':');
  const [last] = await rowsOf(store.url, `select * from audit_event where seq = ${seq}`);
  await forced(`delete from audit_event where seq = ${seq}`);
  expect(await verified()).toEqual([{ kind: 'end-missing', seq: Number(seq) }]);
  const kept = { seq: Number(seq), hash };
  expect((await verifyStored(store.url, config().OWNER_SECRET, [kept])).faults).toContainEqual({
    kind: 'end-missing',
    seq: kept.seq,
  });
  await restore(last ?? {});
  expect(await verified()).toEqual([]);
});

test('a failed write throws, so nothing is shown', async () => {
  await forced('alter table audit_event rename to audit_event_away');
  await expect(view(randomUUID())).rejects.toThrow();
  await forced('alter table audit_event_away rename to audit_event');
  await closeStore();
  await expect(view(randomUUID())).rejects.toThrow();
});

async function restore(row: Record<string, unknown>): Promise<void> {
  const value = (name: string) => {
    const given = row[name];
    if (given === null || given === undefined) return 'null';
    return `'${(given instanceof Date ? given.toISOString() : String(given)).replaceAll("'", "''")}'`;
  };
  const columns = [
    'seq',
    'prev_hash',
    'hash',
    'key_id',
    'operation_id',
    'action',
    'result',
    'actor',
    'actor_role',
    'grant_id',
    'body',
    'recorded_at',
  ];
  await forced(`insert into audit_event (${columns.join(', ')}) values (${columns.map(value).join(', ')})`);
}
