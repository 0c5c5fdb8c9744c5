import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.server';
import { plannersWith } from './planners.server';

const good = {
  ORIGIN: 'https://portal.example',
  DATABASE_URL: 'postgres://zicht@database.example/zicht?sslmode=require',
  SESSION_SECRET: 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa',
  OWNER_SECRET: 'Vd8sK2pL9xQ4mN7bR1tY6wE3cZ5uJ0hG',
  OIDC_ISSUER: 'https://login.example/',
  OIDC_CLIENT_ID: 'zicht',
  OIDC_CLIENT_SECRET: 'u8Lw2',
  OIDC_ASSURANCE: '{"levels":["low","high"],"applicant":"low","advisor":"high","staff":"high"}',
  ZAKEN_URL: 'https://zaken.example/api/v1/',
  CATALOGI_URL: 'https://catalogi.example/api/v1',
  ZGW_CLIENT_ID: 'zicht',
  ZGW_SECRET: 'q7Rt5',
  STATISTICS_URL: 'https://statistics.example',
  QUEUE_URL: 'https://queue.example',
  AGENCY_TOKEN: 'p4Xn1',
  AGENCY_DIR: 'mocks/agencies/ind',
  AGENCY_NAME: 'Agency',
  AGENCY_PHONE: '+31 88 000 0000',
};
const OAP = { kind: 'oap', url: 'https://planner.example/oap/api/' };
const ZMS = { kind: 'zms', name: 'rotterdam', url: 'https://zms.example', products: { BIO: '7101' } };
const QMATIC = { kind: 'qmatic', name: 'eindhoven', url: 'https://q.example', products: { DOC: 'd0c' } };

const load = (planners: unknown, more: Readonly<Record<string, string>> = {}) =>
  loadConfig({ ...good, PLANNERS: typeof planners === 'string' ? planners : JSON.stringify(planners), ...more });
const plannersOf = (...planners: unknown[]) => {
  const loaded = load(planners);
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  return loaded.config.PLANNERS;
};
const faultsOf = (planners: unknown, more: Readonly<Record<string, string>> = {}) => {
  const loaded = load(planners, more);
  return loaded.ok ? [] : loaded.faults;
};

test('a single planner is described by its address and defaults', () => {
  const one = { PLANNER_URL: 'https://planner.example/oap', PLANNER_HOLD_PATH: 'product', PLANNER_HOLD_MINUTES: '10' };
  const loaded = loadConfig({ ...good, ...one, AGENCY_ZONE: 'Europe/Brussels' });
  expect(loaded).toMatchObject({
    ok: true,
    config: {
      PLANNERS: [
        { kind: 'oap', name: '', url: one.PLANNER_URL, zone: 'Europe/Brussels', holdPath: 'product', holdMinutes: 10 },
      ],
    },
  });
});

test('a list replaces it, with defaults for each kind', () => {
  expect(plannersOf(OAP, ZMS, QMATIC)).toMatchObject([
    { kind: 'oap', name: '', url: 'https://planner.example/oap/api', products: { BIO: 'BIO' }, maxParty: 6 },
    { kind: 'zms', name: 'rotterdam', zone: 'Europe/Amsterdam', confirm: 'direct', daysAhead: 60 },
    { kind: 'qmatic', name: 'eindhoven', holds: true, partyCount: 'total' },
  ]);
});

describe('refused settings', () => {
  test.each([
    ['no list', '{', ['PLANNERS: is no JSON']],
    ['an empty list', [], ['PLANNERS: names no planner']],
    ['two of one name', [ZMS, { ...QMATIC, name: 'rotterdam' }], ['PLANNERS: has two planners of one name']],
    ['two without a name', [OAP, { ...ZMS, name: '' }], ['PLANNERS: has two planners of one name']],
    ['no address', [{ ...ZMS, url: 'planner' }], ['PLANNERS.0.url: is no http(s) URL']],
    ['no zone', [{ ...ZMS, zone: 'Amsterdam' }], ['PLANNERS.0.zone: is no IANA time zone']],
    [
      'a mark in a name',
      [{ ...ZMS, name: 'a~b' }],
      ['PLANNERS.0.name: is no word of small letters, digits and hyphens'],
    ],
    ['no https', [{ ...ZMS, url: 'http://zms.example' }], ['PLANNERS: must be https']],
  ])('%s', (_what, planners, faults) => {
    expect(faultsOf(planners)).toEqual(faults);
  });

  test('an unknown product and an unknown kind', () => {
    expect(faultsOf([{ ...ZMS, products: { XYZ: '1' } }]).join()).toMatch(/^PLANNERS\.0\.products/);
    expect(faultsOf([{ ...ZMS, kind: 'soap' }]).join()).toMatch(/^PLANNERS\.0\.kind/);
  });

  test('a person’s hold longer than the planner’s', () => {
    expect(faultsOf([{ ...ZMS, holdMinutes: 4 }], { HOLD_MINUTES: '5' })).toEqual([
      'HOLD_MINUTES: is longer than holdMinutes of a planner',
    ]);
  });

  test('a planner of the folder without an address', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zicht-planners-'));
    cpSync('mocks/agencies/ind', folder, { recursive: true });
    const faultsWith = (planners: object) => {
      writeFileSync(join(folder, 'planners.json'), JSON.stringify(planners));
      const loaded = loadConfig({ ...good, AGENCY_DIR: folder });
      return loaded.ok ? [] : loaded.faults;
    };
    expect(faultsWith([{ maxParty: 2 }])).toEqual([
      'PLANNER_URL: is missing, planners.json has a planner without a name',
    ]);
    expect(faultsWith([{ name: 'city' }])).toEqual(['AGENCY_DIR: planners.json: "city" is none of PLANNERS']);
    rmSync(folder, { recursive: true });
  });
});

test('an agency needs no planner', () => {
  const loaded = loadConfig(good);
  expect(loaded.ok && loaded.config.PLANNERS).toEqual([]);
});

test('an entry is completed by what the folder says of its planner', () => {
  const entry = { kind: 'zms', name: 'rotterdam', url: 'https://zms.example', title: 'Ours' };
  const own = [
    { name: 'rotterdam', title: 'Theirs', products: { BIO: '7101' } },
    { name: 'other', maxParty: 3 },
  ];
  expect(JSON.parse(plannersWith(JSON.stringify([entry, 5]), own))).toEqual([
    { ...entry, products: { BIO: '7101' } },
    5,
  ]);
  expect(plannersWith('no list', own)).toBe('no list');
});
