import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const SOURCES = [
  'app',
  'locales',
  'public',
  'vite.config.ts',
  'vite-inline-script.ts',
  'remix.config.js',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = join(ROOT, 'build', 'sources.sha256');

/** Builds into build/ unless its sources are unchanged since the last build. Throws when the build fails. */
export function buildIfNeeded(): void {
  const digest = digestOfSources();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  step('Building the portal');
  const { status } = spawnSync('npm', ['run', 'build', '--', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The build failed.');
  writeFileSync(STAMP, digest);
}

export const step = (words: string): void => console.log(`· ${words} …`);

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of filesOf(join(ROOT, source)))
      hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path).filter((name) => !/\.test\.tsx?$/.test(name));
  return entries.sort().flatMap((name) => filesOf(join(path, name)));
}
