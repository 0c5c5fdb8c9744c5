import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, ROOT } from '../imports';
import { leftovers, rewriteSource, STEPS } from './rewrite';

const sources = ['vite.config.ts', 'tsconfig.json', 'app', 'mocks', 'tests']
  .flatMap((name) => (name.includes('.') ? [join(ROOT, name)] : filesBelow(join(ROOT, name))))
  .filter((file) => /\.(ts|tsx|js|mjs)$|tsconfig\.json$/.test(file) && !file.startsWith(import.meta.dirname))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

test('the rewrite to React Router leaves no name of Remix', () => {
  const left = sources.flatMap(({ file, text }) => leftovers(rewriteSource(text)).map((line) => `${file}:${line}`));
  expect(left).toEqual([]);
});

test('no step of the rewrite is left without work', () => {
  const idle = STEPS.filter(([pattern]) => sources.every(({ text }) => text.search(pattern) < 0));
  expect(idle).toEqual([]);
});

test('the rewrite changes few files', () => {
  const changed = sources.filter(({ text }) => rewriteSource(text) !== text).map(({ file }) => file);
  expect(changed.length).toBeLessThanOrEqual(12);
});
