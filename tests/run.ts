// `npm test` runs all checks on a fresh clone and counts them in its last line. `--quick` (`npm run check`) leaves out
// the build and the browser.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../mocks/build';
import { findBrowser } from './browser';
import { auditFindings } from './supply';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface VitestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

interface PlaywrightResults {
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
  readonly errors: readonly unknown[];
  readonly suites: readonly PlaywrightSuite[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly PlaywrightSpec[];
}

interface PlaywrightSpec {
  readonly file: string;
  readonly title: string;
  readonly tests: readonly { readonly status: string; readonly annotations: readonly Annotation[] }[];
}

interface Annotation {
  readonly type: string;
  readonly description?: string;
}

const RESULTS = join(ROOT, 'test-results');
const quick = process.argv.includes('--quick');
const totals = { passed: 0, failed: 0 };
const lines: string[] = [];
const begun = performance.now();

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

// The compiler and the build use one core for long. The other checks need the other one.
const types = inBackground(
  ['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', '.cache/types.json', '-p', '.'],
  null,
);
const built = quick ? null : inBackground(['--import', 'tsx', 'tests/build.ts'], types);
await check('format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']);
await check('styles', 'stylelint/bin/stylelint.mjs', ['app/**/*.css']);
await check('unused files, exports and packages', 'knip/bin/knip.js', ['--no-progress']);
step('known vulnerabilities', () => {
  const found = auditFindings();
  if (found === null) console.log('· The registry has no audit: security-floors.json decides alone');
  else if (found.length > 0) throw new Error(found.join('\n'));
});
await tests(
  'rules of the house, units and contracts',
  'vitest/vitest.mjs',
  vitestArguments(),
  'vitest.json',
  countVitest,
);
countEnded('types', await types);
if (built) {
  countEnded('build', await built);
  const browser = step('browser', () => findBrowser());
  const environment = browser ? { CHROMIUM: browser } : {};
  await tests('in the browser', '@playwright/test/cli.js', ['test'], 'playwright.json', countPlaywright, environment);
}

console.log(
  `\nNode ${process.versions.node}\n${lines.join('\n')}\nin all ${((performance.now() - begun) / 1000).toFixed(1)} s`,
);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);

async function check(name: string, program: string, args: readonly string[]): Promise<void> {
  const started = performance.now();
  note(name, (await run(program, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, started);
}

async function tests<Results>(
  name: string,
  program: string,
  args: readonly string[],
  file: string,
  count: (results: Results) => Counts,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const started = performance.now();
  const status = await run(program, args, environment);
  const counted = existsSync(join(RESULTS, file)) ? count(JSON.parse(readFileSync(join(RESULTS, file), 'utf8'))) : null;
  // A runner that fails without a failed test (it could not start, or found none) counts as one failure.
  const failed = counted === null || (status !== 0 && counted.failed === 0) || counted.passed + counted.failed === 0;
  note(name, { passed: counted?.passed ?? 0, failed: (counted?.failed ?? 0) + (failed ? 1 : 0) }, started);
}

function step<T>(name: string, does: () => T): T | null {
  const started = performance.now();
  try {
    const result = does();
    note(name, { passed: 1, failed: 0 }, started);
    return result;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    note(name, { passed: 0, failed: 1 }, started);
    return null;
  }
}

function note(name: string, counts: Counts, started: number): void {
  count(name, counts, (performance.now() - started) / 1000);
}

function count(name: string, { passed, failed }: Counts, seconds: number): void {
  totals.passed += passed;
  totals.failed += failed;
  lines.push(
    `${failed === 0 ? 'ok  ' : 'FAIL'}  ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(1)} s)`,
  );
}

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** Starts a program beside the other checks, after another one. Its output is for later, so that lines do not mix. */
async function inBackground(args: readonly string[], after: Promise<Ended> | null): Promise<Ended> {
  await after;
  const started = performance.now();
  const child = spawn(process.execPath, [...args], { cwd: ROOT });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve) =>
    child.on('close', (status) => resolve({ status, output, seconds: (performance.now() - started) / 1000 })),
  );
}

function countEnded(name: string, { status, output, seconds }: Ended): void {
  console.log(output);
  count(name, status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, seconds);
}

function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number | null> {
  console.log(`\n— ${program.split('/').find((part) => !part.startsWith('@'))} ${args.join(' ')}`);
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test', FORCE_COLOR: '0', ...environment },
  });
  return new Promise((resolve) => child.on('close', resolve));
}

function vitestArguments(): string[] {
  return [
    'run',
    ...(quick ? quickTests() : []),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(RESULTS, 'vitest.json')}`,
  ];
}

/**
 * The rules of the house, and the tests of app/ that start no process, database or agency and do not try every odd value
 * of a backend.
 */
function quickTests(): string[] {
  const long = /tests\/(database|command|machines|agency\/odd-values)|mocks\/(agency|processes)|node:child_process/;
  return [
    ...readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
      .map((name) => join('app', name))
      .filter((name) => /\.test\.tsx?$/.test(name) && !long.test(readFileSync(join(ROOT, name), 'utf8'))),
    'tests/house.test.ts',
    'tests/english.test.ts',
    'tests/i18n/',
    'tests/supply.test.ts',
    'tests/alerts.test.ts',
    'tests/deploy.test.ts',
    'tests/publication.test.ts',
    'tests/authorisation/policy.test.ts',
  ];
}

function countVitest({ numPassedTests, numFailedTests, testResults }: VitestResults): Counts {
  // A file that can't be loaded reports no tests.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

function countPlaywright({ stats, errors, suites }: PlaywrightResults): Counts {
  const specs = suites.flatMap(specsIn);
  const annotations = specs.flatMap(({ tests }) => tests.flatMap(({ annotations }) => annotations));
  for (const [description, type] of new Map(annotations.map((one) => [one.description, one.type])))
    if (description) lines.push(`note  ${type}: ${description}`);
  for (const { file, title, tests } of specs)
    if (tests.some(({ status }) => status === 'flaky')) lines.push(`note  passed only in a retry: ${file}: ${title}`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

function specsIn({ suites = [], specs = [] }: PlaywrightSuite): PlaywrightSpec[] {
  return [...specs, ...suites.flatMap(specsIn)];
}
