import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { config } from '~/config/config.server';
import { canonicalJson, nextEntry } from '~/model/audit-chain';
import { chainKey } from '~/platform/chain-key.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { addAuditEntry } from './audit-entry.server';
import { purge } from './purge.server';
import { verifyStored } from './verify-chain.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(() => emptied());
afterAll(() => store.close());

const url = () => store.url;
const emptied = () =>
  forced(
    'delete from audit_event; delete from audit_gap; delete from audit_head; delete from processing_line; delete from view_request',
  );
const verified = async () => (await verifyStored(url(), config().OWNER_SECRET)).faults;
const forced = (sql: string) => rowsOf(url(), `begin; set local session_replication_role = replica; ${sql}; commit`);
const purged = () => purge(new AbortController().signal);
const kept = async () => (await rowsOf(url(), 'select seq::int from audit_event order by seq')).map(({ seq }) => seq);

const ownAct = () => addAuditEntry({ id: 'sub-1', role: 'applicant' }, { action: 'make-code', objectType: 'code' });
const look = () =>
  addAuditEntry(
    { id: 'sub-2', role: 'advisor' },
    { action: 'view-case', objectType: 'case', subjects: [randomUUID()], ground: 'mandate' },
  );

/** Makes the chain anew, as if each entry had been written so many days ago. */
async function aged(days: readonly number[]): Promise<void> {
  const rows = await rowsOf(url(), 'select seq, body from audit_event order by seq');
  const { hashOf } = chainKey(config().OWNER_SECRET);
  let last: ReturnType<typeof nextEntry> | null = null;
  const changes: string[] = [];
  for (const [index, { body }] of rows.entries()) {
    const event = JSON.parse(String(body));
    // As the portal writes it: by hand, a moment such as 12:00:10.000 lost a nought of its seconds too.
    const recordedAt = Temporal.Instant.from(event.recordedAt)
      .subtract({ hours: 24 * (days[index] ?? 0) })
      .toString();
    last = nextEntry(last, canonicalJson({ ...event, recordedAt }), hashOf);
    const text = last.body.replaceAll("'", "''");
    changes.push(`update audit_event set body = '${text}', prev_hash = '${last.prevHash}', hash = '${last.hash}',
      recorded_at = '${recordedAt}' where seq = ${last.seq}`);
  }
  if (last) changes.push(`update audit_head set hash = '${last.hash}', mac = '${hashOf(last.hash, last.seq, 'head')}'`);
  await forced(changes.join(';'));
  expect(await verified()).toEqual([]);
}

test('each class is purged after its own time, with its lines', async () => {
  for (const act of [ownAct, look, ownAct, look, ownAct, ownAct]) await act();
  await aged([600, 600, 600, 2_000, 500, 600]);
  await purged();
  // The newest entry stays as the end of the chain; the purge is an entry after it.
  expect(await kept()).toEqual([2, 5, 6, 7]);
  expect(await rowsOf(url(), 'select from_seq::int, until_seq::int from audit_gap order by 1')).toEqual([
    { from_seq: 1, until_seq: 1 },
    { from_seq: 3, until_seq: 4 },
  ]);
  expect(await rowsOf(url(), 'select count(*)::int from processing_line')).toEqual([{ count: 1 }]);
  const [entry] = await rowsOf(url(), "select body::jsonb ->> 'reason' as reason from audit_event where seq = 7");
  expect(entry).toEqual({ reason: '3 entries; looks P5Y, own acts P18M' });
  expect(await verified()).toEqual([]);
});

test('closed requests are purged and audited; a forged answer is named', async () => {
  const request = (id: string, state: string, answered: string) =>
    rowsOf(
      url(),
      `insert into view_request (id, kind, agent, agent_number, agent_session, purpose, call_id, state, asked_at,
         answer_before, answered_by, answered_at)
       values ('${id}', 'alt', 'one', 1, 's', 'p', 'c', '${state}', now(), now() - interval '${answered}', 'other',
         now() - interval '${answered}')`,
    );
  const [old, recent] = [randomUUID(), randomUUID()];
  await request(old, 'refused', '13 months');
  await request(recent, 'approved', '11 months');
  await purged();
  expect(await rowsOf(url(), 'select id from view_request')).toEqual([{ id: recent }]);
  const [entry] = await rowsOf(url(), "select action, body::jsonb ->> 'objectRef' as about from audit_event");
  expect(entry).toEqual({ action: 'purge-request', about: old });
  expect(await verified()).toEqual([
    { kind: 'answer-unrecorded', seq: 0 },
    { kind: 'request-unrecorded', seq: 0 },
  ]);
});

test('visits, mandates and what is left of sessions are purged', async () => {
  const visit = (state: string, ago: string) =>
    rowsOf(
      url(),
      `insert into booking (id, owner, made_by, case_id, product, desk, desk_name, place, zone, starts_at, ends_at, local_date,
         local_time, party_size, state, idempotency_key, calendar_id, created_at, updated_at)
       values (gen_random_uuid(), 'o', 'o', gen_random_uuid(), 'BIO', 'd', 'd', '{}', 'UTC', now() - interval '${ago}',
         now() - interval '${ago}' + interval '1 hour', now(), '09:00', 1, '${state}', gen_random_uuid(), gen_random_uuid(), now(), now())`,
    );
  for (const [state, ago] of [
    ['over', '13 months'],
    ['cancelled', '13 months'],
    ['over', '11 months'],
    ['booked', '-1 day'],
  ] as const)
    await visit(state, ago);
  const mandate = (id: string, parent: string | null, ended: string) =>
    rowsOf(
      url(),
      `insert into mandate (id, client, firm, case_ids, actions, offered_by, parent, months, state, text_hash, language,
         names, offered_at, answer_before, ended_at)
       values ('${id}', 'c', 'f', '{x}', '{}', 'client', ${parent === null ? 'null' : `'${parent}'`}, 3, 'declined', '', 'nl', '',
         now(), now(), now() - interval '${ended}')`,
    );
  const [old, parent, child] = [randomUUID(), randomUUID(), randomUUID()];
  await mandate(old, null, '6 years');
  await mandate(parent, null, '6 years');
  await mandate(child, parent, '4 years');
  await rowsOf(
    url(),
    `insert into session (id_hash, subject, payload, created_at, last_seen_at, idle_expires_at, absolute_expires_at)
       values ('a', 'old', '', now(), now(), now() - interval '31 days', now()), ('b', 'new', '', now(), now(), now(), now());
     delete from session`,
  );
  await purged();
  expect(await rowsOf(url(), 'select state from booking order by 1')).toEqual([{ state: 'booked' }, { state: 'over' }]);
  const mandates = await rowsOf(url(), 'select id from mandate');
  expect(mandates.map(({ id }) => id).sort()).toEqual([parent, child].sort());
  expect(await rowsOf(url(), 'select subject from ended_session')).toEqual([{ subject: 'new' }]);
});

test('a purge with nothing to do leaves no entry', async () => {
  await look();
  await look();
  await purged();
  expect(await kept()).toEqual([1, 2]);
});

test('a kept head from before a purge is still accepted', async () => {
  for (const act of [ownAct, ownAct, look]) await act();
  await aged([600, 600, 0]);
  const heads = await rowsOf(url(), 'select seq::int, hash from audit_event order by seq');
  await purged();
  for (const { seq, hash } of heads) {
    const head = { seq: Number(seq), hash: String(hash) };
    expect((await verifyStored(url(), config().OWNER_SECRET, [head])).faults).toEqual([]);
  }
  const other = { seq: 2, hash: 'f'.repeat(64) };
  expect((await verifyStored(url(), config().OWNER_SECRET, [other])).faults).toEqual([{ kind: 'altered', seq: 2 }]);
});

test('an entry whose columns were changed to have it purged stays', async () => {
  for (const act of [look, look, look]) await act();
  await forced("update audit_event set recorded_at = '2000-01-01' where seq = 1");
  await forced(
    "update audit_event set action = 'make-code', actor_role = 'applicant', recorded_at = '2000-01-01' where seq = 2",
  );
  await purged();
  expect(await kept()).toEqual([1, 2, 3]);
  expect((await verified()).map(({ kind, seq }) => `${kind} ${seq}`)).toEqual([
    'columns-altered 1',
    'columns-altered 2',
  ]);
});

test('nothing but a purge deletes, and the verifier names an own purge', async () => {
  for (const act of [look, look, look]) await act();
  await expect(rowsOf(url(), 'delete from audit_event where seq = 2')).rejects.toThrow(/stays/);
  await rowsOf(
    url(),
    `begin; set local zicht.purge = 'on';
     insert into audit_gap select seq, seq, prev_hash, hash, hash from audit_event where seq = 2;
     delete from audit_event where seq = 2; commit`,
  );
  expect((await verified()).map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(['gap-altered 2', 'missing 2']);
});

test('after any purges the chain is whole and tampering is named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ own: fc.boolean(), age: fc.constantFrom(0, 600, 2_000) }), { minLength: 3, maxLength: 9 }),
      fc.nat(),
      async (acts, n) => {
        await emptied();
        for (const { own } of acts) await (own ? ownAct() : look());
        await aged(acts.map(({ age }) => age));
        await purged();
        await look();
        await purged();
        expect(await verified()).toEqual([]);
        const due = acts.flatMap(({ own, age }, index) => (age > (own ? 548 : 1_826) ? [index + 1] : []));
        const left = await kept();
        expect(due.filter((seq) => seq !== acts.length && left.includes(seq))).toEqual([]);
        const victim = left[n % left.length];
        await forced(`delete from audit_event where seq = ${victim}`);
        expect((await verified()).map(({ seq }) => seq)).toEqual([victim]);
      },
    ),
    { numRuns: 8 },
  );
});
