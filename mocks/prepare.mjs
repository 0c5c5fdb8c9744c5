// What a fresh clone needs before anything of it can run. Node's own modules only: nothing else is installed yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];
const SOURCES = ['app', 'locales', 'public', 'vite.config.ts', 'remix.config.js', 'tsconfig.json', 'package-lock.json'];
const STAMP = join(ROOT, 'build', 'sources.sha256');

/** Throws when Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Error(`This needs Node ${OLDEST_NODE.join('.')} or newer; it is ${process.versions.node} here.`);
}

/** `npm ci`, unless every package of the lockfile is there in the version of the lockfile. */
export function installIfNeeded() {
  if (isInstalled()) return;
  step('Installing the packages of the lockfile (some minutes the first time)');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}

/** Builds into build/, unless it was built from these very sources. */
export function buildIfNeeded() {
  const digest = digestOfSources();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  step('Building the portal');
  run(process.execPath, [join(ROOT, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build', '--logLevel', 'warn']);
  writeFileSync(STAMP, digest);
}

export const step = (words) => console.log(`· ${words} …`);

function isInstalled() {
  const done = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(done)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(done, 'utf8')).packages;
  // Packages for other kinds of machines are in the lockfile and not on the disk.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

function digestOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of filesOf(join(ROOT, source)))
      hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path).filter((name) => !/\.test\.tsx?$/.test(name));
  return entries.sort().flatMap((name) => filesOf(join(path, name)));
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: undefined },
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`);
}
