// Runs a TypeScript file of the project on the lockfile's Node: node mocks/launch.mjs tests/run.ts --quick
// It installs missing packages first, so it works in a fresh clone. Therefore this file is plain JavaScript that needs
// only built-in modules and runs on an older Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const PLATFORM = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const RUNTIME = `node_modules/node-${PLATFORM}`;

const { engines, devEngines } = readJson('package.json');
const { packages } = readJson('package-lock.json');
const own = process.versions.node;
const runtime = packages[RUNTIME];

try {
  const least = runtime ? devEngines.runtime.version : engines.node;
  if (!satisfies(own, least)) throw new Error(`On ${PLATFORM} this needs Node ${least}. This machine has ${own}.`);
  if (!isInstalled()) install();
  const node = nodeToRun();
  if (node !== process.execPath) console.log(`· Running on Node ${runtime.version} from npm; this machine has ${own}`);
  run(node);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

/** Returns the path of the lockfile's Node, or of the current one when npm has none for this platform. */
function nodeToRun() {
  const installed = join(ROOT, RUNTIME, runtime?.bin.node ?? '');
  if (runtime && existsSync(installed)) return installed;
  if (satisfies(own, engines.node)) return process.execPath;
  throw new Error(`npm did not bring Node ${runtime.version}. Install Node ${engines.node}; this machine has ${own}.`);
}

function run(node) {
  const child = spawn(node, ['--import', 'tsx', ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
    // Scripts with `#!/usr/bin/env node` get the same Node.
    env: { ...process.env, PATH: join(MODULES, '.bin') + delimiter + process.env.PATH },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function install() {
  const brings =
    runtime && !satisfies(own, engines.node) ? `, with Node ${runtime.version} as this machine has ${own}` : '';
  console.log(`· Installing the packages of the lockfile${brings} (some minutes the first time) …`);
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: undefined },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ci failed${error ? `: ${error.message}` : ''}.`);
}

/** Whether all packages are installed in the lockfile's versions. Those of other platforms are optional. */
function isInstalled() {
  if (!existsSync(join(MODULES, '.package-lock.json'))) return false;
  const present = readJson('node_modules/.package-lock.json').packages;
  const needsRuntime = !satisfies(own, engines.node);
  return Object.entries(packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    if (present[path]) return present[path].version === version;
    return optional && !(path === RUNTIME && needsRuntime);
  });
}

/** @param {string} range such as `>=20.19` */
function satisfies(version, range) {
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor = 0] = range.slice('>='.length).split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function readJson(file) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}
