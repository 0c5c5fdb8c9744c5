import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createPortal } from '~/server/portal.server';
import { anchorsOf } from './documents';
import { ROOT, sourcesOf } from './imports';
import { askAt, listening, portalOptions, stop } from './portal/portal-options';

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

// What promtool checks, except the grammar of expressions.
const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Zicht[A-Za-z]+$/),
          expr: z.string().refine(isBalanced, 'has an open bracket'),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string().endsWith('.') }),
        }),
      ),
    }),
  ),
});
const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      targets: z.array(z.object({ expr: z.string().refine(isBalanced) })),
    }),
  ),
});

const rules = rulesSchema.parse(parse(textOf('deploy/prometheus/alerts.yml'))).groups.flatMap((group) => group.rules);
const dashboard = dashboardSchema.parse(JSON.parse(textOf('deploy/grafana/zicht.json')));
const portal = createPortal(portalOptions({}));
/** The names of the samples of /metrics. */
let samples: ReadonlySet<string>;

beforeAll(async () => {
  const { body } = await askAt(await listening(portal), '/metrics');
  samples = samplesIn(`${body}`);
});
afterAll(() => stop(portal));

test.each([
  ['the alert rules', () => rules.map(({ expr }) => expr)],
  ['the dashboard', () => dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))],
] as const)('%s name only metrics that the portal has', (_what, expressions) => {
  const named = expressions().flatMap((expr) => expr.match(/\b(zicht|nodejs|process)_\w+/g) ?? []);
  expect(named.length).toBeGreaterThan(15);
  expect([...new Set(named)].filter((name) => !samples.has(name))).toEqual([]);
});

test('every alert has a name of its own and a runbook', () => {
  const names = rules.map(({ alert }) => alert);
  expect(new Set(names).size).toBe(names.length);
  const anchors = anchorsOf('docs/operate.md');
  expect(names.filter((name) => !anchors.includes(name.toLowerCase()))).toEqual([]);
});

test('every event that an alert names is one that the code logs', () => {
  const named = rules.flatMap(({ expr }) =>
    [...expr.matchAll(/event=~?"([^"]+)"/g)].flatMap(([, list = '']) => list.split('|')),
  );
  expect(named.length).toBeGreaterThan(4);
  const code = sourcesOf('app').filter(({ path }) => !path.includes('.test.'));
  expect(named.filter((event) => !code.some(({ text }) => text.includes(`'${event}'`)))).toEqual([]);
});

function isBalanced(expression: string): boolean {
  const pairs: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' };
  const open: string[] = [];
  for (const character of expression.replace(/"[^"]*"/g, '')) {
    if ('({['.includes(character)) open.push(character);
    else if (character in pairs && open.pop() !== pairs[character]) return false;
  }
  return open.length === 0;
}

/** A histogram has three samples, of names of their own. */
const samplesIn = (figures: string): ReadonlySet<string> =>
  new Set(
    [...figures.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', kind]) =>
      (kind === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']).map((end) => name + end),
    ),
  );
