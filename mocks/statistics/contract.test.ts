import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { getResponse } from 'msw';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkTables, type RawTables } from '~/model/statistics';
import { statisticsHandlers } from './handlers';

const handlers = statisticsHandlers({ now: () => new Date('2026-03-11T10:00:00Z'), token: 'open sesame' });
const contract: unknown = parse(readFileSync('docs/contracts/statistics.yaml', 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
if (typeof contract !== 'object' || contract === null) throw new Error('the contract is empty');
ajv.addSchema(contract, 'statistics');

async function ask(path: string, token = 'open sesame'): Promise<Response> {
  const request = new Request(`http://agency.test/statistics/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const response = await getResponse(handlers, request);
  if (!response) throw new Error(`no handler for ${path}`);
  return response;
}

function faults(schema: 'Tables' | 'Procedures' | 'Problem', body: unknown): unknown {
  const validate = ajv.getSchema(`statistics#/components/schemas/${schema}`);
  if (!validate) throw new Error(`no schema ${schema}`);
  return validate(body) ? [] : validate.errors;
}

const isTables = (body: unknown): body is RawTables => {
  const validate = ajv.getSchema<RawTables>('statistics#/components/schemas/Tables');
  return validate?.(body) === true;
};

test('tables of every listed procedure keep the contract and the count rules', async () => {
  const listed = await (await ask('/procedures')).json();
  expect(faults('Procedures', listed)).toEqual([]);
  expect(listed.procedures).toHaveLength(8);
  expect(listed.asOf).toBe('2026-03-09');
  for (const { procedure, stages } of listed.procedures) {
    const text = await (await ask(`/tables/${procedure}`)).text();
    expect(text.length).toBeLessThan(1_500_000);
    const body: unknown = JSON.parse(text);
    expect(faults('Tables', body)).toEqual([]);
    if (!isTables(body)) continue;
    expect(checkTables(body)).toMatchObject({ ok: true });
    expect(body.asOf).toBe('2026-03-09');
    expect(stages).toEqual(expect.arrayContaining([...body.stages]));
  }
});

test('a violation of the contract is found', async () => {
  const body: object = await (await ask('/tables/visa')).json();
  expect(faults('Tables', { ...body, stock: [-1] })).not.toEqual([]);
  expect(faults('Tables', { ...body, person: 'x' })).not.toEqual([]);
  expect(faults('Tables', { ...body, stageExposure: [[0, 0, 0]] })).not.toEqual([]);
});

test('a what-if with more applications and less capacity has more open cases', async () => {
  const usual: RawTables = await (await ask('/projections/family?weeks=13')).json();
  const worse: RawTables = await (await ask('/projections/family?weeks=13&inflow=1.5&capacity=0.9')).json();
  expect(faults('Tables', worse)).toEqual([]);
  expect(worse.asOf).toBe('2026-06-08');
  expect(worse.stock.at(-1)).toBeGreaterThan(1.2 * (usual.stock.at(-1) ?? 0));
  expect(worse.stock.slice(0, -13)).toEqual(usual.stock.slice(0, -13));
});

test('a missing token, an unknown procedure and invalid input return a problem', async () => {
  for (const [path, token, status] of [
    ['/tables/visa', 'wrong', 401],
    ['/procedures', 'wrong', 401],
    ['/tables/parking', 'open sesame', 404],
    ['/projections/visa?weeks=900', 'open sesame', 400],
    ['/projections/visa?inflow=NaN', 'open sesame', 400],
  ] as const) {
    const response = await ask(path, token);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(faults('Problem', await response.json())).toEqual([]);
  }
});
