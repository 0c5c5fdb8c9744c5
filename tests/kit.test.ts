import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

const UI = join(import.meta.dirname, '../app/ui');
// Components that only wrap a page or enhance others can't be shown alone.
const AROUND = [
  'FormOwner',
  'Frame',
  'Living',
  'LivingRoot',
  'LivingScripts',
  'Reloaders',
  'SessionEndWarning',
  'SessionEndDelay',
  'InlineScript',
  'OwnLetters',
  'QuickExit',
];

test('the kit shows every component of ui/, at most twenty-one', () => {
  const components = readdirSync(UI)
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) => {
      const text = readFileSync(join(UI, name), 'utf8');
      return [...text.matchAll(/^export (?:function ([A-Z]\w*)|const ([A-Z]\w*) = \()/gm)];
    })
    .map(([, declared, assigned]) => declared ?? assigned ?? '')
    .filter((name) => !AROUND.includes(name));
  const kit = readFileSync(join(import.meta.dirname, '../app/kit/kit-page.tsx'), 'utf8');
  expect(components.length).toBeGreaterThan(10);
  expect(components.length).toBeLessThanOrEqual(21);
  expect(components.filter((name) => !new RegExp(`<${name}\\s`).test(kit))).toEqual([]);
});

const REAL = {
  ORIGIN: 'https://portal.example',
  SESSION_SECRET: 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa',
  OIDC_ISSUER: 'https://login.example/',
  OWNER_SECRET: 'v5Nt8cQ1zR7kM3xB9wL2pY6fH4gD0jSa',
  OIDC_CLIENT_SECRET: 'u8Lw2',
  OIDC_ASSURANCE: '{"levels":["low","high"],"applicant":"low","advisor":"high","staff":"high"}',
  ZAKEN_URL: 'https://zaken.example/api/v1',
  CATALOGI_URL: 'https://catalogi.example/api/v1',
  ZGW_SECRET: 'q7Rt5',
  PLANNER_URL: 'https://planner.example/oap',
  STATISTICS_URL: 'https://statistics.example',
  QUEUE_URL: 'https://queue.example',
  AGENCY_TOKEN: 'p4Xn1',
};

test('production has no kit', async () => {
  const here = await import('../app/routes/kit');
  expect(here.loader()).toMatchObject({ title: 'Kit' });
  vi.resetModules();
  for (const [name, value] of Object.entries(REAL)) vi.stubEnv(name, value);
  const there = await import('../app/routes/kit');
  expect(() => there.loader()).toThrow(expect.objectContaining({ init: { status: 404 } }));
  vi.unstubAllEnvs();
});
