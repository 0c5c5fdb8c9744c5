import { expect, test } from 'vitest';
import { addAuditEntry } from '~/audit/audit-entry.server';
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

const verify = (url: string, args: readonly string[] = []) => runCommand('app/commands/audit-verify.ts', url, args);
