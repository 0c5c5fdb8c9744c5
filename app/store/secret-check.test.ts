import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { runCommand } from '../../tests/command';
import { freshDatabase, rowsOf } from '../../tests/database';
import { wish } from '../../tests/watch-wish';
import { createSession, readSession } from './session.server';
import { closeStore, openStore } from './store.server';
import { secretOf, setWatch } from './watch.server';

const OWNER = 'the-permanent-key-of-this-test-4711';
const OTHER = 'another-permanent-key-of-this-test-0815';
const [OLD, NEW] = ['the-old-key-for-sessions-of-this-test', 'the-new-key-for-sessions-of-this-test'];
const now = Temporal.Instant.from('2026-03-02T09:00:00Z');

const open = (url: string, keys: readonly [string, ...string[]], owner = OWNER) =>
  openStore({ DATABASE_URL: url, SESSION_SECRET: keys, OWNER_SECRET: owner });

async function withFreshStore(work: (url: string) => Promise<void>): Promise<void> {
  const { url, drop } = await freshDatabase();
  await work(url);
  await closeStore();
  await drop();
}

test('another permanent secret is refused', () =>
  withFreshStore(async (url) => {
    await open(url, [OLD]);
    await closeStore();
    await expect(open(url, [OLD], OTHER)).rejects.toThrow(/^OWNER_SECRET is not the one of this database/);
    const checks = await rowsOf(url, 'select * from secret_check');
    expect(JSON.stringify(checks)).not.toContain(OWNER);
    await open(url, [NEW]);
  }));

test('an older database is known by its audit log', () =>
  withFreshStore(async (url) => {
    await open(url, [OLD]);
    await closeStore();
    await rowsOf(
      url,
      `delete from secret_check; insert into audit_event (seq, prev_hash, hash, key_id, body, operation_id, action, result,
        actor, actor_role, recorded_at) values (1, '', '', '00000000', '{}', gen_random_uuid(), 'locate', 'done', 'a', 'staff', now())`,
    );
    await expect(open(url, [OLD])).rejects.toThrow(/^OWNER_SECRET is not the one/);
  }));

test.each([
  ['session-end', ['--sub', 'sub-1', '--reason', 'compromise', '--yes']],
  ['mandate-state', ['suspend', '--advisor', 'sub-1', '--reason', 'bar-register', '--yes']],
  ['restore-fence', ['--no-head', '--yes']],
  ['audit-verify', ['--show', '1']],
  ['audit-patterns', []],
])('%s writes nothing with another permanent secret', (command, args) =>
  withFreshStore(async (url) => {
    await open(url, [OLD]);
    const settings = { ...process.env, SESSION_SECRET: OLD, OWNER_SECRET: OTHER };
    const { code, out } = await runCommand(`app/commands/${command}.ts`, url, args, '', settings);
    expect(`${code} ${out}`).toMatch(/^2 (.*\n)*OWNER_SECRET is not the one of this database/);
    expect(await rowsOf(url, 'select seq from audit_event')).toEqual([]);
  }),
);

/** Each step of a rolling restart: one process has the old settings, another the new ones. */
const STEPS: readonly (readonly [string, ...string[]])[] = [[OLD], [OLD, NEW], [NEW, OLD]];

test('rotating the sessions’ secret in three steps loses no sign-in', () =>
  withFreshStore(async (url) => {
    const sessions: string[] = [];
    const limits = { idleMinutes: 60, absoluteMinutes: 60 };
    for (const [index, keys] of STEPS.entries()) {
      // What a process at this step opens must open at the step before and after it too.
      for (const other of [STEPS[index - 1], keys, STEPS[index + 1]]) {
        if (!other) continue;
        await open(url, keys);
        sessions.push(await createSession({ step: index }, limits, now));
        await closeStore();
        await open(url, other);
        for (const id of sessions) expect(await readSession(id, now)).not.toBeNull();
        await closeStore();
      }
    }
    await open(url, [NEW]);
    expect(await readSession(sessions.at(-1) ?? '', now)).not.toBeNull();
  }));

test('what a row keeps sealed outlives every secret of sessions', () =>
  withFreshStore(async (url) => {
    await open(url, [OLD]);
    const watch = await setWatch(wish(), 'who watches', now);
    await closeStore();
    await open(url, [NEW]);
    expect(secretOf(watch)).toBe('who watches');
  }));
