// `npm run test:deep`: what is too long for each change. Runs all parts, also after one that failed, and tells which did
// and which could not run here.
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
  'each fault of each backend, for each role': { args: [PLAYWRIGHT, 'test', 'tests/faults/matrix.spec.ts'] },
  'rules, texts, adapters and mandates in an odd place': {
    args: [...VITEST, 'app/model', 'app/i18n', 'app/agency/zgw', 'app/mandate', 'app/visit'],
    env: ODD_PLACE,
  },
  'a minute of each flood': { args: ['tests/load/attack.ts', '--seconds', '60'] },
  'five times the pages that fit': { args: ['tests/load/overload.ts'] },
  'five minutes of readers': { args: ['tests/load/soak.ts', '--seconds', '300'] },
  'two processes behind nginx and HAProxy': { args: ['tests/load/proxies.ts'] },
  'signing in at LemonLDAP::NG': { args: ['tests/contract/lemonldap.ts'] },
  'an audit log of 600,000 entries': { args: ['tests/load/audit.ts'] },
  'the way to React Router': { args: ['tests/migration/check.ts'] },
};

/** A part that needs a program that is not installed ends with it, and says which. */
const NOT_RUN = 77;
/** The longest that a part may take; one that hangs must not keep the others from running. */
const MOST_MS = 5_400_000;

const wanted = wantedOrExit();
const ended = wanted.map(([name, { args, env = {} }]) => {
  console.log(`\n· ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, DEEP: '1', STORIES: '1000', ...env },
    timeout: MOST_MS,
    killSignal: 'SIGTERM',
  });
  const seconds = Math.round((performance.now() - started) / 1_000);
  const outcome = status === 0 ? 'ok     ' : status === NOT_RUN ? 'not run' : 'FAIL   ';
  return { outcome, line: `${outcome} ${name} (${seconds} s)` };
});

console.log(`\n${ended.map(({ line }) => line).join('\n')}`);
const count = (wantedOutcome: string) => ended.filter(({ outcome }) => outcome.trim() === wantedOutcome).length;
console.log(`${count('ok')} passed, ${count('FAIL')} failed`);
process.exit(count('FAIL') === 0 ? 0 : 1);

/** All parts, or those whose names have the words behind `--only`. */
function wantedOrExit(): (readonly [string, Part])[] {
  const [flag, words = '', ...more] = process.argv.slice(2);
  const parts = Object.entries(PARTS).filter(([name]) => flag === undefined || name.includes(words));
  if ((flag === undefined || (flag === '--only' && words !== '' && more.length === 0)) && parts.length > 0)
    return parts;
  console.error(`Usage: npm run test:deep [-- --only WORDS]\n${Object.keys(PARTS).join('\n')}`);
  return process.exit(2);
}
