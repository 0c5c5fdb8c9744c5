import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import floorList from '../security-floors.json' with { type: 'json' };
import { ROOT } from './imports';

export interface LockedPackage {
  /** Its path, such as `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  /** An SPDX expression. */
  readonly license?: string;
  /** Only used to build and to test. */
  readonly dev?: boolean;
  /** Left out where it does not fit the machine. */
  readonly optional?: boolean;
}

interface Floor {
  /** The first version without the weakness in each fixed major version, oldest first. */
  readonly least: readonly string[];
  readonly why: string;
}

const FLOORS: Readonly<Record<string, Floor>> = floorList.floors;

/** All packages of the lockfile except the project itself. */
export function lockedPackages(): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries<LockedPackage>(packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({ ...one, path, name: path.replace(/^.*node_modules\//, '') }));
}

/** Lists the packages below their security floor, each as a sentence. */
export function belowFloor(packages: readonly LockedPackage[], floors = FLOORS): string[] {
  return packages.flatMap(({ path, name, version }) => {
    const floor = floors[name];
    if (floor === undefined || isFixed(version, floor.least)) return [];
    return [`${path} is ${version}, and needs ${floor.least.join(' or ')}: ${floor.why}`];
  });
}

/**
 * Lists the findings of `npm audit` beyond the accepted advisories, each as a sentence. Returns null when the registry
 * has no audit or can't be reached.
 */
export function auditFindings(): string[] | null {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const { vulnerabilities } = parsed(stdout);
  return vulnerabilities === undefined ? null : findingsIn(vulnerabilities);
}

type Vulnerabilities = Readonly<Record<string, { readonly via: readonly (string | Advisory)[] }>>;

interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly range: string;
}

/**
 * The advisories in npm's report except the accepted ones. A package that only depends on a vulnerable one refers to it
 * by a string.
 */
export function findingsIn(vulnerabilities: Vulnerabilities): string[] {
  const advisories = Object.values(vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== 'string'));
  const open = advisories.filter(({ url }) => !Object.keys(floorList.accepted).some((id) => url.endsWith(id)));
  return [...new Set(open.map(({ name, range, title, url }) => `${name} ${range}: ${title} (${url})`))];
}

function isFixed(version: string, least: readonly string[]): boolean {
  const sameMajor = least.find((one) => majorOf(one) === majorOf(version));
  return isAtLeast(version, sameMajor ?? least.at(-1) ?? '0');
}

function isAtLeast(version: string, least: string): boolean {
  const [given, wanted] = [numbersOf(version), numbersOf(least)];
  const different = wanted.findIndex((number, index) => number !== given[index]);
  return different === -1 || (given[different] ?? 0) > (wanted[different] ?? 0);
}

const numbersOf = (version: string): number[] => (version.split('-')[0] ?? '').split('.').map(Number);
const majorOf = (version: string): number => numbersOf(version)[0] ?? 0;

function parsed(text: string): { readonly vulnerabilities?: Vulnerabilities } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
