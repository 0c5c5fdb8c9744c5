// `npm run migration:check`: proves in a copy of the project that React Router can take Remix's place. Prints what it does
// and ends with one line of JSON. The project itself is only read.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../browser';
import { ROOT } from '../imports';
import {
  leftovers,
  NEW_OPTIONS,
  OLD_OPTIONS,
  OPTIONS,
  REACT_ROUTER,
  rewriteSource,
  withoutRemix,
  withReactRouter,
} from './rewrite';

interface Result {
  /** What the rewrite changed, by `git diff`. The lockfile is not counted. */
  readonly filesChanged: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly typeErrors: number;
  readonly built: boolean;
  readonly testsPassed: number;
  /** A test that passed at its second try counts as failed. */
  readonly testsFailed: number;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const NOT_RUN: Counts = { passed: 0, failed: 1 };
const USAGE = 'Usage: npm run migration:check -- [--keep]';
/** The house's rules and the server's answers, then the whole in a browser. */
const UNIT_TESTS = ['tests/house.test.ts', 'app/server/portal.test.ts'];
const BROWSER_TESTS = 'tests/e2e/main-job.spec.ts';

const { keep } = optionsOrExit();
const copy = mkdtempSync(join(tmpdir(), 'zicht-migration-'));
// The embedded PostgreSQL runs as another user when this runs as root, and its programs lie in the copy.
chmodSync(copy, 0o755);
let result: Result | null = null;
try {
  result = check();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  if (!keep) rmSync(copy, { recursive: true, force: true });
}
const ok = result?.typeErrors === 0 && result.built && result.testsPassed > 0 && result.testsFailed === 0;
console.log(JSON.stringify({ reactRouter: REACT_ROUTER, ...result, ok }));
process.exitCode = ok ? 0 : 1;

function check(): Result {
  step(`Copying the project to ${copy}`);
  copyProject();
  step(`Installing React Router ${REACT_ROUTER} in Remix's place`);
  replacePackages();
  step('Rewriting the sources');
  const changed = rewriteSources();
  step('Checking the types');
  const types = run('npx', ['tsc', '--noEmit', '-p', '.']);
  const typeErrors = types.out.match(/: error TS\d+/g)?.length ?? (types.status === 0 ? 0 : 1);
  step('Building');
  const built = run('npm', ['run', 'build', '--', '--logLevel', 'warn'], { NODE_ENV: 'production' }).status === 0;
  step(`Running ${[...UNIT_TESTS, BROWSER_TESTS].join(', ')}`);
  const tests = built ? [unitTests(), browserTests()] : [];
  const sum = (of: 'passed' | 'failed') => tests.reduce((total, counts) => total + counts[of], 0);
  return { ...changed, typeErrors, built, testsPassed: sum('passed'), testsFailed: sum('failed') };
}

/** Copies every file that git has or would add, and commits them, for `git diff` to tell what the rewrite changes. */
function copyProject(): void {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const file of listed.stdout.toString().split('\0').filter(Boolean))
    if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(copy, file));
  git('init', '--quiet');
  commit('Remix');
}

/** In two steps, as npm holds on to what the lockfile pins: it forgets Remix, then adds React Router. */
function replacePackages(): void {
  const options = ['--prefer-offline', '--no-audit', '--no-fund'];
  change('package.json', withoutRemix);
  const forgotten = run('npm', ['install', '--package-lock-only', ...options]).status === 0;
  change('package.json', withReactRouter);
  if (!forgotten || run('npm', ['install', ...options]).status !== 0) throw new Error('npm could not install it.');
}

function rewriteSources(): Pick<Result, 'filesChanged' | 'linesAdded' | 'linesRemoved'> {
  rmSync(join(copy, OLD_OPTIONS));
  writeFileSync(join(copy, NEW_OPTIONS), OPTIONS);
  const sources = git('ls-files', '-z', '*.ts', '*.tsx', '*.js', '*.mjs', 'tsconfig.json', ':!tests/migration');
  for (const file of sources.split('\0').filter((name) => existsSync(join(copy, name)) && name !== '')) {
    const after = change(file, rewriteSource);
    for (const line of leftovers(after)) console.log(`  still Remix: ${file}:${line}`);
  }
  commit('React Router');
  const counted = ['HEAD~1', '--', '.', ':!package-lock.json'];
  console.log(git('diff', '--stat', ...counted));
  const counts = git('diff', '--numstat', ...counted)
    .trim()
    .split('\n');
  const sum = (column: 0 | 1) => counts.reduce((total, line) => total + Number(line.split('\t')[column]), 0);
  return { filesChanged: counts.length, linesAdded: sum(0), linesRemoved: sum(1) };
}

function unitTests(): Counts {
  const file = join(copy, 'test-results/vitest.json');
  run('npx', ['vitest', 'run', ...UNIT_TESTS, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  if (!existsSync(file)) return NOT_RUN;
  const { numPassedTests, numTotalTests, success } = JSON.parse(readFileSync(file, 'utf8'));
  // A file that can't be loaded has no tests that could fail.
  return { passed: numPassedTests, failed: Math.max(numTotalTests - numPassedTests, success ? 0 : 1) };
}

function browserTests(): Counts {
  const browser = findBrowser();
  run('npx', ['playwright', 'test', BROWSER_TESTS], browser ? { CHROMIUM: browser } : {});
  const file = join(copy, 'test-results/playwright.json');
  if (!existsSync(file)) return NOT_RUN;
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected, failed: stats.flaky + stats.unexpected + errors.length };
}

function change(file: string, rewrite: (text: string) => string): string {
  const before = readFileSync(join(copy, file), 'utf8');
  const after = rewrite(before);
  if (after !== before) writeFileSync(join(copy, file), after);
  return after;
}

function commit(subject: string): void {
  git('add', '--all');
  git('-c', 'user.name=migration', '-c', 'user.email=migration@localhost', 'commit', '--quiet', '-m', subject);
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: copy, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
  return stdout;
}

/** Runs a program in the copy, and prints and returns what it says. */
function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, FORCE_COLOR: '0', ...environment },
    shell: process.platform === 'win32',
  });
  const out = `${stdout}${stderr}`;
  console.log(out.trim());
  return { status, out };
}

function step(words: string): void {
  console.log(`\n· ${words} …`);
}

function optionsOrExit(): { readonly keep: boolean } {
  try {
    return parseArgs({ options: { keep: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
