import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { runCommand } from '../../tests/command';
import { openTestStore, rowsOf } from '../../tests/database';

const employee = { id: 'sub-7', role: 'staff' } as const;
const colleague = { id: 'sub-8', role: 'staff' } as const;
const sister = { kind: 'bsn', value: '999990019' } as const;

const folder = mkdtempSync(join(tmpdir(), 'zicht-patterns-'));
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await store.close();
});

const outSchema = z.object({
  events: z.number(),
  unreadable: z.number(),
  alerts: z.array(z.object({ pattern: z.string(), actor: z.string(), eventIds: z.array(z.string()), why: z.string() })),
});

const look = (actor: typeof employee | typeof colleague, subject: string, callId: string) =>
  addAuditEntry(actor, {
    action: 'view-case',
    objectType: 'case',
    subjects: [subject],
    ground: 'consent-by-code',
    consent: 'code',
    grantId: callId,
    callId,
    actorUnit: 'helpdesk',
  });

test('a pattern is reported by pseudonym and entries only', async () => {
  const round = '00:00';
  const facts = join(folder, 'facts.json');
  writeFileSync(
    facts,
    JSON.stringify({
      hours: { from: round, to: '23:59', days: [1, 2, 3, 4, 5, 6, 7] },
      relations: [{ employee: employee.id, person: sister, as: 'family' }],
    }),
  );
  const planted = await look(employee, ownerOfPerson(sister), 'call-1');
  for (let n = 0; n < 9; n += 1)
    await addAuditEntry(employee, { action: 'locate', objectType: 'grant', result: 'denied', callId: `call-${n}` });
  await look(colleague, ownerOfPerson(sister), 'call-2');
  const { code, out } = await patterns('--facts', facts);
  expect(code).toBe(0);
  const { alerts, ...totals } = outSchema.parse(JSON.parse(out.trim().split('\n').at(-1) ?? ''));
  expect(totals).toMatchObject({ events: 11, unreadable: 0 });
  expect(alerts.map(({ pattern }) => pattern).sort()).toEqual(['fishing', 'related-person']);
  expect(alerts.every(({ actor }) => actor === actorPseudonym(employee.id))).toBe(true);
  expect(alerts.find(({ pattern }) => pattern === 'related-person')?.eventIds).toEqual([planted]);
  expect(out).toContain('the file of a relative');
  expect(out).not.toMatch(/sub-7|999990019/);
  // The reading is an audit entry too, made before anything was printed.
  const reads = () => rowsOf(store.url, "select actor_role, body from audit_event where action = 'read-audit'");
  const [read, ...more] = await reads();
  expect([read?.actor_role, more.length]).toEqual(['system', 0]);
  expect(String(read?.body)).not.toContain(userInfo().username);
  // Without an audit entry nothing is printed.
  await rowsOf(store.url, 'alter table audit_head rename to audit_head_away');
  const untold = await patterns('--facts', facts);
  await rowsOf(store.url, 'alter table audit_head_away rename to audit_head');
  expect(untold.code).not.toBe(0);
  expect(untold.out).not.toContain('the file of a relative');
}, 30_000);

test('bad arguments give the usage and read nothing', async () => {
  const bad = join(folder, 'bad.json');
  writeFileSync(bad, JSON.stringify({ calls: [{ employee: 'secret-name', from: 'yesterday', to: '' }] }));
  const wrong = [
    ['--nonsense'],
    ['--since', 'May'],
    ['--since', '2026-03-02', '--until', '2026-03-01'],
    ['--facts', bad],
  ];
  for (const args of wrong) {
    const { code, out } = await patterns(...args);
    expect(code).toBe(2);
    expect(out).toContain('usage: npm run audit:patterns');
    expect(out).not.toContain('secret-name');
  }
}, 60_000);

const patterns = (...args: readonly string[]) => runCommand('app/commands/audit-patterns.ts', store.url, args);
