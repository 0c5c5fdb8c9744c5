// `npm run test:deep`: what is too long for each change. Runs all parts, also after one that failed, and tells which did.
import { spawnSync } from 'node:child_process';
import { ROOT } from '../mocks/build';

const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';
/** Backends with the manners of real ones, which this seed chooses. */
const FIELD_SEED = '3';

const PARTS: Readonly<Record<string, readonly string[]>> = {
  'npm test with every variant and 1,000 stories': ['tests/run.ts'],
  'the main job with backends as in the field': [PLAYWRIGHT, 'test', 'tests/e2e/main-job.spec.ts'],
  'a minute of each flood': ['tests/load/attack.ts', '--seconds', '60'],
  'five minutes of readers': ['tests/load/soak.ts', '--seconds', '300'],
  'the way to React Router': ['tests/migration/check.ts'],
};

const lines = Object.entries(PARTS).map(([name, args]) => {
  console.log(`\n· ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      DEEP: '1',
      STORIES: '1000',
      ...(args[0] === PLAYWRIGHT && { AS_IN_THE_FIELD: FIELD_SEED }),
    },
  });
  const seconds = Math.round((performance.now() - started) / 1_000);
  return { ok: status === 0, line: `${status === 0 ? 'ok   ' : 'FAIL '} ${name} (${seconds} s)` };
});

console.log(`\n${lines.map(({ line }) => line).join('\n')}`);
const failed = lines.filter(({ ok }) => !ok).length;
console.log(`${lines.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
