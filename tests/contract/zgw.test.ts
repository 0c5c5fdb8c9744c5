import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import { RENEWAL_OLD } from '../../mocks/world/procedures';
import { BY_BSN, call, searchCases, zgwHeaders } from './agency-client';
import { readDescription, SPECS, validatorsOf } from './openapi';

/** Intended deviations: the real systems answer so, against their own description. */
const INTENDED = [
  { path: /informatieobjecttypen$/, message: 'must be string' },
  { path: /inpA_nummer$/, message: 'must match pattern "^[1-9][0-9]{9}$"' },
];

let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: '2026-11-23T10:00:00Z' });
});
afterAll(() => agency.stop());

const get = (path: string) => call(`${agency.url}${path}`, { headers: zgwHeaders() });

const cases = validatorsOf(readDescription(join(SPECS, 'zgw/zaken-api-1.5.1.schemas.json')));
const catalogue = validatorsOf(readDescription(join(SPECS, 'zgw/catalogi-api-1.3.1.schemas.json')));
const faultsIn = (validate: ReturnType<typeof cases>, body: unknown) => {
  validate(body);
  return (validate.errors ?? [])
    .filter(
      ({ instancePath, message }) => !INTENDED.some((each) => each.path.test(instancePath) && each.message === message),
    )
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
};

describe('responses compared with the official descriptions', () => {
  it('match for every case with its expanded resources', async () => {
    const zaak = cases('Zaak');
    const status = cases('Status');
    const role = cases('natuurlijk_persoon_Rol');
    const office = cases('niet_natuurlijk_persoon_Rol');
    const property = cases('ZaakEigenschap');
    const result = cases('Resultaat');
    const faults: string[] = [];
    let seen = 0;
    for (let page = 1; page <= Math.ceil(agency.world.cases.length / 100); page += 1) {
      const expand = 'zaaktype,status.statustype,resultaat.resultaattype,rollen,eigenschappen';
      const wish = { maximaleVertrouwelijkheidaanduiding: 'zeer_geheim', expand };
      const { body } = await searchCases(agency.url, wish, `?page=${page}`);
      for (const file of body.results) {
        seen += 1;
        faults.push(...faultsIn(zaak, file), ...faultsIn(status, file._expand.status));
        for (const each of file._expand.rollen) {
          faults.push(...faultsIn(each.betrokkeneType === 'natuurlijk_persoon' ? role : office, each));
        }
        for (const each of file._expand.eigenschappen) faults.push(...faultsIn(property, each));
        if (file._expand.resultaat) faults.push(...faultsIn(result, file._expand.resultaat));
      }
    }
    expect(seen).toBe(agency.world.cases.length);
    expect([...new Set(faults)]).toEqual([]);
  });

  it("match for a case's statuses, roles and properties", async () => {
    const [file] = agency.world.cases;
    const address = encodeURIComponent(`${agency.url}/zaken/api/v1/zaken/${file?.uuid}`);
    const statuses = await get(`/zaken/api/v1/statussen?zaak=${address}`);
    const roles = await get(`/zaken/api/v1/rollen?zaak=${address}`);
    expect(statuses.body.count).toBe(3);
    expect(faultsIn(cases('PaginatedStatusList'), statuses.body)).toEqual([]);
    expect(roles.body.count).toBe(2);
    expect(faultsIn(cases('PaginatedRolList'), roles.body)).toEqual([]);
  });

  it("match for the catalogue, except the older system's steps without order", async () => {
    const procedures = await get('/catalogi/api/v1/zaaktypen');
    const procedure = catalogue('ZaakType');
    const step = catalogue('StatusType');
    expect(procedures.body.results.flatMap((each: unknown) => faultsIn(procedure, each))).toEqual([]);
    for (const each of procedures.body.results) {
      const steps = await get(`/catalogi/api/v1/statustypen?zaaktype=${encodeURIComponent(each.url)}`);
      const faults = steps.body.results.flatMap((one: unknown) => faultsIn(step, one));
      const old = each.url.endsWith(RENEWAL_OLD.uuid);
      expect([...new Set(faults)]).toEqual(old ? [" must have required property 'volgnummer'"] : []);
      expect(steps.body.results.map(({ url }: { url: string }) => url)).toEqual(each.statustypen);
    }
    const results = await get('/catalogi/api/v1/resultaattypen');
    expect(faultsIn(catalogue('PaginatedResultaatTypeList'), results.body)).toEqual([]);
  });

  it('match for errors (Fout and ValidatieFout)', async () => {
    const forbidden = await call(`${agency.url}/catalogi/api/v1/zaaktypen`);
    const invalid = await searchCases(agency.url, { [BY_BSN]: '999900006', expand: 'besluiten' });
    expect(faultsIn(cases('Fout'), forbidden.body)).toEqual([]);
    expect(invalid.status).toBe(400);
    expect(faultsIn(cases('ValidatieFout'), invalid.body)).toEqual([]);
  });
});
