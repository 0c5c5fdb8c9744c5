// `npm run test:deep`: what is too long for each change. Runs all parts, also after one that failed, and tells which did.
import { spawnSync } from 'node:child_process';
import { ROOT } from '../mocks/build';
import { installedPostgres } from './installed-postgres';

const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';
/** Backends with the manners of real ones, which these seeds choose. */
const FIELD_SEEDS = ['3', '8'];

const VITEST = ['node_modules/vitest/vitest.mjs', 'run'];
/** Where the day begins first, in a language whose "i" has another capital. */
const ODD_PLACE = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };

interface Part {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const PARTS: Readonly<Record<string, Part>> = {
  'npm test with every variant and 1,000 stories': { args: ['tests/run.ts'] },
  ...Object.fromEntries(
    FIELD_SEEDS.map((seed) => [
      `the main job with backends as in the field, seed ${seed}`,
      { args: [PLAYWRIGHT, 'test', 'tests/e2e/main-job.spec.ts'], env: { AS_IN_THE_FIELD: seed } },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(installedPostgres()).map(([version, programs]) => [
      `the store on PostgreSQL ${version}`,
      { args: [...VITEST, 'app/store', 'tests/races'], env: { POSTGRES_PROGRAMS: programs } },
    ]),
  ),
  'rules, texts, adapters and mandates in an odd place': {
    args: [...VITEST, 'app/model', 'app/i18n', 'app/agency/zgw', 'app/mandate', 'app/visit'],
    env: ODD_PLACE,
  },
  'a minute of each flood': { args: ['tests/load/attack.ts', '--seconds', '60'] },
  'five minutes of readers': { args: ['tests/load/soak.ts', '--seconds', '300'] },
  'the way to React Router': { args: ['tests/migration/check.ts'] },
};

const lines = Object.entries(PARTS).map(([name, { args, env = {} }]) => {
  console.log(`\n· ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      DEEP: '1',
      STORIES: '1000',
      ...env,
    },
  });
  const seconds = Math.round((performance.now() - started) / 1_000);
  return { ok: status === 0, line: `${status === 0 ? 'ok   ' : 'FAIL '} ${name} (${seconds} s)` };
});

console.log(`\n${lines.map(({ line }) => line).join('\n')}`);
const failed = lines.filter(({ ok }) => !ok).length;
console.log(`${lines.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
