import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { answerOf } from '../../app/model/answer';
import { type Agency, startAgency } from '../../mocks/agency';
import { wordsOf } from '../../mocks/other-words';
import { ME, viewer } from '../agency/people';
import { page, startRegistry } from '../agency/registry';
import { ZAAK } from '../agency/zaak';

const stops: (() => unknown)[] = [];
afterEach(() => vi.unstubAllEnvs());
afterAll(() => Promise.all(stops.map((stop) => stop())));

/** The portal's registry adapter with fresh modules, for one agency. */
async function portalOf(AGENCY_DIR: string, zaken: string, catalogi: string, PLANNERS = '') {
  vi.resetModules();
  for (const [name, value] of Object.entries({ AGENCY_DIR, ZAKEN_URL: zaken, CATALOGI_URL: catalogi, PLANNERS }))
    vi.stubEnv(name, value);
  return import('~/agency/cases.server');
}

test('the folder of Munich reads German procedures and stages', async () => {
  const agency: Agency = await startAgency({ now: '2026-11-23T10:00:00Z', words: wordsOf('muenchen') });
  stops.push(() => agency.stop());
  const PLANNERS = JSON.stringify([{ kind: 'zms', name: 'muenchen', url: `${agency.url}/zms/citizen` }]);
  const zgw = [`${agency.url}/zaken/api/v1`, `${agency.url}/catalogi/api/v1`] as const;
  const { casesOf } = await portalOf('mocks/agencies/muenchen', ...zgw, PLANNERS);
  const of = async (slug: string) => {
    const { bsn = null, given = '' } = agency.world.personCalled(slug) ?? {};
    const person = { kind: 'bsn' as const, value: bsn ?? '' };
    const loaded = await casesOf({ ...viewer, subject: { person, name: given } });
    if (loaded.state === 'unavailable') throw new Error(loaded.why);
    // No day of the Dutch law is computed for it: it has no notice of default and no objection.
    for (const found of loaded.value) {
      const { notice, court, decision, state } = answerOf(found, { today: '2026-11-23' });
      expect(notice).toBeNull();
      expect([null, 'appeal']).toContain(decision?.remedy?.remedy ?? null);
      expect(court !== null).toBe(state === 'running');
    }
    return loaded.value.map(({ procedure, current }) => [procedure, current?.stage, current?.means]);
  };
  const seen = new Map<string, unknown>();
  for (const { slug, role } of agency.world.people.filter((person) => person.bsn !== null).slice(0, 60))
    if (role === 'applicant') for (const [procedure, ...stage] of await of(slug)) seen.set(String(procedure), stage);
  const keys = ['family', 'study', 'permanent', 'renewal', 'blue-card', 'citizenship'];
  expect([...seen.keys()].every((key) => keys.includes(key))).toBe(true);
  expect(seen.size).toBeGreaterThanOrEqual(4);
  // The one step that the folder does not name has the catalogue's own words.
  for (const [stage, means] of seen.values() as Iterable<[unknown, unknown]>)
    expect(stage === null).toBe(means === null);
});

/** A municipality names 5 of its 60 types of case. */
function municipality(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-municipality-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  cpSync('mocks/agencies/ind', folder, { recursive: true });
  rmSync(join(folder, 'procedures'), { recursive: true });
  rmSync(join(folder, 'meanwhile.json'));
  mkdirSync(join(folder, 'procedures'));
  writeFileSync(join(folder, 'agency.json'), JSON.stringify({ name: 'Gemeente', phone: '14 0123', showOthers: false }));
  for (const number of [3, 14, 27, 41, 60])
    writeFileSync(
      join(folder, `procedures/shown-${number}.json`),
      JSON.stringify({ types: [`ZAAKTYPE-${number}`], texts: { nl: { name: `Soort ${number}` } } }),
    );
  return folder;
}

test('of 60 types the municipality shows 5, and internal ones never', async () => {
  const registry = await startRegistry();
  stops.push(() => registry.close());
  const rows = Array.from({ length: 60 }, (_, index) => {
    const zaaktype = { ...ZAAK._expand.zaaktype, identificatie: `ZAAKTYPE-${index + 1}` };
    // Even a type that the folder names stays hidden while the catalogue calls it internal.
    const indicatieInternOfExtern = index + 1 === 27 ? 'intern' : 'extern';
    return {
      ...ZAAK,
      uuid: `u${index}`,
      url: `https://z.example/zaken/u${index}`,
      identificatie: `ZAAK-${index + 1}`,
      _expand: { ...ZAAK._expand, zaaktype: { ...zaaktype, indicatieInternOfExtern } },
    };
  });
  registry.answer = ({ path, body }) =>
    path.endsWith('/_zoek') && !String(body.uuid__in).startsWith('00000000') ? page(rows) : page([]);
  const { casesOf } = await portalOf(municipality(), registry.url, registry.url);
  const loaded = await casesOf({ ...viewer, subject: { ...viewer.subject, person: { kind: 'bsn', value: ME } } });
  if (loaded.state === 'unavailable') throw new Error(loaded.why);
  expect(loaded.value.map(({ procedure }) => procedure).sort()).toEqual([
    'shown-14',
    'shown-3',
    'shown-41',
    'shown-60',
  ]);
});
