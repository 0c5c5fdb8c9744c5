import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig, SETTINGS } from '~/config/config.server';
import { DEFAULT_RETENTION } from '~/model/retention';
import { ROOT } from './imports';

/** What catalogues of public software read of the repository, and what stands in front of the portal. */

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { license, version, dependencies } = JSON.parse(textOf('package.json'));

// The fields of the standard that Zicht uses, with its limits: https://yml.publiccode.tools, version 0.4.
const description = z.strictObject({
  genericName: z.string().max(35),
  shortDescription: z.string().min(1).max(150),
  longDescription: z.string().min(150).max(10_000),
  documentation: z.url().optional(),
  features: z.array(z.string().max(100)).min(1),
});
const publiccode = z.strictObject({
  publiccodeYmlVersion: z.literal('0.4'),
  name: z.literal('Zicht'),
  url: z.url(),
  softwareVersion: z.literal(version),
  platforms: z.tuple([z.literal('web')]),
  categories: z.array(z.string().regex(/^[a-z-]+$/)).min(1),
  developmentStatus: z.enum(['concept', 'development', 'beta', 'stable', 'obsolete']),
  softwareType: z.literal('standalone/web'),
  intendedAudience: z.strictObject({ scope: z.array(z.string()), countries: z.array(z.string().length(2)) }),
  description: z.strictObject({ en: description, nl: description }),
  legal: z.strictObject({ license: z.literal(license) }),
  maintenance: z.strictObject({
    type: z.enum(['internal', 'community']),
    contacts: z.array(z.strictObject({ name: z.string() })).min(1),
  }),
  localisation: z.strictObject({ localisationReady: z.literal(true), availableLanguages: z.array(z.string()) }),
  dependsOn: z.strictObject({ open: z.array(z.strictObject({ name: z.string(), versionMin: z.string() })) }),
});

test('publiccode.yml has the fields of its standard, and our languages', () => {
  const { data, error } = publiccode.safeParse(parse(textOf('publiccode.yml')));
  expect(error).toBeUndefined();
  expect(data?.localisation.availableLanguages.sort()).toEqual(
    Object.keys(JSON.parse(textOf('locales/languages.json'))).sort(),
  );
});

test('every file has a licence, whose text is there', () => {
  const reuse = textOf('REUSE.toml');
  expect(reuse).toMatch(/^version = 1$/m);
  const paths = [...reuse.matchAll(/^path = "([^"]+)"$/gm)].map(([, path = '']) => path);
  expect(paths[0]).toBe('**');
  for (const path of paths.slice(1)) expect(existsSync(join(ROOT, path.replace('/**', ''))), path).toBe(true);
  const licences = [...reuse.matchAll(/^SPDX-License-Identifier = "([^"]+)"$/gm)].map(([, one = '']) => one);
  expect(licences).toHaveLength(paths.length);
  for (const one of licences) expect(existsSync(join(ROOT, `LICENSES/${one}.txt`)), one).toBe(true);
  expect(textOf(`LICENSES/${license}.txt`)).toBe(textOf('LICENSE'));
});

test('the inventory tells packages of production and of development apart', () => {
  const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const { bomFormat, components } = z
    .object({
      bomFormat: z.string(),
      components: z.array(z.object({ name: z.string(), properties: z.array(z.unknown()).default([]) })),
    })
    .parse(JSON.parse(stdout));
  expect(bomFormat).toBe('CycloneDX');
  const inProduction = components.filter(
    ({ properties }) => !JSON.stringify(properties).includes('package:development'),
  );
  const names = new Set(inProduction.map(({ name }) => name));
  expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
  expect(names.has('vitest')).toBe(false);
});

test.each(['nginx.conf', 'haproxy.cfg'])('the example %s fits the portal', (name) => {
  const example = textOf(`deploy/proxy/${name}`);
  const environment = { ...process.env, ADDRESS_HEADER: 'X-Forwarded-For', NETWORK_HEADER: 'X-Network' };
  const loaded = loadConfig(environment);
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  const { ADDRESS_HEADER = '', NETWORK_HEADER = '', ANSWER_SECONDS, BODY_KIB } = loaded.config;
  for (const header of [ADDRESS_HEADER, NETWORK_HEADER, 'X-Request-Id']) expect(example).toContain(` ${header} `);
  const waits = Number(/(?:proxy_read_timeout|timeout server) (\d+)s/.exec(example)?.[1]);
  expect(waits).toBeGreaterThan(ANSWER_SECONDS);
  const keeps = Number(/(?:keepalive_timeout|timeout http-keep-alive) (\d+)s/.exec(example)?.[1]);
  // KEEP_ALIVE_MS of the server.
  expect(keeps).toBeLessThan(65);
  if (name === 'nginx.conf') expect(example).toContain(`client_max_body_size ${BODY_KIB}k;`);
  for (const path of ['metrics', 'health', 'livez', 'readyz']) expect(example).toContain(path);
});

test('the entry for the register of processing has the terms in force', () => {
  const rows = [...textOf('docs/privacy.md').matchAll(/^\| `(\w+)` +\| `(P\w+)` /gm)].map(([, name, term]) => [
    name,
    term,
  ]);
  expect(Object.fromEntries(rows)).toEqual(DEFAULT_RETENTION);
});

test('the guide’s tables have every setting and no other', () => {
  const named = [...textOf('docs/operate.md').matchAll(/^\| (`[A-Z][^|]*?) +\|/gm)].flatMap(
    ([, cell = '']) => cell.match(/\b[A-Z][A-Z_]{3,}\b/g) ?? [],
  );
  const ofTests = ['NODE_ENV', 'ZICHT_NOW', 'TEXTS_FROM', 'CRASH_AT'];
  const ofNode = ['NODE_EXTRA_CA_CERTS'];
  expect([...new Set(named)].sort()).toEqual([...SETTINGS.filter((name) => !ofTests.includes(name)), ...ofNode].sort());
});

test('the guide names the defaults of the settings', () => {
  // As on a server: a local portal drains without notice.
  const loaded = loadConfig({ ...process.env, ORIGIN: 'http://localhost:3000', DRAIN_NOTICE_SECONDS: undefined });
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  const values = new Map<string, unknown>(Object.entries({ ...loaded.config, DRAIN_NOTICE_SECONDS: 3 }));
  const rows = [...textOf('docs/operate.md').matchAll(/^\| (`[A-Z_`, ]+`) +\| ([^|]+?) +\|/gm)].flatMap(
    ([, names = '', given = '']) => {
      const all = names.match(/[A-Z_]+/g) ?? [];
      const defaults = given.replaceAll('`', '').split(', ');
      return all.length === defaults.length ? all.map((name, index) => ({ name, given: defaults[index] ?? '' })) : [];
    },
  );
  const plain = rows.filter(
    ({ name, given }) =>
      /^(\d+|on|off|call|yes|info|probe|Europe\/Amsterdam|zicht)$/.test(given) && !(name in process.env),
  );
  expect(plain.length).toBeGreaterThan(15);
  expect(plain.filter(({ name, given }) => `${values.get(name)}` !== given)).toEqual([]);
});
