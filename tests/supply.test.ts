import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './imports';

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
// The project itself stands at "".
const locked = Object.entries<LockedPackage>(packages).filter(([path]) => path !== '');

const pathsWhere = (applies: (one: LockedPackage) => boolean) =>
  locked.filter(([, one]) => applies(one)).map(([path]) => path);

test('every package of the lockfile has a hash', () => {
  expect(locked.length).toBeGreaterThan(500);
  // npm leaves them out for packages of other platforms when it makes the lockfile from node_modules. To add them: delete
  // the entries named here and run `npm install --package-lock-only` without node_modules.
  expect(pathsWhere(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('the lockfile names no place to download from', () => {
  expect(pathsWhere(({ resolved }) => resolved !== undefined)).toEqual([]);
});
