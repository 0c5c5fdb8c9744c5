import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './imports';
import { belowFloor, findingsIn, type LockedPackage, lockedPackages } from './supply';

const locked = lockedPackages();
const { allowScripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const pathsWhere = (applies: (one: LockedPackage) => boolean) => locked.filter(applies).map(({ path }) => path);

const below = (version: string, ...least: string[]) =>
  belowFloor([{ path: 'node_modules/it', name: 'it', version }], { it: { least, why: 'weak' } });

test('every package of the lockfile has a hash', () => {
  expect(locked.length).toBeGreaterThan(500);
  // npm leaves them out for packages of other platforms when it makes the lockfile from node_modules. To add them: delete
  // the entries named here and run `npm install --package-lock-only` without node_modules.
  expect(pathsWhere(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('the lockfile names no download address', () => {
  expect(pathsWhere(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('package.json decides which packages run install scripts', () => {
  const names = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect([...new Set(names)].sort()).toEqual(Object.keys(allowScripts));
});

test('what runs in production has a licence that the EUPL allows', () => {
  const allowed = /^(0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|ISC|MIT|MIT-0|Unlicense)$/;
  const isAllowed = (license: string) =>
    license
      .replace(/[()]/g, '')
      .split(/ AND | OR /)
      .every((one) => allowed.test(one));
  expect(pathsWhere(({ license = '', dev = false }) => !dev && !isAllowed(license))).toEqual([]);
});

test('no package is older than its security floor', () => {
  expect(belowFloor(locked)).toEqual([]);
});

test('a version is compared with the floor of its own major version', () => {
  for (const fixed of ['6.3.1', '6.10.0', '7.5.2', '8.0.0']) expect(below(fixed, '6.3.1', '7.5.2')).toEqual([]);
  for (const weak of ['5.9.9', '6.3.0', '7.5.1', '7.4.9']) expect(below(weak, '6.3.1', '7.5.2')).toHaveLength(1);
  expect(below('2.0.0', '1.0.1', '3.0.0')).toEqual(['node_modules/it is 2.0.0, and needs 1.0.1 or 3.0.0: weak']);
});

test('npm audit fails on every advisory that is not accepted', () => {
  const url = 'https://github.com/advisories/';
  const advisory = { name: 'it', title: 'weak', range: '<2', url: `${url}GHSA-0000-0000-0000` };
  const accepted = { ...advisory, url: `${url}GHSA-wrjc-x8rr-h8h6` };
  expect(findingsIn({ it: { via: [advisory, accepted] }, above: { via: ['it'] } })).toEqual([
    `it <2: weak (${advisory.url})`,
  ]);
});
