import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Report, resultsOf } from './results';

const spec = (file: string, ...statuses: string[]) => ({
  title: 'a test',
  file,
  tests: statuses.map((status) => ({ status })),
});
const whole: Report = {
  stats: { startTime: '2026-03-02T09:00:00.000Z' },
  suites: [
    { title: 'a11y/pages.spec.ts', specs: [spec('a11y/pages.spec.ts', 'expected', 'flaky', 'unexpected', 'skipped')] },
    { title: 'a11y/access.spec.ts', specs: [spec('a11y/access.spec.ts', 'expected')] },
    { title: 'a11y/pseudo.spec.ts', specs: [spec('a11y/pseudo.spec.ts', 'expected')] },
    {
      title: 'e2e/main-job.spec.ts',
      suites: [
        { title: 'nl, JavaScript off', specs: [spec('e2e/main-job.spec.ts', 'expected')] },
        { title: 'nl, JavaScript on', specs: [spec('e2e/main-job.spec.ts', 'unexpected')] },
      ],
    },
  ],
};

test('a retried pass counts as passed, and a skipped test is ignored', () => {
  expect(resultsOf([whole])).toEqual({
    date: '2026-03-02',
    groups: {
      pages: { passed: 2, all: 3 },
      access: { passed: 1, all: 1 },
      languages: { passed: 1, all: 1 },
      plain: { passed: 1, all: 1 },
    },
  });
});

test('a partial run makes no statement', () => {
  expect(() => resultsOf([{ ...whole, suites: whole.suites.slice(1) }])).toThrow('"pages"');
});

test.each(['pages', 'access', 'pseudo', 'old-browser'])('the tests of the statement exist: %s', (name) => {
  expect(existsSync(join(import.meta.dirname, `${name}.spec.ts`))).toBe(true);
});
