import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '~/config/config.server';
import { ROOT } from './imports';

/** Our own rules for what runs the portal. `helm lint`, `hadolint` and `systemd-analyze` are not on every machine. */

const textOf = (path: string) => readFileSync(join(ROOT, 'deploy', path), 'utf8');
const CHART = 'helm/zicht';
const USER = 65532;

type Values = Readonly<Record<string, unknown>>;
const USUAL: Values = parse(textOf(`${CHART}/values.yaml`));
let values = USUAL;
const portalSettings = new Set(
  [...readFileSync(join(ROOT, 'docs/operate.md'), 'utf8').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name),
);

const podSchema = z.object({
  automountServiceAccountToken: z.literal(false),
  securityContext: z.object({
    runAsNonRoot: z.literal(true),
    runAsUser: z.literal(USER),
    seccompProfile: z.object({ type: z.literal('RuntimeDefault') }),
  }),
  containers: z
    .array(
      z.object({
        image: z.string(),
        envFrom: z.array(z.union([z.object({ configMapRef: z.unknown() }), z.object({ secretRef: z.unknown() })])),
        // Secrets come by reference.
        env: z.undefined().optional(),
        securityContext: z.object({
          allowPrivilegeEscalation: z.literal(false),
          readOnlyRootFilesystem: z.literal(true),
          capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
        }),
        resources: z.object({
          requests: z.object({ cpu: z.string(), memory: z.string() }),
          limits: z.object({ memory: z.string() }),
        }),
      }),
    )
    .length(1),
});

const workloadSchema = z.object({ spec: z.object({ template: z.object({ spec: podSchema }) }) });
const probe = (path: string) => z.object({ httpGet: z.object({ path: z.literal(path), port: z.literal('http') }) });

test('the proxies’ examples speak TLS 1.2 and newer only', () => {
  expect(textOf('proxy/nginx.conf')).toMatch(/^ *ssl_protocols TLSv1\.2 TLSv1\.3;$/m);
  expect(textOf('proxy/haproxy.cfg')).toMatch(/^ *ssl-default-bind-options .*\bssl-min-ver TLSv1\.2\b/m);
  expect(textOf('proxy/haproxy.cfg')).not.toMatch(/ssl-max-ver|TLSv1\.[01]\b|SSLv3/);
});

test('every object of the chart is well-formed and labelled', () => {
  const objects = chartObjects();
  expect(objects.map(({ kind }) => kind).sort()).toEqual(
    ['ConfigMap', 'Deployment', 'Ingress', 'Job', 'NetworkPolicy', 'PodDisruptionBudget', 'Service'].sort(),
  );
  for (const { metadata } of objects) expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'zicht' });
});

test('pods run without root, writable disk and open secrets', () => {
  for (const kind of ['Deployment', 'Job']) expect(workloadSchema.safeParse(chartObject(kind)).error).toBeUndefined();
  expect(JSON.stringify(values)).not.toMatch(/SECRET"|PASSWORD|TOKEN"/);
});

test('heads of the audit log can go to a volume', () => {
  const heads = () => [chartObject('ConfigMap'), chartObject('Deployment')].map((one) => JSON.stringify(one));
  for (const without of heads()) expect(without).not.toMatch(/anchor/i);
  values = { ...USUAL, anchorVolume: { persistentVolumeClaim: { claimName: 'heads' } } };
  const [settings, deployment] = heads();
  values = USUAL;
  expect(settings).toContain('"AUDIT_ANCHOR_FILE":"/anchor/heads"');
  expect(deployment).toContain('{"name":"anchor","persistentVolumeClaim":{"claimName":"heads"}}');
  expect(deployment).toContain('{"name":"anchor","mountPath":"/anchor"}');
  expect(deployment).toContain(`"fsGroup":${USER}`);
});

test('probes ask what the portal answers, and draining fits into the grace', () => {
  const { template } = z
    .object({
      spec: z.object({
        template: z.object({
          spec: z.object({ terminationGracePeriodSeconds: z.number(), containers: z.array(z.looseObject({})) }),
        }),
      }),
    })
    .parse(chartObject('Deployment')).spec;
  const [container] = template.spec.containers;
  z.object({ startupProbe: probe('/livez'), livenessProbe: probe('/livez'), readinessProbe: probe('/readyz') }).parse(
    container,
  );
  const settings = z.object({ DRAIN_SECONDS: z.coerce.number(), DRAIN_NOTICE_SECONDS: z.coerce.number() });
  const drain = settings.parse(values.settings);
  expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(
    drain.DRAIN_SECONDS + drain.DRAIN_NOTICE_SECONDS + 5,
  );
  expect(Number(/TimeoutStopSec=(\d+)/.exec(textOf('systemd/zicht.service'))?.[1])).toBeGreaterThan(33);
});

test('the chart and the trial set only settings that the portal has', () => {
  const named = [
    ...Object.keys(z.record(z.string(), z.string()).parse(values.settings)),
    ...(textOf('compose/trial.env.example').match(/^[A-Z_]+(?==)/gm) ?? []),
  ];
  expect(named.filter((name) => !portalSettings.has(name))).toEqual([]);
  // Filling in the file of the trial leaves no setting missing.
  const filled = textOf('compose/trial.env.example').replace(/^(\w+)=$/gm, (_line, name) => `${name}=${SAMPLE(name)}`);
  const env = Object.fromEntries(
    filled.split('\n').flatMap((line) => (line ? [line.split(/=(.*)/s).slice(0, 2)] : [])),
  );
  const here = { ...env, AGENCY_DIR: join(ROOT, 'mocks/agencies/ind') };
  expect(loadConfig(here)).toMatchObject({ ok: true });
});

const SAMPLE = (name: string): string => (/URL|ISSUER/.test(name) ? 'https://backend.example' : 'x'.repeat(40));

test('the image has no shell and runs without rights', () => {
  const stages = textOf('Dockerfile')
    .split(/^(?=FROM )/m)
    .slice(1);
  const last = stages.at(-1) ?? '';
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const major = engines.node.replace('>=', '');
  for (const stage of stages) expect(stage).toMatch(new RegExp(`^FROM \\S*node(js)?:?${major}[-\\w:]* ?`));
  expect(last).toMatch(/^FROM gcr\.io\/distroless\//);
  expect(last).toMatch(new RegExp(`^USER ${USER}:${USER}$`, 'm'));
  // Neither a command of a shell, nor the sources, nor what only the build needs.
  expect(last).not.toMatch(/^RUN|^COPY \. |^ADD/m);
  expect(stages[1]).toContain('npm ci --omit=dev');
  const [, command = ''] = /^CMD (\[.*\])$/m.exec(last) ?? [];
  expect(JSON.parse(command).at(-1)).toBe('build/server/index.js');
});

test('what the build needs reaches the image, and nothing else does', () => {
  const [first, ...lines] = textOf('Dockerfile.dockerignore').trim().split('\n');
  expect(first).toBe('**');
  const kept = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const there = readdirSync(ROOT);
  expect(kept.filter((name) => !there.includes(name))).toEqual([]);
  for (const name of ['mocks', 'tests', '.git', '.data', 'node_modules']) expect(kept).not.toContain(name);
});

test('the trial starts the portal after its database is migrated, without rights', () => {
  const { services } = parse(textOf('compose/compose.yml'));
  expect(services.portal).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    depends_on: { migrate: { condition: 'service_completed_successfully' } },
  });
  expect(services.migrate.command).toEqual(['build/server/migrate.js']);
  expect(services.database.ports).toBeUndefined();
});

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
}

const objectSchema = z.looseObject({
  apiVersion: z.string().regex(/^[\w./]+$/),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string().regex(/^[a-z0-9-]+$/), labels: z.record(z.string(), z.string()) }),
});

function chartObject(kind: string): KubernetesObject | undefined {
  return chartObjects().find((one) => one.kind === kind);
}

function chartObjects(): KubernetesObject[] {
  return readdirSync(join(ROOT, 'deploy', CHART, 'templates'))
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parseAllDocuments(rendered(textOf(`${CHART}/templates/${name}`))))
    .flatMap((document) => {
      expect(document.errors).toEqual([]);
      const content: unknown = document.toJS();
      return content === null ? [] : [objectSchema.parse(content)];
    });
}

/** Renders the few forms of Helm's language that the chart uses, with its own values. Anything else is an error. */
function rendered(template: string): string {
  const names = textOf(`${CHART}/templates/_names.tpl`);
  const parts = new Map(
    [...names.matchAll(/\{\{- define "([\w.]+)" -\}\}\n([\s\S]*?)\n?\{\{- end \}\}/g)].map(
      ([, name = '', body = '']) => [name, body],
    ),
  );
  const indented = (text: string, by: string) =>
    text
      .split('\n')
      .map((line) => ' '.repeat(Number(by)) + line)
      .join('\n');
  const isEmpty = (name: string) => Object.keys(z.record(z.string(), z.unknown()).parse(values[name])).length === 0;
  const text = template
    .replace(/ *\{\{- if \.Values\.(anchorVolume) \}\}\n([\s\S]*?) *\{\{- end \}\}\n/g, (_all, name, body) =>
      isEmpty(name) ? '' : body,
    )
    .replace(/\{\{- if \.Values\.monitoring\.serviceMonitor \}\}[\s\S]*\{\{- end \}\}/, '')
    .replace(/ *\{\{- if \.Values\.egress \}\}[\s\S]*?\{\{- else \}\}\n([\s\S]*?) *\{\{- end \}\}\n/, '$1')
    .replace(/ *\{\{- range [\s\S]*?\{\{- end \}\}/, () =>
      Object.entries(z.record(z.string(), z.string()).parse(values.settings))
        .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`)
        .join('\n'),
    )
    .replace(
      /\s*\{\{-? include "([\w.]+)" \. \| nindent (\d+) \}\}/g,
      (_all, name, by) => `\n${indented(parts.get(name) ?? '', by)}`,
    )
    .replace(/\{\{ include "zicht\.image" \. \}\}/g, 'zicht:0.1.0')
    .replace(
      /\s*\{\{- toYaml \.Values\.(\w+) \| nindent (\d+) \}\}/g,
      (_all, name, by) => `\n${indented(stringify(values[name]).trimEnd(), by)}`,
    )
    .replace(/\{\{ include \(print [^}]*\}\}/g, 'digest');
  return text.replace(/\{\{ ([\w.]+)( \| quote)? \}\}/g, (_all, path, quote) => {
    const value = valueAt(path);
    return quote ? JSON.stringify(String(value)) : String(value);
  });
}

const BUILT_IN: Readonly<Record<string, string>> = {
  '.Release.Name': 'zicht',
  '.Release.Service': 'Helm',
  '.Chart.AppVersion': '0.1.0',
};

function valueAt(path: string): unknown {
  if (path in BUILT_IN) return BUILT_IN[path];
  let value: unknown = values;
  for (const part of path.replace('.Values.', '').split('.'))
    value = z.record(z.string(), z.unknown()).parse(value)[part];
  if (value === undefined) throw new Error(`values.yaml lacks ${path}`);
  return value;
}
