import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.server';

const good = {
  ORIGIN: 'https://portal.example',
  DATABASE_URL: 'postgres://zicht@database.example/zicht?sslmode=require',
  SESSION_SECRET: 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa',
  OWNER_SECRET: 'Vd8sK2pL9xQ4mN7bR1tY6wE3cZ5uJ0hG',
  OIDC_ISSUER: 'https://login.example/',
  OIDC_CLIENT_ID: 'zicht',
  OIDC_CLIENT_SECRET: 'u8Lw2',
  ZAKEN_URL: 'https://zaken.example/api/v1/',
  CATALOGI_URL: 'https://catalogi.example/api/v1',
  ZGW_CLIENT_ID: 'zicht',
  ZGW_SECRET: 'q7Rt5',
  PLANNER_URL: 'https://planner.example/oap',
  STATISTICS_URL: 'https://statistics.example',
  QUEUE_URL: 'https://queue.example',
  AGENCY_TOKEN: 'p4Xn1',
  AGENCY_DIR: 'mocks/agencies/ind',
};

/** The simulated agency's folder without one of its files. */
function folderWithout(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-config-'));
  cpSync('mocks/agencies/ind', folder, { recursive: true });
  rmSync(join(folder, file));
  return folder;
}

function faultsOf(change: Record<string, string | undefined>): readonly string[] {
  const loaded = loadConfig({ ...good, ...change });
  return loaded.ok ? [] : loaded.faults;
}

function configOf(change: Record<string, string | undefined>) {
  const loaded = loadConfig({ ...good, ...change });
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  return loaded.config;
}

test('a complete environment is accepted, with defaults for the rest', () => {
  expect(configOf({})).toMatchObject({
    production: true,
    local: false,
    PORT: 3000,
    AGENCY_ZONE: 'Europe/Amsterdam',
    SESSION_IDLE_MINUTES: 15,
    ZAKEN_URL: 'https://zaken.example/api/v1',
    OIDC_ISSUER: 'https://login.example/',
  });
});

test('everything that is missing is reported at once', () => {
  const loaded = loadConfig({});
  expect(loaded.ok ? [] : loaded.faults).toEqual(
    Object.keys(good)
      // Needed only outside a developer's machine, which is not known yet; or never.
      .filter((name) => !['OWNER_SECRET', 'STATISTICS_URL', 'QUEUE_URL', 'AGENCY_TOKEN', 'PLANNER_URL'].includes(name))
      .sort()
      .map((name) => `${name}: is missing`),
  );
});

test('an empty value counts as missing', () => {
  expect(faultsOf({ AGENCY_TOKEN: '' })).toEqual(['AGENCY_TOKEN: is missing']);
});

describe('refused settings', () => {
  test.each([
    ['a short secret', { SESSION_SECRET: 'short' }, /^SESSION_SECRET: needs at least 32/],
    ['a short secret in a list', { SESSION_SECRET: `${good.SESSION_SECRET},short` }, /^SESSION_SECRET/],
    ['an origin that can be listened to', { ORIGIN: 'http://portal.example' }, /^ORIGIN: must be https/],
    ['an origin with a path', { ORIGIN: 'https://portal.example/nl' }, /^ORIGIN: must hold no path/],
    ['a backend that can be listened to', { ZAKEN_URL: 'http://zaken.example' }, /^ZAKEN_URL: must be https/],
    ['a provider that can be listened to', { OIDC_ISSUER: 'http://login.example' }, /^OIDC_ISSUER: must be https/],
    [
      'a key file that is missing',
      { OIDC_CLIENT_SECRET: undefined, OIDC_CLIENT_KEY_FILE: '/none' },
      /^OIDC_CLIENT_KEY/,
    ],
    ['no levels of assurance', { AGENCY_DIR: folderWithout('sign-in.json') }, /^OIDC_ASSURANCE: is missing/],
    [
      'a level that is none',
      { OIDC_ASSURANCE: '{"levels":["lo"],"applicant":"low","advisor":"lo","staff":"lo"}' },
      /^OIDC_ASSURANCE: appl/,
    ],
    [
      'an agency without a telephone',
      { AGENCY_DIR: folderWithout('agency.json'), AGENCY_NAME: 'Agency' },
      /^AGENCY_DIR: agency\.json: phone/,
    ],
    ['an origin with a path to lead on to', { OIDC_FORM_ORIGINS: 'https://a.example/b' }, /^OIDC_FORM_ORIGINS: is no/],
    ['an origin to lead on to without TLS', { OIDC_FORM_ORIGINS: 'http://a.example' }, /^OIDC_FORM_ORIGINS: must/],
    ['no address at all', { QUEUE_URL: 'queue' }, /^QUEUE_URL: is no http/],
    [
      'a register of contacts without a token',
      { KLANTINTERACTIES_URL: 'https://k.example' },
      /^KLANTINTERACTIES_TOKEN/,
    ],
    ['a demo secret', { ZGW_SECRET: 'demo-zgw-secret' }, /^ZGW_SECRET: is a demo value/],
    ['a demo session secret', { SESSION_SECRET: `demo-${good.SESSION_SECRET}` }, /^SESSION_SECRET: is a demo value/],
    ['development in the open', { NODE_ENV: 'development' }, /^NODE_ENV: development/],
    ['a secret of one character', { SESSION_SECRET: 'a'.repeat(40) }, /^SESSION_SECRET: can be guessed/],
    [
      'a demo word inside a secret',
      { OWNER_SECRET: `7f${good.SESSION_SECRET}-demo` },
      /^OWNER_SECRET: is a demo value/,
    ],
    ['no permanent secret', { OWNER_SECRET: undefined }, /^OWNER_SECRET: is missing/],
    ['a database without TLS', { DATABASE_URL: 'postgres://zicht@database.example/zicht' }, /^DATABASE_URL: needs/],
    [
      'mail without TLS',
      { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@agency.example' },
      /^SMTP_URL: must be smtps/,
    ],
    ['a set clock', { ZICHT_NOW: '2026-03-02T09:00:00Z' }, /^ZICHT_NOW: a set clock/],
    ['a clock that is none', { ZICHT_NOW: 'yesterday' }, /^ZICHT_NOW: is no ISO instant/],
    ['a zone that is none', { AGENCY_ZONE: 'Mars/Olympus' }, /^AGENCY_ZONE: is no IANA/],
    ['a port that is none', { PORT: '70000' }, /^PORT/],
    ['idle longer than the whole', { SESSION_IDLE_MINUTES: '200' }, /^SESSION_IDLE_MINUTES: is longer/],
    ['the same for a role', { SESSION_ABSOLUTE_MINUTES_STAFF: '10' }, /^SESSION_IDLE_MINUTES_STAFF: is longer/],
    ['a hold longer than the planner’s', { HOLD_MINUTES: '20' }, /^HOLD_MINUTES: is longer/],
    ['counting that the agency does itself', { STATISTICS_COLLECT: '02:00' }, /^STATISTICS_COLLECT and STATISTICS_URL/],
    ['a time that is none', { STATISTICS_COLLECT: '25:00' }, /^STATISTICS_COLLECT: is no time/],
    ['another kind of database', { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL: must start with postgres/],
  ])('%s', (_what, change, fault) => {
    expect(faultsOf(change)).toEqual([expect.stringMatching(fault)]);
  });
});

test('no fault reveals a value', () => {
  const loaded = loadConfig({ ...good, SESSION_SECRET: 'CANARY', ZGW_SECRET: 'demo-CANARY', QUEUE_URL: 'CANARY' });
  expect(JSON.stringify(loaded)).not.toContain('CANARY');
});

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
  '%s may use the local settings',
  (ORIGIN) => {
    const config = configOf({
      ORIGIN,
      ZGW_SECRET: 'demo-zgw-secret',
      ZICHT_NOW: '2026-03-02T09:00:00Z',
      ZAKEN_URL: 'http://zaken.example',
    });
    expect(config).toMatchObject({ local: true, ORIGIN });
  },
);

test.each(['http://localhost.evil.example', 'http://127.0.0.1.evil.example'])('%s is not this machine', (ORIGIN) => {
  expect(faultsOf({ ORIGIN })).toEqual(['ORIGIN: must be https']);
});

test.each([
  ['rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }), { algorithm: 'PS256' }],
  ['weak rsa', generateKeyPairSync('rsa', { modulusLength: 1024 }), null],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), { algorithm: 'ES256' }],
  ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }), null],
])('a %s key replaces the client secret, or is refused', (name, { privateKey }, expected) => {
  const file = join(mkdtempSync(join(tmpdir(), 'zicht-key-')), name);
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const loaded = loadConfig({ ...good, OIDC_CLIENT_SECRET: undefined, OIDC_CLIENT_KEY_FILE: file });
  expect(loaded.ok ? loaded.config.PROVIDERS[0]?.credentials : null).toEqual(
    expected && {
      key: expect.objectContaining({ ...expected, pem: expect.stringContaining('BEGIN PRIVATE KEY') }),
      keyId: undefined,
    },
  );
  expect(loadConfig({ ...good, OIDC_CLIENT_KEY_FILE: file }).ok).toBe(false);
});

test.each(['http://login.example', 'https://login.example'])('a local portal uses %s only over TLS', (issuer) => {
  const faults = faultsOf({ ORIGIN: 'http://localhost:3000', OIDC_ISSUER: issuer });
  expect(faults).toEqual(issuer.startsWith('https') ? [] : ['OIDC_ISSUER: must be https']);
});

test('secrets rotate by a list; ownership has the oldest or its own', () => {
  const list = `${'n'.repeat(32)}, ${good.SESSION_SECRET}`;
  const ORIGIN = 'http://localhost:3000';
  expect(configOf({ ORIGIN, SESSION_SECRET: list, OWNER_SECRET: undefined })).toMatchObject({
    SESSION_SECRET: ['n'.repeat(32), good.SESSION_SECRET],
    OWNER_SECRET: good.SESSION_SECRET,
  });
  expect(configOf({ ORIGIN, SESSION_SECRET: list }).OWNER_SECRET).toBe(good.OWNER_SECRET);
});
