import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCommand } from '../../tests/command';
import { openTestStore, rowsOf } from '../../tests/database';
import { keepAuditHead } from './anchor.server';
import { addAuditEntry } from './audit-entry.server';

const folder = mkdtempSync(join(tmpdir(), 'zicht-anchor-'));
const file = join(folder, 'heads');
// Read at the first use of a setting, which is in the test.
vi.stubEnv('AUDIT_ANCHOR_FILE', file);

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await store.close();
});

const act = () => addAuditEntry({ id: 'sub', role: 'staff' }, { action: 'locate', objectType: 'grant' });
const verify = (...args: readonly string[]) => runCommand('app/commands/audit-verify.ts', store.url, args);

test('new heads are added to a file that reveals an older copy', async () => {
  await act();
  await keepAuditHead();
  await keepAuditHead();
  const [first] = await rowsOf(store.url, 'select seq::int, hash, mac from audit_head');
  await act();
  await keepAuditHead();
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual(['1', '2']);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect((await verify('--anchor', file)).code).toBe(0);
  // As an attacker who sets the whole database back: the chain alone looks whole.
  await rowsOf(
    store.url,
    `begin; set local session_replication_role = replica; delete from audit_event where seq > 1;
     update audit_head set seq = 1, hash = '${first?.hash}', mac = '${first?.mac}'; commit`,
  );
  expect((await verify()).code).toBe(0);
  const found = await verify('--anchor', file);
  expect(found.code).toBe(1);
  expect(found.out).toContain('entry 2: altered');
  expect((await verify('--anchor', join(folder, 'none'))).code).toBe(2);
}, 60_000);
