import { expect, test } from 'vitest';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { runCommand } from '../../tests/command';
import { openTestStore, rowsOf } from '../../tests/database';

test('the command names an altered entry, prints JSON last and fails', async () => {
  const { url, close } = await openTestStore();
  for (let n = 0; n < 3; n += 1)
    await addAuditEntry({ id: 'sub', role: 'staff' }, { action: 'locate', objectType: 'grant', callId: `call ${n}` });
  const whole = await verify(url);
  expect(whole.code).toBe(0);
  expect(JSON.parse(whole.out.trim().split('\n').at(-1) ?? '')).toMatchObject({ events: 3, faults: [] });
  // The check itself is an entry, and breaks nothing.
  const [last] = await rowsOf(url, 'select action, result, actor_role from audit_event where seq = 4');
  expect(last).toEqual({ action: 'verify-audit', result: 'done', actor_role: 'system' });
  await rowsOf(
    url,
    "begin; set local session_replication_role = replica; update audit_event set body = replace(body, 'call 1', 'call 9'); commit",
  );
  const altered = await verify(url);
  expect(altered.code).toBe(1);
  expect(altered.out).toContain('entry 2: altered');
  expect((await verify(url, ['--nonsense'])).code).toBe(2);
  await close();
}, 30_000);

test('an auditor reads entries and names people, each audited', async () => {
  const { url, close } = await openTestStore();
  const objectRef = 'some-grant';
  await addAuditEntry({ id: 'sub-7', role: 'staff' }, { action: 'locate', objectType: 'grant', objectRef });
  const shown = await verify(url, ['--show', '1']);
  expect(shown.code).toBe(0);
  expect(shown.out).toContain(`who: employee ${actorPseudonym('sub-7')}`);
  expect(shown.out).toContain('did: looked for a caller');
  expect(shown.out).not.toContain('sub-7');
  expect((await verify(url, ['--show', '99'])).code).toBe(1);

  const whose = ['--who', actorPseudonym('sub-7'), '--reason', 'complaint 2026-14'];
  const found = await verify(url, whose, 'bsn:999990019\nsub:sub-6\nsub:sub-7\n');
  expect([found.code, found.out.split('\n')[0]]).toEqual([0, 'sub:sub-7']);
  expect((await verify(url, whose, 'sub:sub-6\n')).code).toBe(1);
  expect((await verify(url, whose.slice(0, 2))).code).toBe(2);
  const entries = await rowsOf(
    url,
    `select action, result, body::jsonb ->> 'objectRef' as about, body::jsonb ->> 'reason' as reason
      from audit_event where seq > 1 order by seq`,
  );
  const asked = { action: 'identify-person', about: whose[1], reason: whose[3] };
  expect(entries).toEqual([
    { action: 'read-audit', result: 'done', about: '1', reason: null },
    { action: 'read-audit', result: 'failed', about: '99', reason: null },
    { ...asked, result: 'done' },
    { ...asked, result: 'failed' },
  ]);
  await close();
}, 60_000);

const verify = (url: string, args: readonly string[] = [], input = '') =>
  runCommand('app/commands/audit-verify.ts', url, args, input);
