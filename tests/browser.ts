import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../mocks/build';

/** The headless shell comes first: it has no window to draw, which saves a fifth of the browser tests' time. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const MANAGERS = [
  {
    program: 'apt-get',
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium-headless-shell'],
    ],
  },
  { program: 'apt-get', commands: [['apt-get', 'install', '-y', '--no-install-recommends', 'chromium']] },
  { program: 'dnf', commands: [['dnf', 'install', '-y', 'chromium']] },
  { program: 'apk', commands: [['apk', 'add', 'chromium']] },
];

/**
 * Returns the path of a Chromium: `CHROMIUM`, an installed one, or a newly installed one. Returns null when Playwright
 * has its own, which it finds itself. Throws when no Chromium can be installed.
 */
export function findBrowser(): string | null {
  const found = installedBrowser();
  if (found !== null) return found;
  const cli = join(ROOT, 'node_modules', 'playwright', 'cli.js');
  console.log('· No Chromium here: having Playwright fetch its own …');
  if (succeeds([process.execPath, cli, 'install', '--with-deps', 'chromium'])) return null;
  for (const { program, commands } of MANAGERS) {
    if (onPath(program) === null) continue;
    console.log(`· Installing Chromium by ${program} …`);
    const asRoot = process.getuid?.() === 0 || onPath('sudo') === null ? [] : ['sudo', '-n'];
    if (commands.every((command) => succeeds([...asRoot, ...command]))) return installedBrowser();
  }
  throw new Error('There is no Chromium and none could be installed. Install one, or set CHROMIUM=/path/to/chromium');
}

function installedBrowser(): string | null {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of NAMES) {
    const path = onPath(name);
    if (path !== null) return path;
  }
  return ELSEWHERE.find((path) => existsSync(path)) ?? null;
}

function onPath(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

function succeeds([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit', cwd: ROOT }).status === 0;
}
