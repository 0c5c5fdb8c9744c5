import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config } from '~/config/config.server';
import { runCommand } from '../../tests/command';
import { openTestStore } from '../../tests/database';

/** Every command that works on the portal's database, with arguments that are right, on an empty database. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  'audit-verify.ts': [],
  'audit-patterns.ts': [],
  'mandate-state.ts': ['suspend', '--mandate', '00000000-0000-4000-8000-000000000000', '--reason', 'dispute'],
  'migrate.ts': ['--check'],
  'restore-fence.ts': ['--no-head', '--yes'],
  'session-end.ts': ['--sub', 'nobody', '--reason', 'compromise'],
};
/** It needs the build, and `tests/e2e/production.spec.ts` runs it. */
const BUILT_ONLY = 'migrate.ts';
const NAMES = Object.keys(ARGUMENTS);
const HERE_TOO = NAMES.filter((name) => name !== BUILT_ONLY);
const HERE = import.meta.dirname;

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const ran = (name: string, url: string, settings: Record<string, string>) =>
  runCommand(`app/commands/${name}`, url, ARGUMENTS[name] ?? [], '', { NODE_ENV: 'test', ...settings });

test('every command of the database is in this list', () => {
  const commands = readdirSync(HERE).filter((file) => /^[a-z-]+\.ts$/.test(file));
  const ofDatabase = commands.filter((file) =>
    readFileSync(join(HERE, file), 'utf8').includes('config().DATABASE_URL'),
  );
  const others = commands.filter((file) => /DATABASE_URL/.test(readFileSync(join(HERE, file), 'utf8')));
  expect([...new Set([...ofDatabase, ...others])].sort()).toEqual(NAMES.sort());
});

test.each(HERE_TOO)(
  '%s runs with the settings that it needs only',
  async (name) => {
    const { code, out } = await ran(name, store.url, { OWNER_SECRET: config().OWNER_SECRET, THEME_FILE: '/nowhere' });
    expect(code, out).not.toBe(2);
    expect(out).not.toMatch(/^\s+at /m);
  },
  60_000,
);

test.each(HERE_TOO)(
  '%s names a missing setting in one line, without a stack trace',
  async (name) => {
    const { code, out } = await ran(name, '', {});
    expect(code, out).toBe(2);
    expect(out).toMatch(/^DATABASE_URL: is missing$/m);
    expect(out).toContain('usage: npm run');
    expect(out).not.toMatch(/^\s+at /m);
  },
  60_000,
);
