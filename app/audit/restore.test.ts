import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { config } from '~/config/config.server';
import { isStoreFailure, StoreUnfenced } from '~/platform/store-failure';
import { activeMandates, offerMandate, readMandate, transitionMandate } from '~/store/mandate.server';
import { endedRightsOf } from '~/store/right-ended.server';
import { closeStore, db, openStore, storeState } from '~/store/store.server';
import { giveSub } from '~/store/sub-mandate.server';
import { runCommand } from '../../tests/command';
import { freshDatabase, onCluster, rowsOf, TEST_SECRET } from '../../tests/database';
import { keepAuditHead } from './anchor.server';
import { addAuditEntry } from './audit-entry.server';
import { verifyStored } from './verify-chain.server';

const folder = mkdtempSync(join(tmpdir(), 'zicht-restore-'));
const anchor = join(folder, 'heads');
// Read at the first use of a setting, which is in the test.
vi.stubEnv('AUDIT_ANCHOR_FILE', anchor);
afterAll(() => rmSync(folder, { recursive: true }));

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
  rmSync(anchor, { force: true });
});

const CLIENT = 'client-of-the-test';
const whose = { client: CLIENT };

/** A portal's database, and a way to make it what it was at a backup. */
async function databaseWithBackup() {
  const { url, drop } = await freshDatabase();
  const name = new URL(url).pathname.slice(1);
  open.push({ close: drop }, { close: closeStore });
  const start = () => openStore({ DATABASE_URL: url, SESSION_SECRET: [TEST_SECRET] });
  await start();
  return {
    url,
    start,
    async backup() {
      await closeStore();
      await onCluster(`create database ${name}_copy template ${name}`);
      open.push({ close: () => onCluster(`drop database if exists ${name}_copy with (force)`) });
      await start();
    },
    async restore() {
      await closeStore();
      await onCluster(`drop database ${name} with (force)`);
      await onCluster(`alter database ${name}_copy rename to ${name}`);
      await start();
    },
  };
}

const REQUEST = randomUUID();
/** One of each thing that may be over after a backup, in the columns that every row must have. */
const OPEN_THINGS = [
  sql`insert into session (id_hash, payload, created_at, last_seen_at, idle_expires_at, absolute_expires_at)
    values ('s', '', now(), now(), now() + '1 hour', now() + '1 hour')`,
  sql`insert into spoken_code (id, purpose, owner, session_hash, code_hash, caller_check, refs, language, created_at, expires_at)
    values (gen_random_uuid(), 'mandate', 'o', 's', 'c', 'k', '{r}', 'en', now(), now() + '1 day')`,
  sql`insert into view_grant (id, agent, agent_number, agent_session, owner, state, purpose, call_id, method, language,
      located_at, last_seen_at, expires_at, only_case, second_approver)
    values (gen_random_uuid(), 'a', 1, 's', 'o', 'active', 'question-page', 'c', 'alt', 'en', now(), now(),
      now() + '1 hour', 'case', 'b')`,
  sql`insert into view_request (id, kind, agent, agent_number, agent_session, purpose, call_id, state, asked_at, answer_before)
    values (${REQUEST}, 'alt', 'a', 1, 's', 'question-page', 'c', 'pending', now(), now() + '15 minutes')`,
  sql`insert into watch (id, owner, set_by, case_id, product, desks, before, weekdays, part, party_size, quiet_from,
      quiet_until, language, sealed, state, waiting_since, updated_at)
    values (gen_random_uuid(), ${CLIENT}, ${CLIENT}, 'case', 'BIO', '[]', '2030-01-01', '[]', 'any', 1, '22:00', '07:00',
      'en', '', 'waiting', now(), now())`,
  sql`insert into outbox (id, kind, language, address, not_before, created_at) values
    (gen_random_uuid(), 'emergency-report', 'en', 'x', now(), now())`,
  sql`insert into mail_address (id, owner, address_hash, address, code_hash, left_at)
    values (gen_random_uuid(), ${CLIENT}, 'h', 'x', 'code', now())`,
  sql`insert into outbox (id, kind, language, address_id, code, not_before, created_at)
    select gen_random_uuid(), 'confirm-address', 'en', id, 'x', now(), now() from mail_address`,
  sql`insert into message_subscription (id, owner, topics, language, zone, quiet_from, quiet_until, state, sealed, look_at,
      created_at, updated_at) values (gen_random_uuid(), ${CLIENT}, '{}', 'en', 'UTC', '21:00', '08:00', 'on', 'x', now(),
      now(), now())`,
  sql`insert into message (id, subscription_id, kinds, target, state, created_at, send_at)
    select gen_random_uuid(), id, '{decision}', 'x', 'queued', now(), now() from message_subscription`,
  sql`insert into deadline_feed (token_hash, advisor, actor, language, created_at) values ('t', 'a', '', 'en', now())`,
  sql`insert into statement (id, owner, case_ref, code_hash, facts, created_at, expires_at)
    values (gen_random_uuid(), ${CLIENT}, 'case', 'h', '', now(), now() + '1 month')`,
  sql`insert into draft (subject, page, fields, expires_at) values ('s', '/p', '', now() + '30 minutes')`,
];
const LEFT = `select (select count(*) from session)::int as session,
  (select count(*) from spoken_code where used_at is null or expires_at > now())::int as code,
  (select count(*) from view_grant where state in ('located', 'active'))::int as look,
  (select count(*) from view_request where state in ('pending', 'approved'))::int as request,
  (select count(*) from watch where state <> 'ended')::int as watch,
  (select count(*) from outbox)::int as mail,
  (select count(*) from message where state = 'queued')::int
    + (select count(*) from message_subscription where state = 'on')::int as message,
  (select count(*) from deadline_feed)::int as feed,
  (select count(*) from draft)::int as draft,
  (select count(*) from statement)::int as statement`;

const fence = (url: string, ...args: readonly string[]) =>
  runCommand('app/commands/restore-fence.ts', url, [...args, '--yes']);
const act = () => addAuditEntry({ id: 'sub', role: 'staff' }, { action: 'locate', objectType: 'grant' });

async function given(advisor: string, maySub = false): Promise<string> {
  const { id } = await offerMandate({
    ...{ client: CLIENT, advisor, firm: '002220647', caseIds: [randomUUID()], actions: ['see'], offeredBy: 'advisor' },
    ...{ maySub, months: 12, textHash: 'h', language: 'en' },
    names: { client: 'Amal Haddad', advisor: 'An Advisor', firm: 'F', references: ['Z1-1'] },
  });
  await transitionMandate(id, whose, { do: 'accept', by: 'client' });
  return id;
}

const openTo = async (advisor: string) => (await activeMandates(advisor)).map(({ id }) => id);

test('a restored database is kept from use until it is fenced', async () => {
  const { url, start, backup, restore } = await databaseWithBackup();
  await act();
  await keepAuditHead();
  await backup();
  await act();
  await keepAuditHead();
  await restore();

  await keepAuditHead();
  expect(await storeState()).toBe('restored');
  expect(() => db()).toThrow(StoreUnfenced);
  expect(isStoreFailure(await act().catch((error: unknown) => error))).toBe(true);

  const done = await fence(url, '--anchor', anchor);
  expect([done.code, done.out]).toEqual([0, expect.stringContaining('"lostEntries":1')]);
  await keepAuditHead();
  expect(await storeState()).toBe('usable');
  await act();
  await keepAuditHead();
  // No number was given twice, and the heads of before still fit.
  expect(
    readFileSync(anchor, 'utf8')
      .trim()
      .split('\n')
      .map((line) => Number(line.split(':')[0])),
  ).toEqual([1, 2, 3, 4]);
  const verified = await runCommand('app/commands/audit-verify.ts', url, ['--anchor', anchor]);
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('0 faults')]);
  await closeStore();
  await start();
  await keepAuditHead();
  expect(await storeState()).toBe('usable');
}, 60_000);

test('mandates, codes, sessions, watches and mails of before a restore stay over', async () => {
  const { url, backup, restore } = await databaseWithBackup();
  const [advisor, colleague] = [randomUUID(), randomUUID()];
  const [ended, kept] = [await given(advisor), await given(advisor, true)];
  const stands = { advisor: colleague, name: 'C', cases: [0], lasts: 'P1M' } as const;
  await giveSub(kept, advisor, stands);
  const suspended = await given(advisor);
  await db().execute(sql`update mandate set state = 'suspended', suspended_for = '{dispute}' where id = ${suspended}`);
  for (const statement of OPEN_THINGS) await db().execute(statement);
  const made = { action: 'ask-approval', objectType: 'request', objectRef: REQUEST } as const;
  await addAuditEntry({ id: 'sub', role: 'staff' }, made);
  await keepAuditHead();
  await backup();
  await transitionMandate(ended, whose, { do: 'revoke' });
  await restore();
  expect(await openTo(advisor)).toContain(ended);

  const done = await fence(url, '--no-head');
  expect(done.code, done.out).toBe(0);
  const figures = JSON.parse(done.out.trim().split('\n').at(-1) ?? '');
  expect(figures).toMatchObject({
    sessions: 1,
    codes: 1,
    looks: 1,
    watches: 1,
    mails: 1,
    messages: 1,
    feeds: 1,
    drafts: 1,
    statements: 1,
  });
  expect(figures).toMatchObject({ requests: 1, asked: 2, ended: 2, bookings: 0, lostEntries: 0 });
  expect([await openTo(advisor), await openTo(colleague)]).toEqual([[], []]);
  const left = await rowsOf(url, LEFT);
  expect(left).toEqual([
    { session: 0, code: 0, look: 0, request: 0, watch: 0, mail: 1, message: 0, feed: 0, draft: 0, statement: 0 },
  ]);
  expect((await verifyStored(url, config().OWNER_SECRET)).faults).toEqual([]);

  // The client is asked, and only their yes opens anything again.
  expect(await endedRightsOf(CLIENT)).toContainEqual({ what: 'mandate', caseId: null, why: 'restored' });
  expect(await readMandate(suspended, whose)).toMatchObject({ state: 'lapsed' });
  const asked = await readMandate(kept, whose);
  expect(asked).toMatchObject({ state: 'pending-client', months: 12, clientSignedAt: null, maySub: true });
  await transitionMandate(kept, whose, { do: 'accept', by: 'client' });
  await transitionMandate(ended, whose, { do: 'decline', by: 'client' });
  expect([await openTo(advisor), await openTo(colleague)]).toEqual([[kept], []]);
  expect(await endedRightsOf(CLIENT)).toEqual([{ what: 'watch', caseId: 'case', why: 'restored' }]);
  expect((await verifyStored(url, config().OWNER_SECRET)).faults).toEqual([]);
}, 60_000);

/** What a fence leaves as it is: facts that nobody ends, counts, limits, and what ends with a session. */
const LEFT_ALONE =
  'advisor_stop audit_event audit_gap audit_head call_reason case_change case_seen code_try collected_counts collection contact_moment counted_form delivery employee ' +
  'ended_session estimate estimate_switch kept_answer lease logout_token message_event migration move own_file own_note page_answer page_use processing_line queue_wait range_shown release secret_check ticket';
const FENCED =
  'booking colleague deadline_feed draft hold mail_address mandate message message_subscription outbox session spoken_code statement view_grant view_request watch';

test('a new table is either fenced or left alone on purpose', async () => {
  const { url } = await databaseWithBackup();
  const tables = await rowsOf(url, "select tablename as name from pg_tables where schemaname = 'public'");
  const known = `${LEFT_ALONE} ${FENCED}`.split(' ');
  expect(tables.map(({ name }) => `${name}`).sort()).toEqual(known.sort());
});

test('a fence without a head, or without yes, does nothing', async () => {
  const { url } = await databaseWithBackup();
  appendFileSync(anchor, 'cut off');
  expect((await fence(url, '--anchor', anchor)).code).toBe(2);
  expect((await runCommand('app/commands/restore-fence.ts', url, ['--no-head'])).code).toBe(2);
}, 60_000);
